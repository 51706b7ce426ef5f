namespace DiscordIntel.Pipeline.Limits;

/// <summary>
/// Time that only goes forward, in ticks of 100 ns from its making. Where the clock under it jumps back, no time has passed and it goes on from there:
/// nobody waits until the old time is reached again. Not thread-safe: its owner's lock guards it.
/// </summary>
internal sealed class SteadyClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private long _seen;
    private long _now;

    public long Now()
    {
        // From the start and not from the last look: a fast caller would round every step down to nothing.
        long elapsed = time.GetElapsedTime(_start).Ticks;
        _now += Math.Max(0, elapsed - _seen);
        _seen = elapsed;
        return _now;
    }
}
