using System.Collections.Concurrent;
using DiscordIntel.Tenants;

namespace DiscordIntel.Tests.Tenants;

/// <summary>A policy of the host's: answers as the test says, and counts how often it is asked.</summary>
internal sealed class RoadPolicy(Func<string, CancellationToken, ValueTask<TenantPolicy?>> answer) : ITenantPolicy
{
    public RoadPolicy(TenantPolicy? policy)
        : this((_, _) => new(policy))
    {
    }

    public Func<string, CancellationToken, ValueTask<TenantPolicy?>> Answer { get; set; } = answer;

    public ConcurrentQueue<string> Asked { get; } = [];

    public ValueTask<TenantPolicy?> GetAsync(string tenant, CancellationToken cancellationToken)
    {
        Asked.Enqueue(tenant);
        return Answer(tenant, cancellationToken);
    }
}
