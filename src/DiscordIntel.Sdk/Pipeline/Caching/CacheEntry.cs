namespace DiscordIntel.Pipeline.Caching;

/// <summary>What a call finds in the cache: the reply, or else the duty to ask for it and to end the <see cref="Caching.Flight"/> that others wait for.</summary>
internal readonly record struct CacheEntry
{
    public CacheEntry(CachedReply reply) => Reply = reply;

    public CacheEntry(Flight flight) => Flight = flight;

    public CachedReply? Reply { get; }

    public Flight? Flight { get; }
}
