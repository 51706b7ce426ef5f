namespace DiscordIntel.Pipeline.Limits;

/// <summary>Why a call may not go now: the limit that takes longest to give way, and the time until all of them do.</summary>
internal readonly record struct LimitRefusal(LimitLevel Level, int PerMinute, TimeSpan RetryAfter)
{
    /// <summary>The call would have waited, but too many wait already.</summary>
    public bool QueueIsFull { get; init; }
}
