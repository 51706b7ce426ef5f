using DiscordIntel.Analysis;
using DiscordIntel.Analysis.Evidence;
using DiscordIntel.Configuration;
using DiscordIntel.Functions;
using DiscordIntel.Pipeline;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Pipeline.Caching;
using DiscordIntel.Pipeline.Limits;
using DiscordIntel.Pipeline.Routing;
using DiscordIntel.Pipeline.Telemetry;
using DiscordIntel.Providers;
using DiscordIntel.Structured;
using DiscordIntel.Tenants;
using DiscordIntel.Text;
using DiscordIntel.Usage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DiscordIntel;

/// <summary>Registers the SDK.</summary>
public static class DiscordIntelServiceCollectionExtensions
{
    /// <summary>
    /// Registers all clients as singletons. Settings come from the container's configuration (section <c>DiscordIntel</c> and the flat variables such as
    /// <c>OPENAI_API_KEY</c>), or from the environment where the container has none; <paramref name="configure"/> has the last word.
    /// They are checked when a host starts, otherwise at first use. Calling this again adds nothing but its <paramref name="configure"/>.
    /// </summary>
    /// <exception cref="OptionsValidationException">At start or first use: each message names the setting, its value and the fix.</exception>
    public static DiscordIntelBuilder AddDiscordIntel(this IServiceCollection services, Action<DiscordIntelOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<DiscordIntelOptions>().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        if (services.All(service => service.ServiceType != typeof(ConfigurationBinding)))
        {
            services.AddSingleton(provider => new ConfigurationBinding(provider.GetService<IConfiguration>()));

            // First of all, so that code has the last word even where it was registered before this call.
            services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<DiscordIntelOptions>>(
                provider => provider.GetRequiredService<ConfigurationBinding>()));
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<DiscordIntelOptions>, ConfigurationBinding>(
            provider => provider.GetRequiredService<ConfigurationBinding>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DiscordIntelOptions>, DiscordIntelOptionsValidator>());
        if (configure is not null)
        {
            services.Configure(configure);
        }

        AddRoad(services);
        services.TryAddSingleton(provider => new TextClient(provider.GetRequiredService<IntelPipeline>()));
        services.TryAddSingleton(provider => new StructuredOutputClient(
            provider.GetRequiredService<IntelPipeline>(), provider.GetService<IJsonSchemaValidator>()));
        services.TryAddSingleton(provider => new AnalysisClient(
            provider.GetRequiredService<StructuredOutputClient>(),
            provider.GetRequiredService<TextClient>(),
            provider.GetRequiredService<FunctionCallingClient>(),
            provider.GetService<IEvidenceSource>(),
            provider.GetRequiredService<LiveOptions>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new AnalysisTools(provider.GetRequiredService<AnalysisClient>()));
        services.TryAddSingleton(provider => new ToolShelf(
            provider.GetServices<ToolRegistration>(), provider, provider.GetService<IJsonSchemaValidator>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new FunctionCallingClient(
            provider.GetRequiredService<IntelPipeline>(),
            provider.GetRequiredService<LiveOptions>(),
            provider.GetRequiredService<TenantRules>(),
            provider.GetRequiredService<ToolShelf>(),
            new ToolCaller(provider.GetRequiredService<IServiceScopeFactory>(), provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new UsageClient(
            provider.GetRequiredService<IBudgetLedger>(),
            provider.GetRequiredService<UsageBook>(),
            provider.GetRequiredService<ReplyCache>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new DiscordIntelClient(
            provider.GetRequiredService<TextClient>(),
            provider.GetRequiredService<StructuredOutputClient>(),
            provider.GetRequiredService<AnalysisClient>(),
            provider.GetRequiredService<FunctionCallingClient>(),
            provider.GetRequiredService<UsageClient>()));
        return new DiscordIntelBuilder(services);
    }

    /// <summary>What lies behind the clients.</summary>
    private static void AddRoad(IServiceCollection services)
    {
        services.TryAddSingleton(provider => new LiveOptions(
            provider.GetRequiredService<IOptionsFactory<DiscordIntelOptions>>(),
            provider.GetRequiredService<ConfigurationBinding>(),
            provider.GetServices<IOptionsChangeTokenSource<DiscordIntelOptions>>(),
            Logger<LiveOptions>(provider)));
        services.TryAddSingleton<IntelTelemetry>();
        services.TryAddSingleton(provider => new TelemetryStage(provider.GetRequiredService<IntelTelemetry>(), Logger<TelemetryStage>(provider)));
        services.TryAddSingleton<UsageBook>();
        services.TryAddSingleton<UsageStage>();
        AddBudgets(services);
        AddLimitsAndCache(services);
        services.TryAddSingleton(provider => new OpenAIClientFactory(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new Router(
            provider.GetRequiredService<OpenAIClientFactory>().Create,
            provider.GetRequiredService<BudgetKeeper>(),
            provider.GetRequiredService<ProviderPauses>(),
            provider.GetRequiredService<IntelTelemetry>(),
            provider.GetRequiredService<TimeProvider>(),
            Logger<Router>(provider)));
        services.TryAddSingleton(provider => new IntelPipeline(
            provider.GetRequiredService<LiveOptions>(),
            provider.GetRequiredService<TelemetryStage>(),
            provider.GetRequiredService<UsageStage>(),
            provider.GetRequiredService<AdmissionStage>(),
            provider.GetRequiredService<CacheStage>(),
            provider.GetRequiredService<LimitStage>(),
            provider.GetRequiredService<Router>(),
            provider.GetRequiredService<TimeProvider>()));
    }

    private static void AddBudgets(IServiceCollection services)
    {
        services.TryAddSingleton<IBudgetLedger>(provider => new MemoryBudgetLedger(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new AlertOutbox(
            provider.GetServices<IBudgetAlertSink>(), provider.GetRequiredService<TimeProvider>(), Logger<AlertOutbox>(provider)));
        services.TryAddSingleton(provider => new BudgetKeeper(
            provider.GetRequiredService<IBudgetLedger>(),
            provider.GetRequiredService<AlertOutbox>(),
            provider.GetRequiredService<IntelTelemetry>().Budget,
            provider.GetRequiredService<TimeProvider>(),
            Logger<BudgetKeeper>(provider)));
        services.TryAddSingleton(provider => new TenantRules(
            provider.GetService<ITenantPolicy>(), provider.GetRequiredService<TimeProvider>(), Logger<TenantRules>(provider)));
        services.TryAddSingleton(provider => new AdmissionStage(
            provider.GetRequiredService<TenantRules>(), provider.GetRequiredService<BudgetKeeper>(), provider.GetRequiredService<Router>()));
    }

    private static void AddLimitsAndCache(IServiceCollection services)
    {
        services.TryAddSingleton(provider => new GcraLimiter(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new BackgroundQueue(provider.GetRequiredService<GcraLimiter>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new LimitStage(
            provider.GetRequiredService<GcraLimiter>(), provider.GetRequiredService<BackgroundQueue>(), provider.GetRequiredService<IntelTelemetry>()));
        services.TryAddSingleton(provider => new ProviderPauses(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new ReplyCache(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new CacheStage(provider.GetRequiredService<ReplyCache>()));
    }

    // A host without logging is a lawful host.
    private static ILogger<T> Logger<T>(IServiceProvider provider) =>
        (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger<T>();
}
