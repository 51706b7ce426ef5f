using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;

namespace DiscordIntel.Pipeline.Caching;

/// <summary>The kept replies: a <see cref="MemoryCache"/> that is limited by size and reads the time from a <see cref="TimeProvider"/>.</summary>
internal sealed class ReplyStore(TimeProvider time)
{
    private const long Mebibyte = 1024 * 1024;

    // A cache that is replaced is not disposed: a call may still be reading it. It holds nothing but memory.
    private volatile Shelf _shelf = new(0, new MemoryCache(new MemoryCacheOptions { SizeLimit = 0 }));

    /// <summary>Empties the cache when its limit has changed: a <see cref="MemoryCache"/> keeps the limit that it was made with.</summary>
    public void Resize(int sizeLimitMb)
    {
        Shelf old = _shelf;
        if (old.SizeLimitMb != sizeLimitMb)
        {
            // Two calls may both replace it after a change: what the first had kept is then asked for again.
            _shelf = new Shelf(sizeLimitMb, new MemoryCache(new MemoryCacheOptions { SizeLimit = sizeLimitMb * Mebibyte, Clock = new Clock(time) }));
            old.Replies.Clear();
        }
    }

    public CachedReply? Find(CacheSlot slot) => _shelf.Replies.TryGetValue(slot, out object? reply) ? (CachedReply?)reply : null;

    /// <summary>Keeps a reply, unless it is too large: one that fills more than a tenth would throw out too many others.</summary>
    public void Keep(CacheSlot slot, CachedReply reply, TimeSpan duration)
    {
        Shelf shelf = _shelf;
        if (reply.Size <= shelf.SizeLimitMb * Mebibyte / 10)
        {
            using ICacheEntry entry = shelf.Replies.CreateEntry(slot);
            entry.Value = reply;
            entry.Size = reply.Size;
            entry.AbsoluteExpirationRelativeToNow = duration;
        }
    }

    public void Drop(CacheSlot slot) => _shelf.Replies.Remove(slot);

    /// <summary>Drops what is kept for a tenant, of any generation. It looks at every place; forgetting is rare.</summary>
    public void DropAll(string tenant)
    {
        MemoryCache replies = _shelf.Replies;
        foreach (object key in replies.Keys)
        {
            if (key is CacheSlot slot && slot.Tenant.Tenant == tenant)
            {
                replies.Remove(slot);
            }
        }
    }

    public void Clear()
    {
        MemoryCache replies = _shelf.Replies;
        if (replies.Count > 0)
        {
            replies.Clear();
        }
    }

    private sealed record Shelf(int SizeLimitMb, MemoryCache Replies);

    private sealed class Clock(TimeProvider time) : ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
}
