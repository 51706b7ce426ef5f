using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace DiscordIntel.Tests.Support;

/// <summary>
/// The test's clock. It tells of each timer that the code under test sets, so that a test neither sleeps nor guesses: it waits until the timer
/// stands, then moves the clock by just its time.
/// </summary>
internal sealed class RoadClock() : FakeTimeProvider(RoadHost.Start)
{
    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero)
        {
            _timers.Writer.TryWrite(dueTime);
        }

        return timer;
    }

    /// <summary>Lets every timer run out, each for just its time, until the call has ended. Gives the times, without the attempts' own timeouts.</summary>
    public async Task<List<TimeSpan>> RunAsync(Task call, TimeSpan attemptTimeout)
    {
        List<TimeSpan> waits = [];
        while (await NextAsync(call) is { } due)
        {
            if (due != attemptTimeout)
            {
                waits.Add(due);
                Advance(due);
            }
        }

        return waits;
    }

    /// <summary>The next timer; null when the call ends first.</summary>
    public async Task<TimeSpan?> NextAsync(Task call)
    {
        Task<bool> timer = _timers.Reader.WaitToReadAsync().AsTask();
        Task first = await Task.WhenAny(timer, call).WaitAsync(TimeSpan.FromSeconds(10));
        if (first == call && !timer.IsCompleted)
        {
            return null;
        }

        Assert.That(_timers.Reader.TryRead(out TimeSpan due), Is.True);
        return due;
    }
}
