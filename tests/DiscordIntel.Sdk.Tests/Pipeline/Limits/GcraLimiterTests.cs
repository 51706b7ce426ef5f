using DiscordIntel.Pipeline.Limits;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Limits;

internal sealed class GcraLimiterTests
{
    private static readonly IntelScope Scope = new("t", "w", "u");
    private static readonly RateLimits Sixty = new(60, null, null);

    private readonly LimitClock _clock = new();

    [Test]
    public void TryAcquire_SixtyAMinute_LetsSixtyGoAndThenOneASecond()
    {
        var limiter = new GcraLimiter(_clock);
        Assert.That(Admitted(limiter, Sixty, 500), Is.EqualTo(60));
        Assert.That(limiter.TryAcquire(Scope, Sixty), Is.EqualTo(new LimitRefusal(LimitLevel.Bot, 60, TimeSpan.FromSeconds(1))));
        for (int second = 0; second < 100; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            Assert.That(Admitted(limiter, Sixty, 5), Is.EqualTo(1));
        }

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(Admitted(limiter, Sixty, 500), Is.EqualTo(60), "an idle minute gives the burst back, and no more");
    }

    [TestCase(1, 600_000_000)]
    [TestCase(7, 85_714_286)]
    [TestCase(999_999, 601)]
    [TestCase(1_000_000, 600)]
    public void TryAcquire_AtTheLimit_TellsTheTimeToTheTick(int perMinute, long ticks)
    {
        var limiter = new GcraLimiter(_clock);
        var limits = new RateLimits(null, null, perMinute);
        Assert.That(Admitted(limiter, limits, perMinute), Is.EqualTo(perMinute));
        Assert.That(limiter.TryAcquire(Scope, limits), Is.EqualTo(new LimitRefusal(LimitLevel.User, perMinute, TimeSpan.FromTicks(ticks))));
        _clock.Advance(TimeSpan.FromTicks(ticks - 1));
        Assert.That(limiter.TryAcquire(Scope, limits)?.RetryAfter.Ticks, Is.EqualTo(1));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.That(limiter.TryAcquire(Scope, limits), Is.Null);
    }

    [Test]
    public void TryAcquire_NoLimit_LetsAllGoAndHoldsNoKey()
    {
        var limiter = new GcraLimiter(_clock);
        Assert.That(Admitted(limiter, default, 1000), Is.EqualTo(1000));
        Assert.That(limiter.Count, Is.Zero);
    }

    [Test]
    public void TryAcquire_OneOfThreeRefuses_TakesNothingFromTheOthers()
    {
        var limiter = new GcraLimiter(_clock);
        var limits = new RateLimits(5, 4, 2);
        Assert.That(Admitted(limiter, limits, 50), Is.EqualTo(2), "the user's");
        var other = new IntelScope("t", "w", "other");
        Assert.That(Admitted(limiter, limits, 50, other), Is.EqualTo(2), "what the tenant has left");
        Assert.That(limiter.TryAcquire(new IntelScope("t", "w", "third"), limits)?.Level, Is.EqualTo(LimitLevel.Tenant));
        Assert.That(Admitted(limiter, limits, 50, new IntelScope("t2", "w", "u")), Is.EqualTo(1), "what the bot has left");
        Assert.That(limiter.Count, Is.EqualTo(6), "who was turned away left no key");
    }

    [Test]
    public void Check_Any_TakesNothing()
    {
        var limiter = new GcraLimiter(_clock);
        for (int i = 0; i < 100; i++)
        {
            Assert.That(limiter.Check(Scope, Sixty), Is.Null);
        }

        Assert.That(Admitted(limiter, Sixty, 500), Is.EqualTo(60));
        Assert.That(limiter.Check(Scope, Sixty), Is.EqualTo(new LimitRefusal(LimitLevel.Bot, 60, TimeSpan.FromSeconds(1))));
    }

    [TestCase(0)]
    [TestCase(-5)]
    [TestCase(1_000_001)]
    public void TryAcquire_UnlawfulLimit_Throws(int perMinute) =>
        Assert.That(() => new GcraLimiter(_clock).TryAcquire(Scope, new(60, perMinute, null)), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void TryAcquire_ClockJumpsBack_GoesOnFromThere()
    {
        var limiter = new GcraLimiter(_clock);
        _clock.Advance(TimeSpan.FromHours(3));
        Assert.That(Admitted(limiter, Sixty, 60), Is.EqualTo(60));

        _clock.Jump(TimeSpan.FromHours(-2));
        Assert.That(limiter.TryAcquire(Scope, Sixty)?.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(1)), "no hour of waiting, and no permits as a present");
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.That(Admitted(limiter, Sixty, 5), Is.EqualTo(2));

        _clock.Jump(TimeSpan.FromDays(-400));
        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.That(Admitted(limiter, Sixty, 5), Is.Zero, "time under a jump that was never looked at is lost");
        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.That(Admitted(limiter, Sixty, 5), Is.EqualTo(3));
    }

