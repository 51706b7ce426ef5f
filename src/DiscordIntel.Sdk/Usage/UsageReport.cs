using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Results;

namespace DiscordIntel.Usage;

/// <summary>
/// What was used in a calendar month (UTC). Money is the budget ledger's; the rest is counted in this process, since its start.
/// </summary>
public sealed record UsageReport
{
    /// <summary>The month.</summary>
    public required BudgetMonth Month { get; init; }

    /// <summary>What was spent, in US dollars, estimates for bills never seen included.</summary>
    public decimal Spent { get; init; }

    /// <summary>What calls under way may still take, in US dollars.</summary>
    public decimal Reserved { get; init; }

    /// <summary>
    /// Calls made, hits of the cache and refused ones included. The parts of a long text and the re-ask of a structured output are calls of their own.
    /// </summary>
    public long Calls { get; init; }

    /// <summary>Calls that gave a value.</summary>
    public long Succeeded { get; init; }

    /// <summary>Calls that ended with an error.</summary>
    public long Failed { get; init; }

    /// <summary>Calls that their caller gave up.</summary>
    public long Cancelled { get; init; }

    /// <summary>Calls answered from the cache.</summary>
    public long CacheHits { get; init; }

    /// <summary>Input tokens billed, as far as the providers told.</summary>
    public long InputTokens { get; init; }

    /// <summary>Output tokens billed, as far as the providers told.</summary>
    public long OutputTokens { get; init; }

    /// <summary>The mean time of a call, waiting and retries included; null when there was none.</summary>
    public TimeSpan? AverageDuration { get; init; }

    /// <summary>The time within which 95 of 100 calls ended, at most 2 % too high; null when there was none.</summary>
    public TimeSpan? Percentile95Duration { get; init; }

    /// <summary>The errors by kind.</summary>
    public IReadOnlyDictionary<StepErrorKind, long> Errors { get; init; } = new Dictionary<StepErrorKind, long>();

    /// <summary>The users who cost most, dearest first, ten at most. Their names are the ids of the scope; empty in the report of the whole bot.</summary>
    public IReadOnlyList<UsageLine> TopUsers { get; init; } = [];

    /// <summary>The operations that cost most, dearest first, ten at most, such as <c>analysis.debate</c>.</summary>
    public IReadOnlyList<UsageLine> TopFeatures { get; init; } = [];
}
