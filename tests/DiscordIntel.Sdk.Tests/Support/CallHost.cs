using DiscordIntel.Analysis;
using DiscordIntel.Results;
using DiscordIntel.Structured;
using DiscordIntel.Testing;
using DiscordIntel.Tests.Structured;
using DiscordIntel.Text;
using DiscordIntel.Usage;
using Microsoft.Extensions.DependencyInjection;

namespace DiscordIntel.Tests.Support;

/// <summary>
/// The SDK as a bot registers it, with its defaults, over the emulator and a clock that the test moves. Its settings are a configuration that can be reloaded.
/// </summary>
internal sealed class CallHost : IDisposable
{
    public static readonly IntelScope Scope = IntelScope.Guild(11, 12, 13);
    private readonly BaseContainer _container;

    public CallHost(params (string Key, string? Value)[] settings)
        : this(null, settings)
    {
    }

    public CallHost(Action<IServiceCollection>? services, params (string Key, string? Value)[] settings)
    {
        Handler = new CallHandler(Emulator, Time);
        CallHandler handler = Handler;
        _container = BaseContainer.With(
            settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)),
            options =>
            {
                options.OpenAI.ApiKey ??= "key";
                options.OpenAI.PrimaryHandler = () => handler;
            },
            before =>
            {
                before.AddSingleton<TimeProvider>(Time);
                services?.Invoke(before);
            });
    }

    public RoadClock Time { get; } = new();

    public OpenAIEmulator Emulator { get; } = new();

    public CallHandler Handler { get; }

    /// <summary>Requests that reached the emulator.</summary>
    public int Sent => Emulator.Requests.Count;

    public TextClient Text => Get<TextClient>();

    public StructuredOutputClient Structured => Get<StructuredOutputClient>();

    public AnalysisClient Analysis => Get<AnalysisClient>();

    public UsageClient Usage => Get<UsageClient>();

    public T Get<T>()
        where T : notnull => _container.Services.GetRequiredService<T>();

    public void Change(params (string Key, string? Value)[] settings) => _container.Change(settings);

    /// <summary>A structured call; the answer is the emulator's own, or what a test enqueued.</summary>
    public Task<StepResult<Ruling>> RuleAsync(
        string prompt = "Who won?", IntelScope? scope = null, GenerationOptions? generation = null, CancellationToken cancellationToken = default) =>
        Structured.GenerateAsync<Ruling>(StructuredRequest.Of(prompt) with { Generation = generation }, scope ?? Scope, cancellationToken);

    public Task<StepResult<ContentAnalysis>> AnalyzeAsync(
        string content, AnalysisKind kind = AnalysisKind.Debate, IntelScope? scope = null, CancellationToken cancellationToken = default) =>
        Analysis.AnalyzeAsync(content, kind, scope ?? Scope, cancellationToken);

    public async Task<UsageReport> ReportAsync(string? tenant = null) => (await Usage.GetAsync(tenant ?? Scope.Tenant)).ValueOrThrow();

    /// <summary>
    /// Lets waits of up to <paramref name="longest"/> run out, each for just its time, until the task has ended: those for a rate limit, and not the timeouts of
    /// requests.
    /// </summary>
    public async Task PumpAsync(Task task, TimeSpan longest)
    {
        while (await Time.NextTimeoutAsync(task) is { } due)
        {
            if (due <= longest)
            {
                Time.Advance(due);
            }
        }
    }

    public void Dispose() => _container.Dispose();
}
