namespace DiscordIntel.Samples.Terminal;

/// <summary>A clock whose time passes only by jumping to the next timer: what takes minutes is shown at once.</summary>
internal sealed class VirtualClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<(VirtualTimer Timer, long Version), (long Due, long Order)> _due = new();
    private long _now;
    private long _order;

    public TimeSpan Elapsed => TimeSpan.FromTicks(Interlocked.Read(ref _now));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + Elapsed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass until the next timer is due, and runs what waits for it; false when there is none.</summary>
    public bool TryAdvance()
    {
        VirtualTimer? next = null;
        lock (_lock)
        {
            while (next is null && _due.TryDequeue(out (VirtualTimer Timer, long Version) entry, out (long Due, long Order) at))
            {
                if (entry.Timer.Version == entry.Version)
                {
                    next = entry.Timer;
                    Interlocked.Exchange(ref _now, at.Due);
                    Schedule(next, next.Period, next.Period);
                }
            }
        }

        next?.Run();
        return next is not null;
    }

    private void Schedule(VirtualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        timer.Version++;
        timer.Period = period;
        if (dueTime >= TimeSpan.Zero)
        {
            _due.Enqueue((timer, timer.Version), (_now + dueTime.Ticks, _order++));
        }
    }

    private sealed class VirtualTimer(VirtualClock clock, Action run) : ITimer
    {
        /// <summary>A setting of the timer: one that was replaced does not run.</summary>
        public long Version { get; set; }

        public TimeSpan Period { get; set; }

        public void Run() => run();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock.Schedule(this, dueTime, period <= TimeSpan.Zero ? Timeout.InfiniteTimeSpan : period);
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
