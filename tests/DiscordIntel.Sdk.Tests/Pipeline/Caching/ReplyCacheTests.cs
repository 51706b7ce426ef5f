using DiscordIntel.Pipeline.Caching;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using static DiscordIntel.Tests.Pipeline.Caching.CacheSamples;

namespace DiscordIntel.Tests.Pipeline.Caching;

/// <summary>What is kept, for how long, and for whom.</summary>
[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ReplyCacheTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ReplyCache _cache;

    public ReplyCacheTests() => _cache = new ReplyCache(_clock);

    [TearDown]
    public void NoFlightIsLeft() => Assert.That(_cache.Flights, Is.Zero);

    [Test]
    public async Task EnterAsync_ReplyKept_IsFoundUntilItsDurationHasPassed()
    {
        CacheOptions options = new() { Duration = TimeSpan.FromMinutes(1) };
        CachedReply reply = Reply("yes");
        (await EnterAsync("a", options)).Flight!.Complete(reply);
        _clock.Advance(TimeSpan.FromSeconds(59.9));
        CacheEntry before = await EnterAsync("a", options);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        CacheEntry after = await EnterAsync("a", options);
        after.Flight?.Complete(null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.Reply, Is.SameAs(reply));
            Assert.That(after.Reply, Is.Null);
        }
    }

    [Test]
    public async Task EnterAsync_DurationChanged_HoldsForTheAnswersAfterIt()
    {
        await KeepAsync("a", new CacheOptions { Duration = TimeSpan.FromMinutes(1) });
        await KeepAsync("b", new CacheOptions { Duration = TimeSpan.FromMinutes(10) });
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.That((await IsKeptAsync("a"), await IsKeptAsync("b")), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task EnterAsync_AnotherGenerationTenantOrKey_LeadsOnItsOwn()
    {
        await KeepAsync("a");
        CacheEntry?[] entries =
        [
            await _cache.EnterAsync(new TenantGeneration("2", 0), Key("a"), CacheSamples.Options, TimeSpan.MaxValue, default),
            await _cache.EnterAsync(new TenantGeneration("1", 1), Key("a"), CacheSamples.Options, TimeSpan.MaxValue, default),
            await _cache.EnterAsync(new TenantGeneration("1", 0), Key("b"), CacheSamples.Options, TimeSpan.MaxValue, default),
        ];
        Assert.That(entries.Select(entry => entry!.Value.Reply), Is.All.Null);
        Array.ForEach(entries, entry => entry!.Value.Flight!.Complete(null));
    }

    [Test]
    public async Task Forget_Tenant_LosesItsRepliesAndNobodyElses()
    {
        var cache = new ReplyCache(_clock);
        TenantGeneration one = cache.GenerationOf("1");
        TenantGeneration two = cache.GenerationOf("2");
        foreach (TenantGeneration tenant in new[] { one, two })
        {
            (await cache.EnterAsync(tenant, Key("a"), CacheSamples.Options, TimeSpan.MaxValue, default))!.Value.Flight!.Complete(Reply(tenant.Tenant));
        }

        cache.Forget("1");
        CacheEntry?[] entries =
        [
            await cache.EnterAsync(cache.GenerationOf("2"), Key("a"), CacheSamples.Options, TimeSpan.MaxValue, default),
            await cache.EnterAsync(cache.GenerationOf("1"), Key("a"), CacheSamples.Options, TimeSpan.MaxValue, default),

            // With the generation of old: what is unreachable is not kept in memory either.
            await cache.EnterAsync(one, Key("a"), CacheSamples.Options, TimeSpan.MaxValue, default),
        ];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cache.GenerationOf("1"), Is.Not.EqualTo(one));
            Assert.That(cache.GenerationOf("2"), Is.EqualTo(two));
            Assert.That(entries.Select(entry => entry!.Value.Reply?.ToResponse().Text), Is.EqualTo(new[] { "2", null, null }));
        }
    }

    [Test]
    public async Task Forget_CallUnderWay_IsNotKeptWhenItEnds()
    {
        var cache = new ReplyCache(_clock);
        TenantGeneration old = cache.GenerationOf("1");
        Flight leader = (await cache.EnterAsync(old, Key("a"), CacheSamples.Options, TimeSpan.MaxValue, default))!.Value.Flight!;
        Task<CacheEntry?> follower = cache.EnterAsync(old, Key("a"), CacheSamples.Options, TimeSpan.MaxValue, default).AsTask();
        cache.Forget("1");
        CacheEntry? after = await cache.EnterAsync(cache.GenerationOf("1"), Key("a"), CacheSamples.Options, TimeSpan.MaxValue, default);
        leader.Complete(Reply("old"));
        CacheEntry? late = await cache.EnterAsync(old, Key("a"), CacheSamples.Options, TimeSpan.MaxValue, default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(after!.Value.Flight, Is.Not.Null, "the new generation does not wait for the old one");
            Assert.That((await follower)!.Value.Reply!.ToResponse().Text, Is.EqualTo("old"), "a call as old as the leader's");
            Assert.That(late!.Value.Reply, Is.Null);
        }
    }

    [Test]
    public async Task Complete_MoreThanTheLimit_KeepsNoMoreThanTheLimitAndTheLatestInTheEnd()
    {
        CacheOptions options = new() { SizeLimitMb = 1 };
        CachedReply reply = Reply(new string('x', 40_000));
        long most = 1024 * 1024 / reply.Size;
        for (int i = 0; i < 60; i++)
        {
            (await EnterAsync($"{i}", options)).Flight!.Complete(reply);
        }

        int kept = 0;
        for (int i = 0; i < 60; i++)
        {
            kept += await IsKeptAsync($"{i}", options) ? 1 : 0;
        }

        Assert.That(kept, Is.InRange(1, most));

        // Room is made in the background: the reply that asks for it may be the one that is not kept.
        bool isKept = false;
        for (int i = 0; i < 500 && !isKept; i++)
        {
            await KeepAsync("latest", options);
            isKept = await IsKeptAsync("latest", options);
            await Task.Delay(TimeSpan.FromMilliseconds(isKept ? 0 : 10));
        }

        Assert.That(isKept, Is.True);
    }

    [Test]
    public async Task Complete_ReplyOfMoreThanATenth_IsGivenToThoseWhoWaitButNotKept()
    {
        CacheOptions options = new() { SizeLimitMb = 1 };
        await KeepAsync("small", options);
        Flight leader = (await EnterAsync("large", options)).Flight!;
        Task<CacheEntry> follower = EnterAsync("large", options).AsTask();
        leader.Complete(Reply(new string('x', 60_000)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await follower).Reply, Is.Not.Null);
            Assert.That(await IsKeptAsync("large", options), Is.False);
            Assert.That(await IsKeptAsync("small", options), Is.True);
        }
    }

    [Test]
    public async Task EnterAsync_SizeLimitChanged_StartsEmptyWithTheNewLimit()
    {
        CacheOptions small = new() { SizeLimitMb = 1 };
        CacheOptions large = new() { SizeLimitMb = 2 };
        CachedReply reply = Reply(new string('x', 60_000));
        await KeepAsync("a", small);
        Flight flight = (await EnterAsync("under way", small)).Flight!;
        bool isKept = await IsKeptAsync("a", large);
        flight.Complete(reply);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(isKept, Is.False);
            Assert.That(await IsKeptAsync("under way", large), Is.True, "too large for the old limit");
        }
    }

    [Test]
    public async Task Clear_Everything_IsGone()
    {
        await KeepAsync("a");
        _cache.Clear();
        Assert.That(await IsKeptAsync("a"), Is.False);
    }

    [Test]
    public async Task Drop_OneReply_LeavesTheOthers()
    {
        await KeepAsync("a");
        await KeepAsync("b");
        _cache.Drop(new TenantGeneration("1", 0), Key("a"));
        Assert.That((await IsKeptAsync("a"), await IsKeptAsync("b")), Is.EqualTo((false, true)));
    }

    private async ValueTask<CacheEntry> EnterAsync(string text, CacheOptions? options = null) =>
        (await _cache.EnterAsync(new TenantGeneration("1", 0), Key(text), options ?? CacheSamples.Options, TimeSpan.MaxValue, default))!.Value;

    private async Task KeepAsync(string text, CacheOptions? options = null) => (await EnterAsync(text, options)).Flight!.Complete(Reply(text));

    private async Task<bool> IsKeptAsync(string text, CacheOptions? options = null)
    {
        CacheEntry entry = await EnterAsync(text, options);
        entry.Flight?.Complete(null);
        return entry.Reply is not null;
    }
}
