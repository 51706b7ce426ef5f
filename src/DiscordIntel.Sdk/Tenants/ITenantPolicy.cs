namespace DiscordIntel.Tenants;

/// <summary>
/// What holds for one tenant (a Discord server) in place of the configuration. Register an implementation as a singleton to let servers have caps, limits,
/// models and consent of their own, read from wherever the bot keeps them. Answers are kept for <see cref="TenantOptions.PolicyCacheDuration"/>.
/// </summary>
public interface ITenantPolicy
{
    /// <summary>Gives the policy of a tenant; null where the configuration holds as it is.</summary>
    /// <param name="tenant">The tenant as <see cref="IntelScope.Tenant"/> has it: a server's id in digits, or <c>dm:</c> and a user's.</param>
    /// <param name="cancellationToken">Ends with the call that asks.</param>
    /// <returns>
    /// The policy. When this throws, takes longer than 10 seconds or gives a value out of range, the last known policy of the tenant goes on for as long as an
    /// answer is kept; without one the call is a <see cref="Results.StepErrorKind.StoreUnavailable"/>.
    /// </returns>
    ValueTask<TenantPolicy?> GetAsync(string tenant, CancellationToken cancellationToken);
}
