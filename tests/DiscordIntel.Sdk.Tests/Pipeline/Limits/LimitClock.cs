using Microsoft.Extensions.Time.Testing;

namespace DiscordIntel.Tests.Pipeline.Limits;

/// <summary>The test's clock. It counts the timers that are set, and can jump back.</summary>
internal sealed class LimitClock : FakeTimeProvider
{
    private int _set;
    private long _shift;

    /// <summary>Timers that are still to ring.</summary>
    public int TimersSet => Volatile.Read(ref _set);

    public override long GetTimestamp() => base.GetTimestamp() + _shift;

    public void Jump(TimeSpan by) => _shift += by.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this);
        timer.Inner = base.CreateTimer(
            _ =>
            {
                timer.Set(false);
                callback(state);
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(LimitClock clock) : ITimer
    {
        private int _isSet;

        public ITimer Inner { get; set; } = null!;

        public void Set(bool value)
        {
            int now = value ? 1 : 0;
            Interlocked.Add(ref clock._set, now - Interlocked.Exchange(ref _isSet, now));
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Set(dueTime != Timeout.InfiniteTimeSpan);
            return Inner.Change(dueTime, period);
        }

        public void Dispose()
        {
            Set(false);
            Inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
