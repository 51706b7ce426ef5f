namespace DiscordIntel.Pipeline.Caching;

/// <summary>A place in the cache. An object, since that is what the cache takes; it names the tenant, so that a forgotten tenant's places can be found.</summary>
internal sealed record CacheSlot(TenantGeneration Tenant, CacheKey Key)
{
    public bool Equals(CacheSlot? other) => other is not null && Key == other.Key && Tenant == other.Tenant;

    public override int GetHashCode() => Key.GetHashCode();
}
