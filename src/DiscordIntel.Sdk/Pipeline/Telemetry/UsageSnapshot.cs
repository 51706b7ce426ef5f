using DiscordIntel.Results;

namespace DiscordIntel.Pipeline.Telemetry;

/// <summary>What was counted until now.</summary>
internal sealed record UsageSnapshot(
    long Succeeded,
    long Cancelled,
    long CacheHits,
    long InputTokens,
    long OutputTokens,
    TimeSpan? AverageDuration,
    TimeSpan? Percentile95Duration,
    IReadOnlyDictionary<StepErrorKind, long> Errors,
    IReadOnlyDictionary<string, UsageShare> Users,
    IReadOnlyDictionary<string, UsageShare> Operations);
