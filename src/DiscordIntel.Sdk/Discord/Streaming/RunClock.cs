namespace DiscordIntel.Discord.Streaming;

/// <summary>The time of a run, from its start.</summary>
internal sealed class RunClock
{
    // Whoever waits looks again.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly long _start;

    public RunClock(TimeProvider time, DateTimeOffset? deadline)
    {
        Time = time;
        _start = time.GetTimestamp();
        Deadline = deadline is { } end ? end - time.GetUtcNow() : TimeSpan.MaxValue;
        if (deadline is not null)
        {
            FinishBy = Deadline - Least(TimeSpan.FromSeconds(20), Deadline / 2);
            CollapseBy = Deadline - Least(TimeSpan.FromSeconds(10), Deadline / 4);
        }
    }

    public TimeProvider Time { get; }

    /// <summary>No call begins after this.</summary>
    public TimeSpan Deadline { get; }

    /// <summary>When the model is stopped, so that what came can still be written.</summary>
    public TimeSpan FinishBy { get; } = TimeSpan.MaxValue;

    /// <summary>When there is time for one more message only: what does not fit into it goes into the file.</summary>
    public TimeSpan CollapseBy { get; } = TimeSpan.MaxValue;

    public TimeSpan Now => Time.GetElapsedTime(_start);

    /// <summary>Waits for the task, but no longer than until then. Does not throw.</summary>
    public async Task WaitAsync(Task task, TimeSpan until, CancellationToken cancellationToken)
    {
        // Timers count whole milliseconds: less than one would be no wait at all.
        TimeSpan left = until == TimeSpan.MaxValue
            ? Timeout.InfiniteTimeSpan
            : TimeSpan.FromMilliseconds(Math.Ceiling(Least(until - Now, LongestTimer).TotalMilliseconds));
        if (left == Timeout.InfiniteTimeSpan || left > TimeSpan.Zero)
        {
            await task.WaitAsync(left, Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A source that is cancelled after that time.</summary>
    public CancellationTokenSource Limit(TimeSpan time) => new(time > TimeSpan.Zero ? time : TimeSpan.Zero, Time);

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
