namespace DiscordIntel.Tests.Discord.Support;

/// <summary>A clock that stands still until it is told to go to the next timer: whole runs in no time, each timer at exactly its own moment.</summary>
internal sealed class VirtualTime : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<(Timer Timer, long Version), (long Due, long Order)> _timers = new();
    private long _now;
    private long _order;

    public TimeSpan Elapsed => TimeSpan.FromTicks(_now);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now;

    public override DateTimeOffset GetUtcNow() => Start + Elapsed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Waits. Unlike <c>Task.Delay</c> it goes on at once, on the thread that cancels.</summary>
    public async Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (delay != TimeSpan.Zero)
        {
            var done = new TaskCompletionSource();
            await using ITimer timer = CreateTimer(_ => done.TrySetResult(), null, delay, Timeout.InfiniteTimeSpan);
            await using CancellationTokenRegistration cancelled = cancellationToken.UnsafeRegister(_ => done.TrySetCanceled(cancellationToken), null);
            await done.Task;
        }
    }

    /// <summary>Lets the next timer fire.</summary>
    /// <returns>False when there is none.</returns>
    public bool Step()
    {
        while (_timers.TryDequeue(out (Timer Timer, long Version) next, out (long Due, long Order) key))
        {
            if (next.Timer.Version == next.Version)
            {
                _now = Math.Max(_now, key.Due);
                next.Timer.Fire();
                return true;
            }
        }

        return false;
    }

    /// <summary>Starts the task and runs until it is done, all on this thread: what a timer sets off is over before the next one fires.</summary>
    public T Run<T>(Func<Task<T>> start, TimeSpan most)
    {
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            Task<T> task = start();
            while (!task.IsCompleted)
            {
                if (Elapsed > most)
                {
                    throw new InvalidOperationException($"Still running after {Elapsed}.");
                }

                if (!Step())
                {
                    throw new InvalidOperationException($"Nothing more will happen, at {Elapsed}.");
                }
            }

            return task.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private sealed class Timer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        public long Version { get; private set; }

        public void Fire()
        {
            Version++;
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Version++;
            if (dueTime >= TimeSpan.Zero)
            {
                time._timers.Enqueue((this, Version), (time._now + dueTime.Ticks, time._order++));
            }

            return true;
        }

        public void Dispose() => Version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
