using DiscordIntel.Pipeline.Caching;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using static DiscordIntel.Tests.Pipeline.Caching.CacheSamples;

namespace DiscordIntel.Tests.Pipeline.Caching;

/// <summary>Equal calls at the same time: one asks, the others wait.</summary>
[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class FlightTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    private readonly FakeTimeProvider _clock = new();
    private readonly ReplyCache _cache;

    public FlightTests() => _cache = new ReplyCache(_clock);

    [TearDown]
    public void NoFlightIsLeft() => Assert.That(_cache.Flights, Is.Zero);

    [Test]
    public async Task EnterAsync_ThousandEqualCallers_OneLeadsAndAllGetItsReply()
    {
        using var start = new ManualResetEventSlim();
        int leads = 0;
        CachedReply reply = Reply("yes");
        Task<CachedReply>[] callers =
        [
            .. Enumerable.Range(0, 1000).Select(_ => Task.Run(async () =>
            {
                start.Wait();
                CacheEntry entry = (await EnterAsync())!.Value;
                if (entry.Flight is { } flight)
                {
                    Interlocked.Increment(ref leads);
                    await Task.Yield();
                    flight.Complete(reply);
                }

                return entry.Reply ?? reply;
            })),
        ];
        start.Set();
        CachedReply[] replies = await Task.WhenAll(callers).WaitAsync(TimeSpan.FromSeconds(60));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(leads, Is.EqualTo(1));
            Assert.That(replies, Is.All.SameAs(reply));
        }
    }

    [Test]
    public async Task EnterAsync_ThousandWhoWaitForOne_AllGetItsReply()
    {
        Flight leader = await LeadAsync();
        Task<CacheEntry?>[] followers = [.. Enumerable.Range(0, 999).Select(_ => EnterAsync())];
        Assert.That(followers.Select(follower => follower.IsCompleted), Is.All.False);
        CachedReply reply = Reply("yes");
        leader.Complete(reply);
        Assert.That((await Task.WhenAll(followers).WaitAsync(Soon)).Select(entry => entry!.Value.Reply), Is.All.SameAs(reply));
    }

    [Test]
    public async Task Complete_WithoutAReply_HandsTheLeadToTheOneWhoWaitsLongest()
    {
        Flight leader = await LeadAsync();
        Task<CacheEntry?>[] followers = [EnterAsync(), EnterAsync(), EnterAsync()];
        leader.Complete(null);
        Flight second = (await followers[0].WaitAsync(Soon))!.Value.Flight!;
        Assert.That((followers[1].IsCompleted, followers[2].IsCompleted, _cache.Flights), Is.EqualTo((false, false, 1)));

        Task<CacheEntry?> late = EnterAsync();
        second.Complete(null);
        Flight third = (await followers[1].WaitAsync(Soon))!.Value.Flight!;
        CachedReply reply = Reply("yes");
        third.Complete(reply);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await followers[2].WaitAsync(Soon))!.Value.Reply, Is.SameAs(reply));
            Assert.That((await late.WaitAsync(Soon))!.Value.Reply, Is.SameAs(reply));
            Assert.That((await EnterAsync())!.Value.Reply, Is.SameAs(reply));
        }
    }

    [Test]
    public async Task Complete_Twice_OnlyTheFirstCounts()
    {
        Flight leader = await LeadAsync();
        Task<CacheEntry?> follower = EnterAsync();
        leader.Complete(null);
        leader.Complete(Reply("late"));
        leader.Complete(null);
        Flight second = (await follower.WaitAsync(Soon))!.Value.Flight!;
        Task<CacheEntry?> third = EnterAsync();
        Assert.That((third.IsCompleted, _cache.Flights), Is.EqualTo((false, 1)), "the second flight is still in the air");
        second.Complete(Reply("yes"));
        Assert.That((await third.WaitAsync(Soon))!.Value.Reply!.ToResponse().Text, Is.EqualTo("yes"));
    }

    [Test]
    public async Task EnterAsync_FollowerCancelled_LeavesAlone()
    {
        using var source = new CancellationTokenSource();
        Flight leader = await LeadAsync();
        Task<CacheEntry?> leaving = EnterAsync(token: source.Token);
        Task<CacheEntry?> staying = EnterAsync();
        await source.CancelAsync();
        Assert.That(async () => await leaving.WaitAsync(Soon), Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(source.Token));
        Assert.That(staying.IsCompleted, Is.False);
        leader.Complete(Reply("yes"));
        Assert.That((await staying.WaitAsync(Soon))!.Value.Reply, Is.Not.Null);
    }

    [Test]
    public async Task EnterAsync_TokenAlreadyCancelled_DoesNotWait()
    {
        Flight leader = await LeadAsync();
        Assert.That(async () => await EnterAsync(token: new CancellationToken(canceled: true)).WaitAsync(Soon), Throws.InstanceOf<OperationCanceledException>());
        leader.Complete(null);
    }

    [Test]
    public async Task EnterAsync_FollowersDeadlinePassed_IsNullForItAlone()
    {
        Flight leader = await LeadAsync();
        Task<CacheEntry?> hasty = EnterAsync(TimeSpan.FromSeconds(5));
        Task<CacheEntry?> patient = EnterAsync(TimeSpan.FromSeconds(6));
        Task<CacheEntry?> endless = EnterAsync(TimeSpan.FromDays(50));
        _clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.That(hasty.IsCompleted, Is.False);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        CacheEntry? ended = await hasty.WaitAsync(Soon);
        leader.Complete(Reply("yes"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ended, Is.Null);
            Assert.That((await patient.WaitAsync(Soon))!.Value.Reply, Is.Not.Null);
            Assert.That((await endless.WaitAsync(Soon))!.Value.Reply, Is.Not.Null);
        }
    }

    [Test]
    public async Task EnterAsync_NoTimeLeft_IsNullAtOnceUnlessThereIsAReply([Values(0, -1)] int seconds)
    {
        Flight leader = await LeadAsync();
        CacheEntry? none = await EnterAsync(TimeSpan.FromSeconds(seconds)).WaitAsync(Soon);
        leader.Complete(Reply("yes"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(none, Is.Null);
            Assert.That((await EnterAsync(TimeSpan.FromSeconds(seconds)))!.Value.Reply, Is.Not.Null);
        }
    }

    [Test]
    public async Task Complete_EveryFollowerHasLeft_LeavesNoFlight([Values] bool succeeds)
    {
        using var source = new CancellationTokenSource();
        Flight leader = await LeadAsync();
        Task<CacheEntry?>[] followers = [.. Enumerable.Range(0, 50).SelectMany(_ => new[] { EnterAsync(token: source.Token), EnterAsync(TimeSpan.FromSeconds(1)) })];
        await source.CancelAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(async () => await Task.WhenAll(followers).WaitAsync(Soon), Throws.InstanceOf<OperationCanceledException>());
        leader.Complete(succeeds ? Reply("yes") : null);
        Assert.That(_cache.Flights, Is.Zero);
    }

    [Test]
    public async Task Complete_LongestWaitingHasLeft_TheNextLeads()
    {
        using var source = new CancellationTokenSource();
        Flight leader = await LeadAsync();
        Task<CacheEntry?> gone = EnterAsync(token: source.Token);
        Task<CacheEntry?> next = EnterAsync();
        await source.CancelAsync();
        leader.Complete(null);
        (await next.WaitAsync(Soon))!.Value.Flight!.Complete(null);
        Assert.That(gone.IsCanceled, Is.True);
    }

    // The token and the lead fall in the same moment: the one who leaves has no flight, the one who has it must end it. Nothing in between.
    [Test]
    public async Task Complete_AgainstAFollowerWhoCancels_NeverLosesTheLead()
    {
        int led = 0;
        for (int i = 0; i < 2000; i++)
        {
            using var source = new CancellationTokenSource();
            using var start = new Barrier(2);
            Flight leader = await LeadAsync();
            Task<CacheEntry?> follower = EnterAsync(token: source.Token);
            Task cancelling = Task.Run(() =>
            {
                start.SignalAndWait();
                source.Cancel();
            });
            start.SignalAndWait();
            leader.Complete(null);
            await cancelling;
            try
            {
                (await follower.WaitAsync(Soon))!.Value.Flight!.Complete(null);
                led++;
            }
            catch (OperationCanceledException)
            {
                // It left without the lead.
            }

            Assert.That(_cache.Flights, Is.Zero, $"round {i}, {led} led");
        }
    }

    private async Task<Flight> LeadAsync() => (await EnterAsync().WaitAsync(Soon))!.Value.Flight!;

    private Task<CacheEntry?> EnterAsync(TimeSpan? remaining = null, CancellationToken token = default) =>
        _cache.EnterAsync(new TenantGeneration("1", 0), Key("a"), CacheSamples.Options, remaining ?? TimeSpan.MaxValue, token).AsTask();
}
