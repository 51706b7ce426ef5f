using System.Collections.Concurrent;

namespace DiscordIntel.Pipeline.Caching;

/// <summary>
/// Complete replies by key, and one request for all equal calls at the same time. Those who follow get the reply of the one who leads, never its failure or its
/// cancellation; each waits by its own token and its own deadline.
/// </summary>
internal sealed class ReplyCache(TimeProvider time)
{
    // The longest time that a timer takes.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly ReplyStore _store = new(time);
    private readonly ConcurrentDictionary<string, long> _generations = new();
    private readonly Dictionary<CacheSlot, Flight> _flights = [];
    private readonly Lock _gate = new();

    /// <summary>The calls that others may be waiting for.</summary>
    public int Flights
    {
        get
        {
            lock (_gate)
            {
                return _flights.Count;
            }
        }
    }

    /// <summary>Read once for a call, before its key is made.</summary>
    public TenantGeneration GenerationOf(string tenant) => new(tenant, _generations.GetValueOrDefault(tenant));

    /// <summary>Puts everything kept for a tenant out of reach at once, and drops it. A call that is under way keeps nothing any more.</summary>
    public void Forget(string tenant)
    {
        _generations.AddOrUpdate(tenant, 1, static (_, number) => number + 1);
        _store.DropAll(tenant);
    }

    /// <summary>Drops everything kept.</summary>
    public void Clear() => _store.Clear();

    /// <summary>Drops one reply: it turned out to be unreadable.</summary>
    public void Drop(TenantGeneration tenant, CacheKey key) => _store.Drop(new CacheSlot(tenant, key));

    /// <summary>
    /// Finds the reply, waits for the call that is asking for it, or makes this call the one that asks. What remains until the call's deadline limits the wait.
    /// </summary>
    /// <returns>A reply, or a flight that the caller has to end; null when the deadline passed while it waited.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled while it waited.</exception>
    public ValueTask<CacheEntry?> EnterAsync(
        TenantGeneration tenant, CacheKey key, CacheOptions options, TimeSpan remaining, CancellationToken cancellationToken)
    {
        _store.Resize(options.SizeLimitMb);
        var slot = new CacheSlot(tenant, key);
        if (_store.Find(slot) is { } kept)
        {
            return new(new CacheEntry(kept));
        }

        TaskCompletionSource<CacheEntry?> place;
        lock (_gate)
        {
            if (_flights.TryGetValue(slot, out Flight? flight))
            {
                // Continuations run elsewhere: whoever ends a flight does not run a thousand calls on its way.
                place = new TaskCompletionSource<CacheEntry?>(TaskCreationOptions.RunContinuationsAsynchronously);
                flight.Followers.Enqueue(place);
            }
            else if (_store.Find(slot) is { } justKept)
            {
                // A flight keeps its reply before it leaves the table, so that nobody falls between the two.
                return new(new CacheEntry(justKept));
            }
            else
            {
                flight = new Flight(this, slot, options.Duration, []);
                _flights.Add(slot, flight);
                return new(new CacheEntry(flight));
            }
        }

        return FollowAsync(place, remaining, cancellationToken);
    }

    /// <summary>The end of a flight; see <see cref="Flight.Complete"/>.</summary>
    public void Land(Flight flight, CachedReply? reply)
    {
        if (reply is null)
        {
            HandOver(flight);
            return;
        }

        Keep(flight, reply);
        lock (_gate)
        {
            _flights.Remove(flight.Slot);
        }

        // Out of the table, so nobody joins any more. The reply comes from here and not from the store, which may have found it too large.
        foreach (TaskCompletionSource<CacheEntry?> follower in flight.Followers)
        {
            follower.TrySetResult(new CacheEntry(reply));
        }
    }

    private void Keep(Flight flight, CachedReply reply)
    {
        _store.Keep(flight.Slot, reply, flight.Duration);

        // Looked at afterwards: a Forget in between has either seen the reply or is seen here.
        if (GenerationOf(flight.Slot.Tenant.Tenant) != flight.Slot.Tenant)
        {
            _store.Drop(flight.Slot);
        }
    }

    private void HandOver(Flight flight)
    {
        lock (_gate)
        {
            // The table knows the next flight before its leader does.
            var next = new Flight(this, flight.Slot, flight.Duration, flight.Followers);
            _flights[flight.Slot] = next;
            while (next.Followers.TryDequeue(out TaskCompletionSource<CacheEntry?>? follower))
            {
                // One who has left takes nothing.
                if (follower.TrySetResult(new CacheEntry(next)))
                {
                    return;
                }
            }

            _flights.Remove(flight.Slot);
        }
    }

    // The place is taken once: by a reply, by the lead, by the token or by the clock. Whoever got the lead has it, even when the token falls in the same moment.
    private async ValueTask<CacheEntry?> FollowAsync(TaskCompletionSource<CacheEntry?> place, TimeSpan remaining, CancellationToken cancellationToken)
    {
        if (remaining <= TimeSpan.Zero)
        {
            place.TrySetResult(null);
        }

        using CancellationTokenRegistration leaving = cancellationToken.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource<CacheEntry?>)state!).TrySetCanceled(token), place);
        using ITimer? deadline = remaining > TimeSpan.Zero && remaining <= LongestWait
            ? time.CreateTimer(static state => ((TaskCompletionSource<CacheEntry?>)state!).TrySetResult(null), place, remaining, Timeout.InfiniteTimeSpan)
            : null;
        return await place.Task.ConfigureAwait(false);
    }
}
