using System.Diagnostics;
using System.Runtime.CompilerServices;
using DiscordIntel.Models;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Pipeline.Caching;
using DiscordIntel.Pipeline.Routing;
using DiscordIntel.Pipeline.Telemetry;
using DiscordIntel.Providers;
using DiscordIntel.Results;
using DiscordIntel.Tenants;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Pipeline;

/// <summary>One call on its way: what it asks, what holds for it, what it has taken so far, and its one end.</summary>
internal sealed class CallContext(ModelCall call, IntelScope scope, DiscordIntelOptions options, TimeProvider time, CancellationToken callerToken)
{
    private readonly long _startedAt = time.GetTimestamp();
    private PipelineStage[] _stages = [];
    private int _entered;
    private int _ended;
    private StepReceipt? _receipt;

    public ModelCall Call { get; } = call;

    public IntelScope Scope { get; } = scope;

    public DiscordIntelOptions Options { get; } = options;

    public GenerationOptions Generation { get; } = call.Generation?.Over(options.Generation) ?? options.Generation;

    public TimeProvider Time { get; } = time;

    public CancellationToken CallerToken { get; } = callerToken;

    public TimeSpan Elapsed => Time.GetElapsedTime(_startedAt);

    /// <summary>How long the reader of a stream took over its pieces: time that is not the call's.</summary>
    public TimeSpan ReaderTime { get; set; }

    /// <summary>What is left until the call's deadline; zero or less when it has passed.</summary>
    public TimeSpan Remaining => RemainingAt(Time.GetTimestamp());

    /// <summary>What is left at that moment.</summary>
    public TimeSpan RemainingAt(long timestamp) => (Generation.Timeout ?? Timeout.InfiniteTimeSpan) is { Ticks: > 0 } timeout
        ? timeout - Call.Spent - (Time.GetElapsedTime(_startedAt, timestamp) - ReaderTime)
        : TimeSpan.MaxValue;

    /// <summary>The step's span; null when nobody listens.</summary>
    public Activity? Activity { get; set; }

    /// <summary>The span of a stream that is still open.</summary>
    public AttemptSpan? OpenSpan { get; set; }

    /// <summary>What holds for the tenant; set when the call is admitted.</summary>
    public CallRules? Rules { get; set; }

    /// <summary>The road taken; set when the call is admitted.</summary>
    public ModelRoute? Route { get; set; }

    public string Provider => Route?.Provider ?? "";

    /// <summary>The model asked for.</summary>
    public string Model { get; set; } = "";

    /// <summary>What the catalogue knows of it; null when it does not know it.</summary>
    public ModelInfo? KnownModel { get; set; }

    public ChatOptions? ChatOptions { get; set; }

    /// <summary>The money that the request under way may take; null between requests.</summary>
    public BudgetHold? Hold { get; set; }

    /// <summary>The reply that the provider gave.</summary>
    public ChatResponse? Reply { get; set; }

    /// <summary>The call's place in the cache; null when it has none.</summary>
    public CacheTicket? Cached { get; set; }

    /// <summary>What the cache had: <c>hit</c>, <c>miss</c>, or <c>skip</c> for a call that was not looked up or not let in.</summary>
    public string CacheResult => Cached is null ? "skip" : IsFromCache ? "hit" : "miss";

    /// <summary>Whether the answer was there already: no request is sent.</summary>
    public bool IsFromCache => Cached?.Entry.Reply is not null;

    /// <summary>Whether the answer is handed on as it comes.</summary>
    public bool IsStreamed { get; init; }

    public CallAccount Account { get; } = new();

    /// <summary>Asks every stage, outermost first, to let the call in. A reply out of the cache ends the asking.</summary>
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
            if (IsFromCache)
            {
                return null;
            }
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

    /// <summary>Notes who gave an answer and what its provider says of it.</summary>
    public void Book(ChatResponse reply)
    {
        var details = reply.RawRepresentation as ReplyDetails;
        Reply = reply;
        Account.AnsweringModel = Shown(reply.ModelId) ?? Model;
        foreach (string adjustment in details?.Adjustments ?? [])
        {
            Account.Adjust(adjustment);
        }

        if (IsFromCache)
        {
            return;
        }

        NoteRequest(reply);
        Account.Api = details?.Api ?? Account.Api;
        Account.Usage = reply.Usage;
    }

    /// <summary>Notes the provider's name for the request.</summary>
    public void NoteRequest(ChatResponse reply) =>
        Account.RequestId = Shown((reply.RawRepresentation as ReplyDetails)?.RequestId ?? reply.ResponseId) ?? Account.RequestId;

    /// <summary>What may stand in no text that leaves the call.</summary>
    public IEnumerable<string?> Secrets => [Options.OpenAI.ApiKey, Options.Privacy.IdentifierKey, Scope.User];

    /// <summary>An id or a name that a server gave, fit for a receipt and a log.</summary>
    public string? Shown(string? identifier) =>
        identifier is null || Scrubber.IsIdentifier(identifier) ? identifier : Scrubber.Clean(identifier, Secrets, []);

    /// <summary>The account of the call, drawn up when it is first asked for: at its end.</summary>
    public StepReceipt Receipt => _receipt ??= Account.Receipt(this);
}
