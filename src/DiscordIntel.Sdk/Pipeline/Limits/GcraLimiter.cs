namespace DiscordIntel.Pipeline.Limits;

/// <summary>
/// The generic cell rate algorithm (ITU-T I.371): one number a key, the theoretical arrival time (TAT) of the next call of a steady stream. A call moves
/// it on by 60/N seconds and may go while it is no more than a minute ahead: N at once, then one every 60/N seconds. The number says how much
/// of the minute is used, whatever the limit, so a limit may change between two calls.
/// </summary>
internal sealed class GcraLimiter(TimeProvider time)
{
    // Longer than any TAT is ahead (a minute, and by rounding at most a tick a call more).
    private static readonly long Generation = TimeSpan.FromMinutes(2).Ticks;

    private readonly Lock _gate = new();
    private readonly SteadyClock _clock = new(time);

    // A key that no call took from for a whole generation is as good as new. So two dictionaries change places, and the old one is dropped whole.
    private Dictionary<LimitKey, long> _current = [];
    private Dictionary<LimitKey, long> _previous = [];
    private long _since;

    /// <summary>The keys held, some of them twice.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _current.Count + _previous.Count;
            }
        }
    }

    /// <summary>Takes one call from every limit that is set, or from none. Null: it may go.</summary>
    public LimitRefusal? TryAcquire(IntelScope scope, RateLimits limits)
    {
        Span<LimitLine> lines = [default, default, default];
        return TryAcquire(lines[..limits.Write(scope, lines)]);
    }

    /// <summary>What <see cref="TryAcquire(IntelScope, RateLimits)"/> would say now; takes nothing.</summary>
    public LimitRefusal? Check(IntelScope scope, RateLimits limits)
    {
        Span<LimitLine> lines = [default, default, default];
        return Decide(lines[..limits.Write(scope, lines)], take: false);
    }

    /// <summary>
    /// Takes one call from every line, or from none. Null: it may go. Otherwise, with no other call between, it may go after exactly the time given and not a
    /// tick earlier.
    /// </summary>
    /// <param name="lines">Up to three lines with different keys.</param>
    public LimitRefusal? TryAcquire(ReadOnlySpan<LimitLine> lines) => Decide(lines, take: true);

    private LimitRefusal? Decide(ReadOnlySpan<LimitLine> lines, bool take)
    {
        if (lines.IsEmpty)
        {
            return null;
        }

        Span<long> next = stackalloc long[RateLimits.Levels];
        lock (_gate)
        {
            long now = _clock.Now();
            Turn(now);
            LimitRefusal? refusal = null;
            for (int i = 0; i < lines.Length; i++)
            {
                (LimitKey key, int perMinute) = lines[i];
                ArgumentOutOfRangeException.ThrowIfLessThan(perMinute, 1, nameof(lines));
                ArgumentOutOfRangeException.ThrowIfGreaterThan(perMinute, LimitOptions.Most, nameof(lines));

                // Rounded up: never a call above the limit.
                long interval = (TimeSpan.TicksPerMinute + perMinute - 1) / perMinute;
                next[i] = Math.Max(Find(key), now) + interval;
                long wait = next[i] - now - (interval * perMinute);
                if (wait > (refusal?.RetryAfter.Ticks ?? 0))
                {
                    refusal = new(key.Level, perMinute, TimeSpan.FromTicks(wait));
                }
            }

            for (int i = 0; take && refusal is null && i < lines.Length; i++)
            {
                _current[lines[i].Key] = next[i];
            }

            return refusal;
        }
    }

    private long Find(in LimitKey key) => _current.TryGetValue(key, out long tat) || _previous.TryGetValue(key, out tat) ? tat : 0;

    private void Turn(long now)
    {
        if (now - _since >= Generation)
        {
            bool bothAreOld = now - _since >= 2 * Generation;
            (_current, _previous) = (_previous, _current);
            Empty(_current, _previous.Count);
            if (bothAreOld)
            {
                Empty(_previous, 0);
            }

            _since = now;
        }
    }

    // The room is kept for the next generation, but not that of a crowd long gone.
    private static void Empty(Dictionary<LimitKey, long> keys, int expected)
    {
        keys.Clear();
        if (keys.Capacity / 4 > expected)
        {
            keys.TrimExcess(expected);
        }
    }
}
