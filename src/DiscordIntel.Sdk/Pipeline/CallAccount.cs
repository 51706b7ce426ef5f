using DiscordIntel.Models;
using DiscordIntel.Results;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Pipeline;

/// <summary>What a call took, attempt by attempt, and the receipt that comes of it.</summary>
internal sealed class CallAccount
{
    private List<string>? _warnings;
    private List<string>? _adjustments;
    private long? _nanoUsd = 0;
    private bool _isEstimated;
    private bool _isCharged;

    /// <summary>Requests that left the house.</summary>
    public int Attempts { get; set; }

    /// <summary>From the call's start to the first text of its stream.</summary>
    public TimeSpan? TimeToFirstChunk { get; set; }

    public string? RequestId { get; set; }

    public string? AnsweringModel { get; set; }

    public UsageDetails? Usage { get; set; }

    /// <summary>What was charged so far, in nano-dollars; null once a bill is unknown.</summary>
    public long? NanoUsd => _nanoUsd;

    // Requests were sent, and each was refused in a way that is not billed: then nothing was used, and that is known.
    private long? Nothing => Attempts > 0 && !_isCharged ? 0 : null;

    public void Warn(string warning) => (_warnings ??= []).Add(warning);

    /// <summary>Notes what was changed; once, however many requests it was changed in.</summary>
    public void Adjust(string adjustment)
    {
        if (_adjustments?.Contains(adjustment) is not true)
        {
            (_adjustments ??= []).Add(adjustment);
        }
    }

    /// <summary>Adds what a request cost; null for a bill that nobody knows.</summary>
    public void Charge(long? nanoUsd, bool isEstimated)
    {
        _isCharged = true;
        _nanoUsd += nanoUsd;
        _isEstimated |= isEstimated;
    }

    public StepReceipt Receipt(CallContext context) => context.IsFromCache
        ? new StepReceipt
        {
            Model = AnsweringModel,
            FromCache = true,
            Cost = 0,
            Elapsed = context.Elapsed,
            Adjustments = _adjustments ?? (IReadOnlyList<string>)[],
            Warnings = _warnings ?? (IReadOnlyList<string>)[],
        }
        : new StepReceipt
        {
            Provider = Attempts == 0 ? null : context.Provider,
            Model = Attempts == 0 ? null : AnsweringModel ?? context.Model,
            InputTokens = Usage?.InputTokenCount ?? Nothing,
            CachedInputTokens = Usage?.CachedInputTokenCount ?? Nothing,
            OutputTokens = Usage?.OutputTokenCount ?? Nothing,
            ReasoningTokens = Usage?.ReasoningTokenCount ?? Nothing,
            Cost = Attempts > 0 && _nanoUsd is { } nano ? ModelPrice.ToUsd(nano) : null,
            CostIsEstimated = _isEstimated && _nanoUsd is not null,
            Attempts = Attempts,
            Elapsed = context.Elapsed,
            TimeToFirstChunk = TimeToFirstChunk,
            RequestId = RequestId,
            Adjustments = _adjustments ?? (IReadOnlyList<string>)[],
            Warnings = _warnings ?? (IReadOnlyList<string>)[],
        };
}
