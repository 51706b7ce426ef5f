using System.Collections.Concurrent;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Budgets;

/// <summary>Many callers at once, and a budget for few of them.</summary>
internal sealed class LedgerConcurrencyTests
{
    private const int Callers = 1_000;
    private const int Paid = 100;
    private const long Amount = 1_234_567;
    private const long Limit = Paid * Amount;

    private static readonly CancellationToken None = CancellationToken.None;

    [Test]
    public Task ReserveAsync_ThousandCallersBudgetForATenth_AdmitsExactlyTheTenth() => RoundsAsync(5);

    [Test]
    [Explicit("Long")]
    [Category("Campaign")]
    public Task ReserveAsync_HundredRounds_AdmitExactlyTheTenthEachTime() => RoundsAsync(100);

    [Test]
    public async Task CheckThenRecord_ThousandCallersBudgetForATenth_OvershootsTenfold()
    {
        var naive = new NaiveLedger();
        var answers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int asked = 0;
        bool[] sent = await TogetherAsync(Callers, async _ =>
        {
            bool may = naive.HasRoom(Amount, Limit);

            // The provider answers when all have asked: with calls of some seconds, the usual case.
            if (Interlocked.Increment(ref asked) == Callers)
            {
                answers.SetResult();
            }

            await answers.Task;
            if (may)
            {
                naive.Record(Amount);
            }

            return may;
        });
        await TestContext.Out.WriteLineAsync($"check then record: {sent.Count(may => may)} of {Callers} admitted with a budget for {Paid}, spent {(double)naive.Spent / Limit:0.0} times the limit");
        Assert.That((sent.Count(may => may), naive.Spent), Is.EqualTo((Callers, 10 * Limit)));
    }

    [Test]
    public async Task Alerts_TwoThousandCallersLimitForAThousand_ComeOnceEach()
    {
        var clock = new FakeTimeProvider(RoadHost.Start);
        var ledger = new MemoryBudgetLedger(clock);
        var told = new ConcurrentQueue<BudgetAlert>();
        await TogetherAsync(2_000, async _ =>
        {
            BudgetReservation reservation = Charge.Of(clock.GetUtcNow(), Amount, 1_000 * Amount);
            BudgetDecision decision = await ledger.ReserveAsync(reservation, None);
            Tell(decision.Alerts);
            await Task.Yield();
            if (decision.IsReserved)
            {
                Tell(await ledger.SettleAsync(reservation.Id, Amount, None));
            }

            return decision.IsReserved;
        });
        Assert.That(told.Percents().Order(), Is.EqualTo(new[] { 50, 80, 100 }));

        void Tell(IReadOnlyList<BudgetAlert> alerts)
        {
            foreach (BudgetAlert alert in alerts)
            {
                told.Enqueue(alert);
            }
        }
    }

    /// <summary>Callers that never pause meet inside of the ledger all the time; those that wait for a provider seldom do.</summary>
    [Test]
    public async Task ReserveAndSettle_CallersWithoutPause_LoseAndDoubleNothing()
    {
        const int callers = 4;
        const int times = 50_000;

        // A fake clock would make them wait for one another.
        var ledger = new MemoryBudgetLedger(TimeProvider.System);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        var month = BudgetMonth.Of(now);

        // The tenant has room for two at a time, the bot for all.
        BudgetLine[] lines = [new(BudgetAccount.Bot, null), new(Charge.Tenant, 6)];
        int held = 0;
        await TogetherAsync(callers, async _ =>
        {
            // The ledger in memory never suspends: this is one run without a break.
            for (int i = 0; i < times; i++)
            {
                BudgetReservation reservation = Charge.Of(now, 3, lines);
                if ((await ledger.ReserveAsync(reservation, None)).IsReserved)
                {
                    Interlocked.Increment(ref held);
                    BudgetBalance balance = await ledger.ReadAsync(Charge.Tenant, month, None);
                    Assert.That(balance.SpentNanoUsd + balance.ReservedNanoUsd, Is.InRange(3, 6));
                    await ledger.SettleAsync(reservation.Id, 0, None);
                }

                BudgetReservation counted = Charge.Of(now, 3, lines[0]);
                await ledger.ReserveAsync(counted, None);
                await ledger.SettleAsync(counted.Id, 2, None);
            }

            return true;
        });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(held, Is.GreaterThan(times));
            Assert.That((await ledger.ReadAsync(Charge.Tenant, month, None)).Plain(), Is.EqualTo((0, 0, 0, 0)));
            Assert.That((await ledger.ReadAsync(BudgetAccount.Bot, month, None)).Plain(), Is.EqualTo((2L * callers * times, 0, 0, 0)));
        }
    }

    private static async Task RoundsAsync(int rounds)
    {
        int run = 0;
        for (; run < rounds; run++)
        {
            await RoundAsync();
        }

        await TestContext.Out.WriteLineAsync($"{run} rounds of {Callers} callers: {Paid} admitted each time");
        Assert.That(run, Is.EqualTo(rounds));
    }

    private static async Task RoundAsync()
    {
        var clock = new FakeTimeProvider(RoadHost.Start);
        var ledger = new MemoryBudgetLedger(clock);
        var month = BudgetMonth.Of(clock.GetUtcNow());
        BudgetLine[] lines = [new(BudgetAccount.Bot, 5 * Limit), new(Charge.Tenant, Limit), new(BudgetAccount.OfFeature("Text"), null)];
        var peaks = new ConcurrentBag<long>();
        bool[] held = await TogetherAsync(Callers, async _ =>
        {
            BudgetReservation reservation = Charge.Of(clock.GetUtcNow(), Amount, lines);
            BudgetDecision decision = await ledger.ReserveAsync(reservation, None);
            await LookAsync();
            await Task.Yield();
            if (decision.IsReserved)
            {
                // Twice: the second must do nothing.
                await Task.WhenAll(
                    ledger.SettleAsync(reservation.Id, Amount, None).AsTask(),
                    Task.Run(() => ledger.SettleAsync(reservation.Id, Amount, None).AsTask()));
                await LookAsync();
            }

            return decision.IsReserved;
        });
        using (Assert.EnterMultipleScope())
        {
            Assert.That((held.Count(admitted => admitted), peaks.Max()), Is.EqualTo((Paid, Limit)));
            foreach (BudgetLine line in lines)
            {
                Assert.That((await ledger.ReadAsync(line.Account, month, None)).Plain(), Is.EqualTo((Limit, 0, 0, 0)));
            }
        }

        async Task LookAsync()
        {
            BudgetBalance balance = await ledger.ReadAsync(Charge.Tenant, month, None);
            peaks.Add(balance.SpentNanoUsd + balance.ReservedNanoUsd);
        }
    }

    /// <summary>Lets all callers go at the same moment.</summary>
    private static async Task<bool[]> TogetherAsync(int callers, Func<int, Task<bool>> call)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<bool>[] calls = [.. Enumerable.Range(0, callers).Select(async caller =>
        {
            await gate.Task;
            await Task.Yield();
            return await call(caller);
        })];
        gate.SetResult();
        return await Task.WhenAll(calls);
    }

    /// <summary>What most bots do: look whether there is money left, call, write down what it cost.</summary>
    private sealed class NaiveLedger
    {
        private long _spent;

        public long Spent => Interlocked.Read(ref _spent);

        public bool HasRoom(long amount, long limit) => Spent + amount <= limit;

        public void Record(long amount) => Interlocked.Add(ref _spent, amount);
    }
}
