using System.Diagnostics.CodeAnalysis;

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

    /// <summary>Runs work that waits for nothing but this clock to its end, all of it on this thread: what waits for a timer goes on inside of the call that fires it.</summary>
    public Task<T> Run<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        // A context would carry what goes on to another thread, and time would pass without it.
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            Task<T> task = work();
            while (!task.IsCompleted)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!TryAdvance())
                {
                    throw new InvalidOperationException("The work waits for something that is not time.");
                }
            }

            return task;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private bool TryAdvance()
    {
        if (!TryTakeNext(out VirtualTimer? next))
        {
            return false;
        }

        next.Run();
        return true;
    }

    private bool TryTakeNext([NotNullWhen(true)] out VirtualTimer? next)
    {
        lock (_lock)
        {
            while (_due.TryDequeue(out (VirtualTimer Timer, long Version) entry, out (long Due, long Order) at))
            {
                if (entry.Timer.Version == entry.Version)
                {
                    next = entry.Timer;
                    Interlocked.Exchange(ref _now, at.Due);
                    Schedule(next, next.Period, next.Period);
                    return true;
                }
            }
        }

        next = null;
        return false;
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
