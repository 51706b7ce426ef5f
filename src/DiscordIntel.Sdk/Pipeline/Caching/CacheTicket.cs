namespace DiscordIntel.Pipeline.Caching;

/// <summary>A call's place in the cache: what it found, and where.</summary>
internal sealed record CacheTicket(CacheEntry Entry, TenantGeneration Tenant, CacheKey Key);
