namespace DiscordIntel.Pipeline.Limits;

/// <summary>
/// Whose calls are counted together. The parts stay apart and are compared as they are, ordinal: no text is joined, so no two scopes meet in one key.
/// </summary>
internal readonly record struct LimitKey(LimitLevel Level, string? Tenant, string? User)
{
    public static LimitKey Bot => default;

    public static LimitKey ForTenant(IntelScope scope) => new(LimitLevel.Tenant, scope.Tenant, null);

    /// <summary>A user counts in each tenant on its own: tenants share nothing.</summary>
    public static LimitKey ForUser(IntelScope scope) => new(LimitLevel.User, scope.Tenant, scope.User);
}
