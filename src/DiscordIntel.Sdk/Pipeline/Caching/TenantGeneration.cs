namespace DiscordIntel.Pipeline.Caching;

/// <summary>A tenant, and how often it has been forgotten: what was kept for an earlier generation is out of reach.</summary>
internal readonly record struct TenantGeneration(string Tenant, long Number);
