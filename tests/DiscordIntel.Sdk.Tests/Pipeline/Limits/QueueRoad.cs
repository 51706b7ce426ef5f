using DiscordIntel.Pipeline.Limits;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Limits;

/// <summary>A queue with its limiter on a clock that the test moves.</summary>
internal sealed class QueueRoad : IDisposable
{
    public QueueRoad()
    {
        Limiter = new GcraLimiter(Clock);
        Queue = new BackgroundQueue(Limiter, Clock);
    }

    public LimitClock Clock { get; } = new();

    public GcraLimiter Limiter { get; }

    public BackgroundQueue Queue { get; }

    public static IntelScope Scope(string tenant, string user) => new(tenant, "w", user);

    public void Drain(RateLimits limits, string tenant = "first", string user = "first")
    {
        while (Limiter.TryAcquire(Scope(tenant, user), limits) is null)
        {
        }
    }

    public Task<LimitRefusal?> Enter(
        string tenant,
        RateLimits? limits = null,
        string user = "u",
        int queueLimit = 100,
        TimeSpan? remaining = null,
        CancellationToken cancellationToken = default) =>
        Queue.EnterAsync(Scope(tenant, user), limits ?? new(60, null, null), queueLimit, remaining ?? TimeSpan.FromMinutes(10), cancellationToken).AsTask();

    public void ExpectEmpty()
    {
        // The last waiter's own timer is let go by its continuation.
        Assert.That(() => Clock.TimersSet, Is.Zero.After(10_000, 5));
        Assert.That(Queue.Waiting, Is.EqualTo((0, 0)));
    }

    public void Dispose() => Queue.Dispose();
}
