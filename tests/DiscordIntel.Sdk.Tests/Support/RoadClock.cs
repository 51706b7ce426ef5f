using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace DiscordIntel.Tests.Support;

/// <summary>
/// The test's clock. It tells of each timer that the code under test sets, so that a test neither sleeps nor guesses: it waits until the timer
/// stands, then moves the clock by just its time. A delay makes a timer with its time; a cancellation source makes one without and sets it after.
/// </summary>
internal sealed class RoadClock() : FakeTimeProvider(RoadHost.Start)
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();
    private readonly Channel<TimeSpan> _timeouts = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero)
        {
            _waits.Writer.TryWrite(dueTime);
        }

        return new Timer(timer, _timeouts.Writer);
    }

    /// <summary>Lets every wait run out, each for just its time, until the call has ended. Gives the waits.</summary>
    public async Task<List<TimeSpan>> RunAsync(Task call)
    {
        List<TimeSpan> waits = [];
        while (await NextAsync(_waits.Reader, call) is { } due)
        {
            waits.Add(due);
            Advance(due);
        }

        return waits;
    }

    /// <summary>The time of the next attempt's timeout; null when the call ends first.</summary>
    public Task<TimeSpan?> NextTimeoutAsync(Task call) => NextAsync(_timeouts.Reader, call);

    /// <summary>Passes over the timeouts set until now.</summary>
    public void ForgetTimeouts()
    {
        while (_timeouts.Reader.TryRead(out _))
        {
        }
    }

    private static async Task<TimeSpan?> NextAsync(ChannelReader<TimeSpan> timers, Task call)
    {
        Task<bool> timer = timers.WaitToReadAsync().AsTask();

        // Real time, against a test that would hang for ever.
        await Task.WhenAny(timer, call).WaitAsync(TimeSpan.FromSeconds(10));
        if (!timer.IsCompleted)
        {
            return null;
        }

        Assert.That(timers.TryRead(out TimeSpan due), Is.True);
        return due;
    }

    private sealed class Timer(ITimer inner, ChannelWriter<TimeSpan> set) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool changed = inner.Change(dueTime, period);
            if (dueTime > TimeSpan.Zero)
            {
                set.TryWrite(dueTime);
            }

            return changed;
        }

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
