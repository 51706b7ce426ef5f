using NUnit.Framework;
using DiscordIntel.Configuration;
using DiscordIntel.Pipeline;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Pipeline.Limits;
using DiscordIntel.Pipeline.Routing;
using DiscordIntel.Pipeline.Telemetry;
using DiscordIntel.Results;
using DiscordIntel.Tenants;
using DiscordIntel.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DiscordIntel.Tests.Support;

/// <summary>
/// The SDK as a bot registers it, over a canned server and a clock that the test moves. Retries wait for nothing unless the test says so.
/// Disposing of it asserts that every request was one that OpenAI's description allows.
/// </summary>
internal sealed class RoadHost : IDisposable
{
    public const string ApiKey = "sk-test-Canary0123456789abcdefghij";
    public const string IdentifierKey = "identifier-canary-9876543210";
    public const string UserId = "333333333333333333";
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    public static readonly IntelScope Scope = IntelScope.Guild(111111111111111111, 222222222222222222, 333333333333333333);

    public RoadHost(Action<DiscordIntelOptions>? configure = null, Action<IServiceCollection>? register = null)
    {
        Time = new RoadClock();
        Handler = new RoadHandler(Time);
        RoadHandler handler = Handler;
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        register?.Invoke(services);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        services.AddDiscordIntel(options =>
        {
            options.OpenAI.ApiKey = ApiKey;
            options.OpenAI.PrimaryHandler = () => handler;
            options.Privacy.IdentifierKey = IdentifierKey;
            options.Resilience.BaseDelay = TimeSpan.Zero;
            options.Limits.RequestsPerMinute = null;
            configure?.Invoke(options);
        });
        Services = services.BuildServiceProvider();
    }

    public RoadClock Time { get; }

    public RoadHandler Handler { get; }

    public RoadLog Log { get; } = new();

    public ServiceProvider Services { get; }

    public TextClient Text => Services.GetRequiredService<TextClient>();

    public IntelTelemetry Telemetry => Services.GetRequiredService<IntelTelemetry>();

    /// <summary>A pipeline of stages of the test's own, then admission, over a provider of the test's own.</summary>
    public IntelPipeline Pipeline(IChatClient client, params PipelineStage[] stages)
    {
        var router = new Router(
            _ => client,
            Services.GetRequiredService<BudgetKeeper>(),
            Services.GetRequiredService<ProviderPauses>(),
            Telemetry,
            Time,
            NullLogger<Router>.Instance);
        var admission = new AdmissionStage(Services.GetRequiredService<TenantRules>(), Services.GetRequiredService<BudgetKeeper>(), router);
        return new IntelPipeline(Services.GetRequiredService<LiveOptions>(), router, Time, [.. stages, admission]);
    }

    public Task<StepResult<string>> AskAsync(
        string prompt = "What is the capital of France?", GenerationOptions? generation = null, CancellationToken cancellationToken = default) =>
        Text.CompleteAsync(
            new TextRequest { Messages = [new ChatMessage(ChatRole.User, prompt)], Generation = generation }, Scope, cancellationToken);

    public IAsyncEnumerable<StepResult<StreamChunk>> StreamAsync(
        string prompt = "What is the capital of France?", GenerationOptions? generation = null, CancellationToken cancellationToken = default) =>
        Text.StreamAsync(
            new TextRequest { Messages = [new ChatMessage(ChatRole.User, prompt)], Generation = generation }, Scope, cancellationToken);

    public void Dispose()
    {
        Services.Dispose();
        Assert.That(Handler.Misfits, Is.Empty, "a request that OpenAI's description does not allow");
    }
}