    [Test]
    public void TryAcquire_ClockFinerThanATick_LosesNoTime()
    {
        // 50 ns a look: each is less than a tick, all together are a second in 20 million looks. Here: 600 ticks in 1,200.
        var clock = new NanoClock();
        var limiter = new GcraLimiter(clock);
        var limits = new RateLimits(1_000_000, null, null);
        Assert.That(Admitted(limiter, limits, 1_000_000), Is.EqualTo(1_000_000));
        int looks = 0;
        do
        {
            clock.Nanoseconds += 50;
            looks++;
        }
        while (limiter.TryAcquire(Scope, limits) is not null);
        Assert.That(looks, Is.EqualTo(1200));
    }

    [Test]
    public void TryAcquire_LimitChanges_HoldsFromTheNextCallOn()
    {
        var limiter = new GcraLimiter(_clock);
        Assert.That(Admitted(limiter, Sixty, 100), Is.EqualTo(60));
        Assert.That(limiter.TryAcquire(Scope, new(600, null, null))?.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(0.1)), "a full minute is full, but runs off faster");
        Assert.That(limiter.TryAcquire(Scope, new(1, null, null))?.RetryAfter, Is.EqualTo(TimeSpan.FromMinutes(1)));
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.That(Admitted(limiter, new(10, null, null), 100), Is.EqualTo(5), "half a minute is half of the new limit");
    }

    [Test]
    public void Count_IdleKeys_AreForgottenAndLiveOnesKept()
    {
        var limiter = new GcraLimiter(_clock);
        var limits = new RateLimits(null, null, 2);
        for (int i = 0; i < 50_000; i++)
        {
            limiter.TryAcquire(new IntelScope("t", "w", $"{i}"), limits);
        }

        Assert.That(limiter.Count, Is.EqualTo(50_000));
        for (int second = 0; second < 300; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            limiter.TryAcquire(Scope, limits);
        }

        Assert.That(limiter.Count, Is.LessThanOrEqualTo(2), "one live key, in each generation once at most");
        Assert.That(limiter.TryAcquire(Scope, limits)?.Level, Is.EqualTo(LimitLevel.User), "the live key has kept its count over two generations");

        _clock.Advance(TimeSpan.FromHours(1));
        Assert.That(limiter.TryAcquire(new IntelScope("t", "w", "new"), limits), Is.Null);
        Assert.That(limiter.Count, Is.EqualTo(1));
    }

    [Test]
    public void TryAcquire_Admitted_AllocatesNothing()
    {
        var limiter = new GcraLimiter(_clock);
        var limits = new RateLimits(1_000_000, 1_000_000, 1_000_000);
        Admitted(limiter, limits, 1000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int admitted = Admitted(limiter, limits, 100_000);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        TestContext.Out.WriteLine($"{bytes} B for {admitted} admitted calls over three keys");
        Assert.That((admitted, bytes), Is.EqualTo((100_000, 0L)));
    }

    [Test]
    public void TryAcquire_AThousandThreads_AdmitExactly()
    {
        var limiter = new GcraLimiter(_clock);
        var limits = new RateLimits(150, 20, 6);
        int[] tenants = new int[10];
        using var start = new ManualResetEventSlim();
        Thread[] threads =
        [
            .. Enumerable.Range(0, 1000).Select(i => new Thread(
                () =>
                {
                    var scope = new IntelScope($"{i % 10}", "w", $"{i / 10 % 5}");
                    start.Wait();
                    for (int n = 0; n < 10; n++)
                    {
                        if (limiter.TryAcquire(scope, limits) is null)
                        {
                            Interlocked.Increment(ref tenants[i % 10]);
                        }
                    }
                },
                128 * 1024)),
        ];
        Array.ForEach(threads, thread => thread.Start());
        start.Set();
        Array.ForEach(threads, thread => thread.Join());

        Assert.That(tenants.Sum(), Is.EqualTo(150));
        for (int tenant = 0; tenant < 10; tenant++)
        {
            int left = Admitted(limiter, new(null, 20, null), 100, new IntelScope($"{tenant}", "w", "u"));
            Assert.That(left, Is.EqualTo(20 - tenants[tenant]), "who was turned away at the bot's limit took nothing from the tenant's");
        }
    }

    [Test]
    public async Task TryAcquire_500AtOnce_AdmitsSixty()
    {
        var limiter = new GcraLimiter(_clock);
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<LimitRefusal?>[] calls = [.. Enumerable.Range(0, 500).Select(async _ =>
        {
            await start.Task;
            await Task.Yield();
            return limiter.TryAcquire(Scope, Sixty);
        })];
        start.SetResult();
        LimitRefusal?[] refusals = await Task.WhenAll(calls);
        Assert.That(refusals.Count(refusal => refusal is null), Is.EqualTo(60));
        Assert.That(refusals.Where(refusal => refusal is not null), Is.All.EqualTo(new LimitRefusal(LimitLevel.Bot, 60, TimeSpan.FromSeconds(1))));
    }

    internal static int Admitted(GcraLimiter limiter, RateLimits limits, int calls, IntelScope? scope = null)
    {
        int admitted = 0;
        for (int i = 0; i < calls; i++)
        {
            admitted += limiter.TryAcquire(scope ?? Scope, limits) is null ? 1 : 0;
        }

        return admitted;
    }

    private sealed class NanoClock : TimeProvider
    {
        public long Nanoseconds { get; set; } = 123_456_789;

        public override long TimestampFrequency => 1_000_000_000;

        public override long GetTimestamp() => Nanoseconds;
    }
}
