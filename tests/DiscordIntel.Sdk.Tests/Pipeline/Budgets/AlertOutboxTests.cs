using System.Threading.Channels;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Budgets;

internal sealed class AlertOutboxTests
{
    // Real time, against a test that would hang for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly AsyncLocal<string?> Caller = new();

    private RoadClock _clock = null!;
    private BaseLog _log = null!;

    [SetUp]
    public void Start() => (_clock, _log) = (new RoadClock(), new BaseLog());

    [TearDown]
    public void End() => _log.Dispose();

    [Test]
    public async Task Post_NoSink_IsLoggedWithoutTheUser()
    {
        await using AlertOutbox outbox = Outbox();
        outbox.Post([Alert(80, BudgetAccount.OfUser(IntelScope.Guild(1, 2, 987654321)))]);
        BaseLogLine line = _log.Lines.Single();
        Assert.That((line.Level, line.Id, line.Text), Is.EqualTo((LogLevel.Warning, 500, "Budget alert 80 %: a user of tenant 1 spent 8 of 10 USD in 2026-11")));
    }

    [Test]
    public async Task Post_Sinks_EachGetsAllInOrder()
    {
        Sink one = new();
        Sink other = new();
        await using AlertOutbox outbox = Outbox(one, other);
        BudgetAlert[] alerts = [Alert(50), Alert(80), Alert(100)];
        outbox.Post(alerts[..2]);
        outbox.Post([]);
        outbox.Post(alerts[2..]);
        Assert.That((await one.TakeAsync(3), await other.TakeAsync(3)), Is.EqualTo((alerts, alerts)));
    }

