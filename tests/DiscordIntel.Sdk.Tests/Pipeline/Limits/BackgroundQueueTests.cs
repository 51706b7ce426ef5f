using DiscordIntel.Pipeline.Limits;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Limits;

internal sealed class BackgroundQueueTests
{
    private static readonly RateLimits Sixty = new(60, null, null);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Test]
    public async Task EnterAsync_PermitFree_GoesAtOnceAndAllocatesNothing()
    {
        using var road = new QueueRoad();
        for (int i = 0; i < 30; i++)
        {
            Assert.That(await road.Enter("t"), Is.Null);
        }

        RateLimits many = new(1_000_000, 1_000_000, 1_000_000);
        IntelScope scope = QueueRoad.Scope("t", "u");
        await road.Queue.EnterAsync(scope, many, 100, Second, default);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ValueTask<LimitRefusal?> call = road.Queue.EnterAsync(scope, many, 100, Second, default);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That((call.IsCompletedSuccessfully, await call, bytes), Is.EqualTo((true, (LimitRefusal?)null, 0L)));
        road.ExpectEmpty();
    }

    [Test]
    public async Task EnterAsync_OneTenant_GoesInOrder()
    {
        using var road = new QueueRoad();
        road.Drain(Sixty);
        Task<LimitRefusal?>[] calls = [.. Enumerable.Range(0, 5).Select(_ => road.Enter("t"))];
        Assert.That(road.Queue.Waiting, Is.EqualTo((5, 1)));
        for (int i = 0; i < 5; i++)
        {
            road.Clock.Advance(Second);
            Assert.That(await Soon(calls[i]), Is.Null);
            Assert.That(road.Queue.Waiting.Calls, Is.EqualTo(4 - i), "one permit a second, and the next in the row has it");
        }

        road.ExpectEmpty();
    }

    /// <summary>No timer rings any more: without this they would wait until their own time is up.</summary>
    [Test]
    public async Task Dispose_CallsWait_AreRefusedAndNoneWaitsAnyMore()
    {
        using var road = new QueueRoad();
        road.Drain(Sixty);
        Task<LimitRefusal?>[] calls = [road.Enter("a"), road.Enter("b"), road.Enter("a")];

        road.Queue.Dispose();

        foreach (Task<LimitRefusal?> call in (Task<LimitRefusal?>[])[.. calls, road.Enter("c")])
        {
            Assert.That((await Soon(call))?.RetryAfter, Is.EqualTo(Second));
        }

        road.ExpectEmpty();
    }

    [Test]
    public async Task EnterAsync_SeveralTenantsAtTheBotsLimit_GoInTurns()
    {
        using var road = new QueueRoad();
        road.Drain(Sixty);
        List<string> order = [];
        Task[] calls = [.. new[] { "a1", "a2", "a3", "a4", "b1", "c1", "b2" }.Select(name => Note(name))];
        for (int i = 0; i < 7; i++)
        {
            road.Clock.Advance(Second);
            Assert.That(() => Count(), Is.EqualTo(i + 1).After(10_000, 5));
        }

        await Soon(Task.WhenAll(calls));
        Assert.That(order, Is.EqualTo(new[] { "a1", "b1", "c1", "a2", "b2", "a3", "a4" }));
        road.ExpectEmpty();

        async Task Note(string name)
        {
            await road.Enter(name[..1]);
            lock (order)
            {
                order.Add(name);
            }
        }

        int Count()
        {
            lock (order)
            {
                return order.Count;
            }
        }
    }

    [Test]
    public async Task EnterAsync_TenantAtItsLimit_HoldsUpNoOther()
    {
        using var road = new QueueRoad();
        RateLimits limits = new(null, 2, null);
        road.Drain(limits, "full");
        Task<LimitRefusal?> full = road.Enter("full", limits);
        Assert.That(await Soon(road.Enter("other", limits)), Is.Null);
        Assert.That(await Soon(road.Enter("other", limits)), Is.Null);
        Task<LimitRefusal?> other = road.Enter("other", limits);
        Assert.That(road.Queue.Waiting, Is.EqualTo((2, 2)));
        road.Clock.Advance(30 * Second);
        Assert.That((await Soon(full), await Soon(other)), Is.EqualTo(((LimitRefusal?)null, (LimitRefusal?)null)));
        road.ExpectEmpty();
    }

    [Test]
    public async Task EnterAsync_UserAtItsLimit_HoldsUpNoOtherUserOfTheTenant()
    {
        using var road = new QueueRoad();
        RateLimits limits = new(null, 60, 2);
        road.Drain(new(null, null, 2), "t", "full");
        Task<LimitRefusal?> full = road.Enter("t", limits, user: "full");
        Assert.That(await Soon(road.Enter("t", limits, user: "other")), Is.Null);
        Assert.That(road.Queue.Waiting, Is.EqualTo((1, 1)));
        road.Clock.Advance(30 * Second);
        Assert.That(await Soon(full), Is.Null);
    }

    [Test]
    public async Task EnterAsync_NewcomerAtAFreePermit_GoesBehindWhoWaits()
    {
        // A seventh of a minute is no whole number of milliseconds: for a moment there is a permit and the timer has not rung yet.
        using var road = new QueueRoad();
        RateLimits limits = new(7, null, null);
        road.Drain(limits);
        Task<LimitRefusal?> first = road.Enter("t", limits);
        road.Clock.Advance(TimeSpan.FromTicks(85_714_286));
        Assert.That(road.Queue.Waiting.Calls, Is.EqualTo(1));
        Task<LimitRefusal?> second = road.Enter("t", limits);
        Assert.That(await Soon(first), Is.Null);
        Assert.That(road.Queue.Waiting.Calls, Is.EqualTo(1));
        road.Clock.Advance(TimeSpan.FromTicks(85_720_000));
        Assert.That(await Soon(second), Is.Null);
    }

    [Test]
    public async Task EnterAsync_InteractiveCallsMeanwhile_FindNothingTakenAhead()
    {
        using var road = new QueueRoad();
        RateLimits limits = new(7, null, null);
        road.Drain(limits);
        Task<LimitRefusal?>[] waiting = [.. Enumerable.Range(0, 50).Select(_ => road.Enter("t", limits, remaining: TimeSpan.FromHours(1)))];
        Assert.That(road.Limiter.Check(QueueRoad.Scope("x", "y"), limits)?.RetryAfter.Ticks, Is.EqualTo(85_714_286), "as if nobody waited");
        road.Clock.Advance(TimeSpan.FromTicks(85_714_286));
        Assert.That(road.Limiter.TryAcquire(QueueRoad.Scope("x", "y"), limits), Is.Null);
        road.Clock.Advance(Second);
        Assert.That(road.Queue.Waiting.Calls, Is.EqualTo(50), "who waits found the permit gone and waits on");
        road.Clock.Advance(TimeSpan.FromMinutes(7));
        Assert.That(road.Queue.Waiting.Calls, Is.EqualTo(43), "a burst after a long sleep is the limit's");
        for (int i = 0; i < 43; i++)
        {
            road.Clock.Advance(TimeSpan.FromSeconds(8.572));
        }

        Assert.That(await Soon(Task.WhenAll(waiting)), Is.All.Null);
        road.ExpectEmpty();
    }

    [Test]
    public async Task EnterAsync_OneTooMany_IsRefusedAndSaysSo()
    {
        using var road = new QueueRoad();
        road.Drain(Sixty);
        Task<LimitRefusal?>[] waiting = [road.Enter("a", queueLimit: 3), road.Enter("b", queueLimit: 3), road.Enter("b", queueLimit: 3)];
        LimitRefusal? refused = await Soon(road.Enter("c", queueLimit: 3));
        Assert.That(refused, Is.EqualTo(new LimitRefusal(LimitLevel.Bot, 60, Second) { QueueIsFull = true }));
        Assert.That(road.Queue.Waiting, Is.EqualTo((3, 2)));
        Advance(road, 3);
        Assert.That(await Soon(Task.WhenAll(waiting)), Is.All.Null);
        road.ExpectEmpty();
    }

    [TestCase(999)]
    [TestCase(1000)]
    [TestCase(0)]
    [TestCase(-5)]
    public async Task EnterAsync_TooLittleTime_IsRefusedWithoutAWait(int milliseconds)
    {
        using var road = new QueueRoad();
        road.Drain(Sixty);
        LimitRefusal? refused = await Soon(road.Enter("t", remaining: TimeSpan.FromMilliseconds(milliseconds)));
        Assert.That(refused, Is.EqualTo(new LimitRefusal(LimitLevel.Bot, 60, Second)));
        road.ExpectEmpty();
    }

    [Test]
    public async Task EnterAsync_TimeRunsOutInTheQueue_IsRefusedWithTheExactTime()
    {
        using var road = new QueueRoad();
        road.Drain(Sixty);
        Task<LimitRefusal?> first = road.Enter("t");
        Task<LimitRefusal?> second = road.Enter("t", remaining: TimeSpan.FromSeconds(1.4));
        Task<LimitRefusal?> third = road.Enter("t");
        road.Clock.Advance(Second);
        Assert.That(await Soon(first), Is.Null);
        road.Clock.Advance(TimeSpan.FromSeconds(0.4));
        Assert.That(await Soon(second), Is.EqualTo(new LimitRefusal(LimitLevel.Bot, 60, TimeSpan.FromSeconds(0.6))));
        Assert.That(road.Queue.Waiting, Is.EqualTo((1, 1)));
        road.Clock.Advance(TimeSpan.FromSeconds(0.6));
        Assert.That(await Soon(third), Is.Null, "its place went to the next");
        road.ExpectEmpty();
    }

    [Test]
    public async Task EnterAsync_NoDeadline_WaitsUntilItMayGo()
    {
        using var road = new QueueRoad();
        road.Drain(Sixty);
        Task<LimitRefusal?> call = road.Enter("t", remaining: TimeSpan.MaxValue);
        road.Clock.Advance(Second);
        Assert.That(await Soon(call), Is.Null);
        road.ExpectEmpty();
    }

    [Test]
    public async Task EnterAsync_CallerCancels_ThrowsAndLeavesNothingBehind()
    {
        using var road = new QueueRoad();
        using var cancel = new CancellationTokenSource();
        road.Drain(Sixty);
        Task<LimitRefusal?> gone = road.Enter("t", cancellationToken: cancel.Token);
        Task<LimitRefusal?> next = road.Enter("t");
        await cancel.CancelAsync();
        Assert.That(async () => await Soon(gone), Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancel.Token));
        Assert.That(road.Queue.Waiting, Is.EqualTo((1, 1)));
        road.Clock.Advance(Second);
        Assert.That(await Soon(next), Is.Null, "who left took no permit along");
        Assert.That(() => road.Enter("t", cancellationToken: cancel.Token), Throws.InstanceOf<OperationCanceledException>());
        road.ExpectEmpty();
    }

    [Test]
    public async Task EnterAsync_CrowdThatWaitsLeavesAndCancels_EndsExactAndEmpty()
    {
        using var road = new QueueRoad();
        RateLimits limits = new(600, 120, 60);
        int admitted = 0, refused = 0, cancelled = 0;
        Task[] calls = [.. Enumerable.Range(0, 3000).Select(CallAsync)];
        Task all = Task.WhenAll(calls);
        long seconds = 0;
        for (; !all.IsCompleted && seconds < 600; seconds++)
        {
            road.Clock.Advance(Second);
            await Task.Delay(1);
        }

        await Soon(all);
        Assert.That(admitted + refused + cancelled, Is.EqualTo(3000));
        Assert.That(admitted, Is.GreaterThan(600).And.LessThanOrEqualTo(600 + (10 * seconds)));
        Assert.That(refused, Is.Positive);
        Assert.That(cancelled, Is.Positive);
        road.ExpectEmpty();

        async Task CallAsync(int i)
        {
            await Task.Yield();
            using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(5 + (i % 40)), road.Clock);
            try
            {
                var remaining = TimeSpan.FromSeconds(1 + (i % 61));
                LimitRefusal? refusal = await road.Enter($"{i % 20}", limits, $"{i % 3}", 2000, remaining, i % 4 == 0 ? cancel.Token : default);
                Interlocked.Increment(ref refusal is null ? ref admitted : ref refused);
            }
            catch (OperationCanceledException)
            {
                Interlocked.Increment(ref cancelled);
            }
        }
    }

    private static void Advance(QueueRoad road, int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            road.Clock.Advance(Second);
        }
    }

    // Real time, against a test that would hang for ever.
    private static Task<T> Soon<T>(Task<T> task) => task.WaitAsync(TimeSpan.FromSeconds(20));

    private static Task Soon(Task task) => task.WaitAsync(TimeSpan.FromSeconds(20));
}
