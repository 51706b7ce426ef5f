using DiscordIntel.Analysis;
using DiscordIntel.Results;
using DiscordIntel.Testing;
using DiscordIntel.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NUnit.Framework;

namespace DiscordIntel.EndToEnd;

/// <summary>As a bot hosts it: a generic host, its configuration, its container.</summary>
internal sealed class HostTests
{
    [Test]
    public async Task Host_WithTheEmulator_AnalysesADebate()
    {
        var emulator = new OpenAIEmulator();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["DiscordIntel:Generation:MaxOutputTokens"] = "777" });
        builder.Services.AddDiscordIntel().UseEmulator(emulator);
        builder.Services.AddSingleton<DebateModule>();
        using IHost host = builder.Build();
        await host.StartAsync();

        string said = await host.Services.GetRequiredService<DebateModule>().JudgeAsync(await File.ReadAllTextAsync(ConsoleRun.Debate));

        await host.StopAsync();
        Assert.That(said, Is.Not.Empty);
        EmulatorRequest request = emulator.Requests.Single();
        Assert.That(request.Body.GetProperty("max_completion_tokens").GetInt32(), Is.EqualTo(777));
        Assert.That(OpenApiDescription.Load()?.Check("CreateChatCompletionRequest", request.Body) ?? [], Is.Empty);
    }

    [Test]
    public void Host_WithAWrongSetting_DoesNotStart()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["DiscordIntel:Generation:Temperature"] = "7" });
        builder.Services.AddDiscordIntel().UseEmulator(new OpenAIEmulator());
        using IHost host = builder.Build();

        Assert.That(async () => await host.StartAsync(), Throws.InstanceOf<OptionsValidationException>().With.Message.Contains("DiscordIntel:Generation:Temperature is 7"));
    }

    /// <summary>A bot's own module: it asks for the client it needs.</summary>
    private sealed class DebateModule(AnalysisClient analysis)
    {
        public async Task<string> JudgeAsync(string text)
        {
            StepResult<ContentAnalysis> result = await analysis.AnalyzeAsync(text, AnalysisKind.Debate, IntelScope.Guild(1, 2, 3));
            return result.ValueOrThrow().Summary;
        }
    }
}
