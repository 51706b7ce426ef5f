using DiscordIntel.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DiscordIntel.Tests.Support;

/// <summary>A container as a host would build it: a configuration that can change, a log, <c>AddDiscordIntel</c>.</summary>
internal sealed class BaseContainer : IDisposable
{
    private BaseContainer(ServiceProvider services, IConfigurationRoot configuration, BaseLog log) =>
        (Services, Configuration, Log) = (services, configuration, log);

    public ServiceProvider Services { get; }

    public IConfigurationRoot Configuration { get; }

    public BaseLog Log { get; }

    public DiscordIntelOptions Options => Services.GetRequiredService<LiveOptions>().Current;

    public static BaseContainer With(
        IEnumerable<KeyValuePair<string, string?>> settings, Action<DiscordIntelOptions>? code = null, Action<IServiceCollection>? before = null)
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var log = new BaseLog();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging(logging => logging.AddProvider(log));
        before?.Invoke(services);
        services.AddDiscordIntel(code);
        return new BaseContainer(
            services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true }), configuration, log);
    }

    public void Change(params (string Key, string? Value)[] settings)
    {
        foreach ((string key, string? value) in settings)
        {
            Configuration[key] = value;
        }

        Configuration.Reload();
    }

    public void Dispose() => Services.Dispose();
}
