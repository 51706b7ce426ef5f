using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DiscordIntel.Snippets;

internal sealed class ConfigurationSnippets
{
    [Test]
    public async Task InHost()
    {
        #region configuration-host
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Services.AddDiscordIntel();  // section "DiscordIntel" and the OPENAI_* variables
        #endregion

        builder.Configuration.AddInMemoryCollection([new("OPENAI_API_KEY", "sk-snippet")]);
        using IHost host = builder.Build();
        await host.StartAsync();
        Assert.That(host.Services.GetService<DiscordIntelClient>(), Is.Not.Null);
        await host.StopAsync();
    }

    [Test]
    public void InCode()
    {
        var services = new ServiceCollection();

        #region configuration-code
        services.AddDiscordIntel(options =>
        {
            options.Models.Text = "gpt-6.1-terra";
            options.Resilience.MaxAttempts = 2;
            options.OpenAI.PrimaryHandler = () => new SocketsHttpHandler { Proxy = new System.Net.WebProxy("http://proxy.example:8080") };
        });
        #endregion

        Assert.That(services.Any(service => service.ServiceType == typeof(DiscordIntelClient)));
    }
}
