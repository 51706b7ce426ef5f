namespace DiscordIntel.Functions;

/// <summary>The time of one run: turns of the model, approvals and tools together.</summary>
internal sealed class RunTime(TimeProvider time, TimeSpan? limit)
{
    private readonly long _startedAt = time.GetTimestamp();

    public TimeSpan Elapsed => time.GetElapsedTime(_startedAt);

    /// <summary>What is left of it, never less than nothing.</summary>
    public TimeSpan Remaining => limit is not { } all ? TimeSpan.MaxValue : Elapsed is var gone && gone < all ? all - gone : TimeSpan.Zero;

    /// <summary>A time to wait that does not outlast the run.</summary>
    public TimeSpan AtMost(TimeSpan wanted) => Remaining is var left && left < wanted ? left : wanted;
}