    [Test]
    public async Task Post_SinkThatThrowsAtFirst_IsToldAgainLaterAndLater([Values] bool asynchronously)
    {
        int calls = 0;
        Sink sink = new((_, _) =>
        {
            var fault = new InvalidOperationException("not now");
            return ++calls == AlertOutbox.Tries ? ValueTask.CompletedTask : asynchronously ? ValueTask.FromException(fault) : throw fault;
        });
        await using AlertOutbox outbox = Outbox(sink);
        outbox.Post([Alert(50)]);
        List<TimeSpan> waits = await _clock.RunAsync(sink.TakeAsync(1));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(waits, Is.EqualTo(new[] { 1, 2, 4, 8 }.Select(seconds => TimeSpan.FromSeconds(seconds))));
            Assert.That(calls, Is.EqualTo(AlertOutbox.Tries));
            Assert.That(_log.Lines.Select(line => line.Id), Is.EqualTo(new[] { 500 }));
        }
    }

    [Test]
    public async Task Post_SinkThatNeverTakesIt_IsGivenUpWithAnErrorAndToldTheNext()
    {
        int calls = 0;
        Sink sink = new((alert, _) =>
        {
            calls += alert.Percent is 50 ? 1 : 0;
            return alert.Percent is 50 ? throw new InvalidOperationException("never") : ValueTask.CompletedTask;
        });
        await using AlertOutbox outbox = Outbox(sink);
        outbox.Post([Alert(50), Alert(80)]);
        Task<BudgetAlert[]> next = sink.TakeAsync(1);
        await _clock.RunAsync(next);
        BaseLogLine error = _log.Lines.Single(line => line.Level is LogLevel.Error);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await next).Percents(), Is.EqualTo(new[] { 80 }));
            Assert.That((calls, error.Id, error.Text), Is.EqualTo((AlertOutbox.Tries, 501, "Sink did not take the budget alert of 50 % for tenant 1 in 2026-11; it is not told again")));
            Assert.That(error.Exception, Is.InstanceOf<InvalidOperationException>());
        }
    }

    [Test]
    public async Task Post_SinkThatHangs_IsToldAgainAfterTheTimeOfATry()
    {
        int calls = 0;
        Sink sink = new((_, _) => ++calls == 1 ? new ValueTask(new TaskCompletionSource().Task) : ValueTask.CompletedTask);
        await using AlertOutbox outbox = Outbox(sink);
        outbox.Post([Alert(50)]);
        Assert.That(await _clock.RunAsync(sink.TakeAsync(1)), Is.EqualTo(new[] { AlertOutbox.TryTime, AlertOutbox.FirstWait }));
    }

    [Test]
    public async Task Post_SinkThatBlocks_HoldsUpNeitherTheCallerNorAnotherSink()
    {
        using var release = new ManualResetEventSlim();
        Sink slow = new((_, _) =>
        {
            release.Wait(Patience, CancellationToken.None);
            return ValueTask.CompletedTask;
        });
        Sink quick = new();
        await using AlertOutbox outbox = Outbox(slow, quick);
        outbox.Post([Alert(50), Alert(80)]);
        Assert.That((await quick.TakeAsync(2)).Percents(), Is.EqualTo(new[] { 50, 80 }));
        Assert.That(slow.Taken, Is.Zero);
        release.Set();
        Assert.That((await slow.TakeAsync(2)).Percents(), Is.EqualTo(new[] { 50, 80 }));
    }

    [Test]
    public async Task Post_CallersContext_DoesNotReachTheSink()
    {
        List<string?> seen = [];
        Sink sink = new((_, _) =>
        {
            seen.Add(Caller.Value);
            return ValueTask.CompletedTask;
        });
        Caller.Value = "the call that made the outbox";
        await using AlertOutbox outbox = Outbox(sink);
        Caller.Value = "the call that raised the alert";
        outbox.Post([Alert(50)]);
        await sink.TakeAsync(1);
        Assert.That(seen, Is.EqualTo(new string?[] { null }));
    }

    [Test]
    public async Task DisposeAsync_AlertsUnderWay_AreDelivered()
    {
        var answer = new TaskCompletionSource();
        Sink sink = new((_, _) => new ValueTask(answer.Task));
        AlertOutbox outbox = Outbox(sink);
        outbox.Post([Alert(50), Alert(80)]);
        ValueTask disposed = outbox.DisposeAsync();
        Assert.That(disposed.IsCompleted, Is.False);
        answer.SetResult();
        await disposed.AsTask().WaitAsync(Patience);
        Assert.That((sink.Taken, _log.Lines.Count(line => line.Level is LogLevel.Error)), Is.EqualTo((2, 0)));
    }

    [Test]
    public async Task DisposeAsync_SinkThatHangs_EndsInTimeAndTellsWhatIsLost([Values] bool hearsTheToken)
    {
        Sink sink = new((_, token) => new ValueTask(Task.Delay(Timeout.Infinite, hearsTheToken ? token : CancellationToken.None)));
        AlertOutbox outbox = Outbox(sink);
        outbox.Post([Alert(50), Alert(80)]);
        Task disposed = outbox.DisposeAsync().AsTask();
        _clock.Advance(AlertOutbox.FlushTime);
        await disposed.WaitAsync(Patience);
        Assert.That(_log.Lines.Where(line => line.Id is 501).Select(line => line.Text).ToArray(), Has.Length.EqualTo(2).And.Some.Contains("50 %").And.Some.Contains("80 %"));
    }

    [Test]
    public async Task DisposeAsync_SinkThatBlocksItsThread_EndsInTime()
    {
        using var entered = new SemaphoreSlim(0);
        using var release = new ManualResetEventSlim();
        Sink sink = new((_, _) =>
        {
            entered.Release();
            release.Wait(Patience, CancellationToken.None);
            return ValueTask.CompletedTask;
        });
        AlertOutbox outbox = Outbox(sink);
        outbox.Post([Alert(50)]);
        Assert.That(await entered.WaitAsync(Patience), Is.True);
        Task disposed = outbox.DisposeAsync().AsTask();
        _clock.Advance(AlertOutbox.FlushTime);
        Assert.That(disposed.IsCompleted, Is.False);
        _clock.Advance(AlertOutbox.Grace);
        await disposed.WaitAsync(Patience);
        release.Set();
    }

    [Test]
    public async Task Dispose_ThenPost_IsLoggedAndLost()
    {
        Sink sink = new();
        AlertOutbox outbox = Outbox(sink);
        outbox.Post([Alert(50)]);
        outbox.Dispose();
        Assert.That((await sink.TakeAsync(1)).Percents(), Is.EqualTo(new[] { 50 }), "what was under way still arrives");
        outbox.Post([Alert(80)]);
        Assert.That(_log.Lines.Select(line => line.Id), Is.EqualTo(new[] { 500, 500, 501 }));
        await outbox.DisposeAsync();
    }

    private AlertOutbox Outbox(params IBudgetAlertSink[] sinks)
    {
        using var loggers = new LoggerFactory([_log]);
        return new AlertOutbox(sinks, _clock, loggers.CreateLogger<AlertOutbox>());
    }

    private static BudgetAlert Alert(int percent, BudgetAccount? account = null) =>
        new() { Account = account ?? Charge.Tenant, Month = BudgetMonth.Of(RoadHost.Start), Percent = percent, Spent = percent / 10, Limit = 10 };

    /// <summary>Keeps the alerts that it took.</summary>
    private sealed class Sink(Func<BudgetAlert, CancellationToken, ValueTask>? act = null) : IBudgetAlertSink
    {
        private readonly Channel<BudgetAlert> _taken = Channel.CreateUnbounded<BudgetAlert>();

        public int Taken => _taken.Reader.Count;

        public async ValueTask AlertAsync(BudgetAlert alert, CancellationToken cancellationToken)
        {
            await (act?.Invoke(alert, cancellationToken) ?? ValueTask.CompletedTask);
            _taken.Writer.TryWrite(alert);
        }

        public async Task<BudgetAlert[]> TakeAsync(int count)
        {
            var taken = new BudgetAlert[count];
            for (int i = 0; i < count; i++)
            {
                taken[i] = await _taken.Reader.ReadAsync().AsTask().WaitAsync(Patience);
            }

            return taken;
        }
    }
}
