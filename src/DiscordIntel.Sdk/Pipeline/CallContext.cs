using System.Diagnostics;
using System.Runtime.CompilerServices;
using DiscordIntel.Models;
using DiscordIntel.Pipeline.Routing;
using DiscordIntel.Providers;
using DiscordIntel.Results;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Pipeline;

/// <summary>One call on its way: what it asks, what it has taken so far, and its one end.</summary>
internal sealed class CallContext(ModelCall call, IntelScope scope, DiscordIntelOptions options, TimeProvider time, CancellationToken callerToken)
{
    private readonly long _startedAt = time.GetTimestamp();
    private List<string>? _warnings;
    private PipelineStage[] _stages = [];
    private int _entered;
    private int _ended;
    private UsageDetails? _usage;
    private IReadOnlyList<string> _adjustments = [];
    private long? _nanoUsd;
    private bool _billUnknown;
    private bool _answered;
    private StepReceipt? _receipt;

    public ModelCall Call { get; } = call;

    public IntelScope Scope { get; } = scope;

    public DiscordIntelOptions Options { get; } = options;

    public GenerationOptions Generation { get; } = call.Generation?.Over(options.Generation) ?? options.Generation;

    public TimeProvider Time { get; } = time;

    public CancellationToken CallerToken { get; } = callerToken;

    public TimeSpan Elapsed => Time.GetElapsedTime(_startedAt);

    /// <summary>What is left until the call's deadline; zero or less when it has passed.</summary>
    public TimeSpan Remaining => (Generation.Timeout ?? Timeout.InfiniteTimeSpan) is { Ticks: > 0 } timeout ? timeout - Call.Spent - Elapsed : TimeSpan.MaxValue;

    /// <summary>The step's span; null when nobody listens.</summary>
    public Activity? Activity { get; set; }

    /// <summary>The road taken; set before the first attempt.</summary>
    public ModelRoute? Route { get; set; }

    public string Provider => Route?.Provider ?? "";

    /// <summary>The model asked for.</summary>
    public string Model { get; set; } = "";

    public ChatOptions? ChatOptions { get; set; }

    public int Attempts { get; set; }

    public string? RequestId { get; set; }

    public UsageDetails? Usage => _usage;

    public string? AnsweringModel { get; private set; }

    /// <summary>Asks every stage, outermost first, to let the call in.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<StepError?> EnterAsync(PipelineStage[] stages)
    {
        _stages = stages;
        foreach (PipelineStage stage in stages)
        {
            if (await stage.EnterAsync(this).ConfigureAwait(false) is { } refused)
            {
                return refused;
            }

            _entered++;
        }

        return null;
    }

    /// <summary>Tells the end to every stage that let the call in, innermost first. Only the first telling counts.</summary>
    public void End(in CallOutcome outcome)
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            for (int i = _entered - 1; i >= 0; i--)
            {
                _stages[i].End(this, outcome);
            }
        }
    }

    public void Warn(string warning) => (_warnings ??= []).Add(warning);

    /// <summary>Books an answer: who gave it, its tokens and what it cost.</summary>
    public void Book(ChatResponse reply)
    {
        var details = reply.RawRepresentation as ReplyDetails;
        RequestId = Shown(details?.RequestId ?? reply.ResponseId) ?? RequestId;
        AnsweringModel = Shown(reply.ModelId) ?? Model;
        _adjustments = details?.Adjustments ?? _adjustments;
        _answered = true;
        _usage = reply.Usage;
        _nanoUsd = details?.Cost is { } cost && cost < long.MaxValue / ModelPrice.NanoUsdPerUsd
            ? (long)decimal.Ceiling(cost * ModelPrice.NanoUsdPerUsd)
            : CostOf(reply.Usage, details?.CacheWriteTokens ?? 0);
    }

    /// <summary>What may stand in no text that leaves the call.</summary>
    public IEnumerable<string?> Secrets => [Options.OpenAI.ApiKey, Options.Privacy.IdentifierKey, Scope.User];

    /// <summary>An id or a name that a server gave, fit for a receipt and a log.</summary>
    public string? Shown(string? identifier) =>
        identifier is null || Scrubber.IsIdentifier(identifier) ? identifier : Scrubber.Clean(identifier, Secrets, []);

    /// <summary>Books an attempt that the provider may bill, without saying what.</summary>
    public void BookUnknownBill() => _billUnknown = true;

    /// <summary>The account of the call, drawn up when it is first asked for: at its end.</summary>
    public StepReceipt Receipt => _receipt ??= Account();

    private StepReceipt Account()
    {
        // Requests were sent, and each was refused in a way that is not billed: then nothing was used, and that is known.
        long? nothing = Attempts > 0 && !_answered && !_billUnknown ? 0 : null;
        return new StepReceipt
        {
            Provider = Attempts == 0 ? null : Provider,
            Model = Attempts == 0 ? null : AnsweringModel ?? Model,
            InputTokens = _usage?.InputTokenCount ?? nothing,
            CachedInputTokens = _usage?.CachedInputTokenCount ?? nothing,
            OutputTokens = _usage?.OutputTokenCount ?? nothing,
            ReasoningTokens = _usage?.ReasoningTokenCount ?? nothing,
            Cost = (_nanoUsd ?? nothing) is { } nano ? ModelPrice.ToUsd(nano) : null,
            CostIsEstimated = _billUnknown && _nanoUsd is not null,
            Attempts = Attempts,
            Elapsed = Elapsed,
            RequestId = RequestId,
            Adjustments = _adjustments,
            Warnings = _warnings ?? (IReadOnlyList<string>)[],
        };
    }

    private long? CostOf(UsageDetails? usage, long cacheWrite)
    {
        var today = DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime);
        return usage is { InputTokenCount: { } input, OutputTokenCount: { } output } && Route is { Catalog: { } catalog } && catalog.TryFind(AnsweringModel, out ModelInfo? model)
            ? model.PriceOn(today)?.CostInNanoUsd(input, output, usage.CachedInputTokenCount ?? 0, cacheWrite)
            : null;
    }
}
