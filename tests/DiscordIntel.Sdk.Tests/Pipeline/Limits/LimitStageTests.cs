using DiscordIntel.Pipeline.Limits;
using DiscordIntel.Pipeline.Telemetry;
using DiscordIntel.Results;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Limits;

internal sealed class LimitStageTests
{
    private static readonly IntelScope Scope = new("secret-tenant", "w", "secret-user");

    [TestCase(2, null, null, "The bot's limit of 2 requests a minute is reached (DiscordIntel:Limits:RequestsPerMinute).")]
    [TestCase(9, 2, null, "The tenant's limit of 2 requests a minute is reached (DiscordIntel:Limits:TenantRequestsPerMinute, or the tenant's policy).")]
    [TestCase(9, 9, 2, "The user's limit of 2 requests a minute is reached (DiscordIntel:Limits:UserRequestsPerMinute, or the tenant's policy).")]
    public async Task TakeAsync_AtALimit_NamesItAndItsSettingAndWhenToComeBack(int? bot, int? tenant, int? user, string message)
    {
        using var road = new Road();
        RateLimits limits = new(bot, tenant, user);
        Assert.That((await road.Take(limits), await road.Take(limits)), Is.EqualTo(((StepError?)null, (StepError?)null)));

        StepError error = (await road.Take(limits))!;
        Assert.That(
            (error.Kind, error.IsRetryable, error.RetryAfter, error.Message),
            Is.EqualTo((StepErrorKind.RateLimited, true, (TimeSpan?)TimeSpan.FromSeconds(30), message)));

        road.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.That(await road.Take(limits), Is.Null);
    }

    [Test]
    public async Task TakeAsync_MayWait_WaitsInsteadOfARefusal()
    {
        using var road = new Road();
        await road.Take(new(1, null, null));
        Task<StepError?> call = road.Take(new(1, null, null), mayWait: true).AsTask();
        Assert.That(road.Queue.Waiting.Calls, Is.EqualTo(1));
        road.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await call.WaitAsync(TimeSpan.FromSeconds(10)), Is.Null);
    }

    [TestCase(false, 100)]
    [TestCase(true, 0)]
    public async Task TakeAsync_MayNotWait_IsRefusedAtOnce(bool mayWait, int queueLimit)
    {
        using var road = new Road();
        await road.Take(new(1, null, null));
        StepError? error = await road.Take(new(1, null, null), mayWait, queueLimit);
        Assert.That(error?.Message, Does.EndWith("RequestsPerMinute)."), "no word of a queue");
        Assert.That(road.Queue.Waiting.Calls, Is.Zero);
    }

    [Test]
    public async Task TakeAsync_QueueIsFull_SaysSo()
    {
        using var road = new Road();
        await road.Take(new(1, null, null));
        _ = road.Take(new(1, null, null), mayWait: true, queueLimit: 1).AsTask();
        StepError? error = await road.Take(new(1, null, null), mayWait: true, queueLimit: 1);
        Assert.That(error?.Message, Does.EndWith(" 1 background calls wait already (DiscordIntel:Limits:BackgroundQueueLimit)."));
        Assert.That(error?.RetryAfter, Is.EqualTo(TimeSpan.FromMinutes(1)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void TakeAsync_Admitted_AllocatesNothing(bool mayWait)
    {
        using var road = new Road();
        RateLimits limits = new(1_000_000, 1_000_000, 1_000_000);
        Assert.That(Admitted(1000), Is.EqualTo(1000));
        long before = GC.GetAllocatedBytesForCurrentThread();
        int admitted = Admitted(50_000);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        TestContext.Out.WriteLine($"{bytes} B for {admitted} admitted calls");
        Assert.That((admitted, bytes), Is.EqualTo((50_000, 0L)));

        int Admitted(int calls)
        {
            int count = 0;
            for (int i = 0; i < calls; i++)
            {
                ValueTask<StepError?> call = road.Take(limits, mayWait);
                count += call.IsCompletedSuccessfully && call.GetAwaiter().GetResult() is null ? 1 : 0;
            }

            return count;
        }
    }

    private sealed class Road : IDisposable
    {
        private readonly IntelTelemetry _telemetry = new();
        private readonly LimitStage _stage;

        public Road()
        {
            var limiter = new GcraLimiter(Clock);
            Queue = new BackgroundQueue(limiter, Clock);
            _stage = new LimitStage(limiter, Queue, _telemetry);
        }

        public LimitClock Clock { get; } = new();

        public BackgroundQueue Queue { get; }

        public ValueTask<StepError?> Take(RateLimits limits, bool mayWait = false, int queueLimit = 100) =>
            _stage.TakeAsync(Scope, limits, queueLimit, mayWait, TimeSpan.FromMinutes(10), CancellationToken.None);

        public void Dispose()
        {
            Queue.Dispose();
            _telemetry.Dispose();
        }
    }
}
