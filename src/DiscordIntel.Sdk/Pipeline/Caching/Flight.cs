namespace DiscordIntel.Pipeline.Caching;

/// <summary>One call that asks on behalf of all equal ones. It is ended exactly once, whatever becomes of the call.</summary>
internal sealed class Flight(ReplyCache cache, CacheSlot slot, TimeSpan duration, Queue<TaskCompletionSource<CacheEntry?>> followers)
{
    private int _ended;

    public CacheSlot Slot { get; } = slot;

    /// <summary>How long its reply is kept.</summary>
    public TimeSpan Duration { get; } = duration;

    /// <summary>Those who wait for it, in the order in which they came; some may have left. Under the cache's lock while it is in the air.</summary>
    public Queue<TaskCompletionSource<CacheEntry?>> Followers { get; } = followers;

    /// <summary>
    /// Ends it. A reply is kept and given to all who wait. Null says that there is none to share (failed, cancelled, turned away, not to be kept): the one who
    /// waits longest leads next. Only the first telling counts.
    /// </summary>
    public void Complete(CachedReply? reply)
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            cache.Land(this, reply);
        }
    }
}
