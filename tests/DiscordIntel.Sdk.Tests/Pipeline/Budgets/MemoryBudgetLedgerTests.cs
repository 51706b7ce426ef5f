using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Budgets;

internal sealed class MemoryBudgetLedgerTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private FakeTimeProvider _clock = null!;
    private MemoryBudgetLedger _ledger = null!;

    private BudgetMonth Month => BudgetMonth.Of(_clock.GetUtcNow());

    [SetUp]
    public void Start()
    {
        _clock = new FakeTimeProvider(RoadHost.Start);
        _ledger = new MemoryBudgetLedger(_clock);
    }

    [Test]
    public async Task ReserveAsync_RoomForExactlyTheAmount_IsHeldAndOneMoreIsRefused()
    {
        BudgetDecision first = await ReserveAsync(7, 10);
        BudgetDecision rest = await ReserveAsync(3, 10);
        BudgetDecision more = await ReserveAsync(1, 10);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Is.SameAs(BudgetDecision.Reserved));
            Assert.That(rest.IsReserved, Is.True);
            Assert.That((more.IsReserved, more.RefusedBy, more.SpentNanoUsd, more.ReservedNanoUsd), Is.EqualTo((false, new BudgetLine(Charge.Tenant, 10), 0, 10)));
            Assert.That((await BalanceAsync()).Plain(), Is.EqualTo((0, 10, 0, 0)));
        }
    }

    /// <summary>A model that costs nothing is not held back by what others have overspent.</summary>
    [Test]
    public async Task ReserveAsync_NothingOnAnOverspentAccount_IsHeldWithoutAnAlert()
    {
        BudgetReservation dear = Reservation(10, 10);
        await _ledger.ReserveAsync(dear, None);
        await _ledger.SettleAsync(dear.Id, 15, None);

        BudgetDecision nothing = await ReserveAsync(0, 10);
        BudgetDecision something = await ReserveAsync(1, 10);

        Assert.That((nothing.IsReserved, nothing.Alerts.Count, something.IsReserved), Is.EqualTo((true, 0, false)));
    }

    [Test]
    public async Task ReserveAsync_OneAccountWithoutRoom_HoldsOnNone()
    {
        BudgetLine bot = new(BudgetAccount.Bot, 100);
        BudgetLine tenant = new(Charge.Tenant, 5);
        BudgetLine feature = new(BudgetAccount.OfFeature("Text"), 4);
        BudgetDecision refused = await _ledger.ReserveAsync(Charge.Of(_clock.GetUtcNow(), 6, bot, tenant, feature), None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.RefusedBy, Is.EqualTo(tenant), "the first of the two");
            Assert.That(refused.Alerts.Select(alert => (alert.Account, alert.Percent)), Is.EquivalentTo(new[] { (tenant.Account, 100), (feature.Account, 100) }));
            foreach (BudgetLine line in new[] { bot, tenant, feature })
            {
                Assert.That((await _ledger.ReadAsync(line.Account, Month, None)).Plain(), Is.EqualTo((0, 0, 0, 0)));
            }
        }
    }

    [Test]
    public async Task ReserveAsync_KnownId_GivesTheFirstAnswerAndHoldsNothingMore()
    {
        BudgetReservation reservation = Reservation(4, 10);
        BudgetDecision first = await _ledger.ReserveAsync(reservation, None);
        BudgetDecision open = await _ledger.ReserveAsync(reservation, None);
        await _ledger.SettleAsync(reservation.Id, 4, None);
        BudgetDecision settled = await _ledger.ReserveAsync(reservation, None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((open, settled), Is.EqualTo((first, first)));
            Assert.That((await BalanceAsync()).Plain(), Is.EqualTo((4, 0, 0, 0)));
        }
    }

    [Test]
    public async Task ReserveAsync_IdOfBeforeItsTimeToLive_IsNewAgain()
    {
        BudgetReservation reservation = Reservation(4, 10);
        await _ledger.ReserveAsync(reservation, None);
        await _ledger.SettleAsync(reservation.Id, 4, None);
        _clock.Advance(Charge.Life);
        await _ledger.ReserveAsync(reservation, None);
        Assert.That((await BalanceAsync()).Plain(), Is.EqualTo((4, 4, 0, 0)));
    }

    [Test]
    public async Task ReserveAsync_RefusedId_IsTriedAnew()
    {
        BudgetReservation other = Reservation(10, 10);
        BudgetReservation reservation = Reservation(4, 10);
        await _ledger.ReserveAsync(other, None);
        BudgetDecision refused = await _ledger.ReserveAsync(reservation, None);
        await _ledger.ReleaseAsync(other.Id, None);
        Assert.That((refused.IsReserved, (await _ledger.ReserveAsync(reservation, None)).IsReserved), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task ReserveAsync_NoLimit_CountsUpToTheLargestAmountAndStaysExact()
    {
        bool[] held = [(await ReserveAsync(BudgetLine.MaxNanoUsd - 1, null)).IsReserved, (await ReserveAsync(1, null)).IsReserved];
        BudgetDecision above = await ReserveAsync(1, null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(held, Is.All.True);
            Assert.That((above.RefusedBy, above.Alerts.Count), Is.EqualTo((new BudgetLine(Charge.Tenant, null), 0)));
            Assert.That((await BalanceAsync()).Plain(), Is.EqualTo((0, BudgetLine.MaxNanoUsd, 0, 0)));
        }
    }

    [Test]
    public async Task ReserveAsync_CancelledToken_HoldsNothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        Assert.That(async () => await _ledger.ReserveAsync(Reservation(4, 10), cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That((await BalanceAsync()).Plain(), Is.EqualTo((0, 0, 0, 0)));
    }

    [Test]
    public async Task SettleAsync_CancelledToken_BooksAllTheSame()
    {
        BudgetReservation reservation = Reservation(4, 10);
        await _ledger.ReserveAsync(reservation, None);
        await _ledger.SettleAsync(reservation.Id, 3, new CancellationToken(canceled: true));
        Assert.That((await BalanceAsync()).Plain(), Is.EqualTo((3, 0, 0, 0)));
    }

    [Test]
    public async Task SettleAsync_CostAboveTheReservation_IsCountedInFull()
    {
        BudgetReservation reservation = Reservation(4, 10);
        await _ledger.ReserveAsync(reservation, None);
        await _ledger.SettleAsync(reservation.Id, 25, None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await BalanceAsync()).Plain(), Is.EqualTo((25, 0, 0, 21)));
            Assert.That((await ReserveAsync(1, 10)).IsReserved, Is.False);
        }
    }

    [Test]
    public async Task SettleAsync_AbsurdCostsWithoutEnd_NeverWrapAround()
    {
        for (int i = 0; i < 2000; i++)
        {
            BudgetReservation reservation = Reservation(1, null);
            Assert.That((await _ledger.ReserveAsync(reservation, None)).IsReserved, Is.EqualTo(i < 1), "no room above the largest amount");
            await _ledger.SettleAsync(reservation.Id, BudgetLine.MaxNanoUsd, None);
        }

        Assert.That((await BalanceAsync()).Plain(), Is.EqualTo((BudgetLine.MaxNanoUsd, 0, 0, BudgetLine.MaxNanoUsd - 1)));

        // All held before the first is settled.
        BudgetReservation[] open = [.. Enumerable.Range(0, 2000).Select(_ => Charge.Of(_clock.GetUtcNow(), 0, new BudgetLine(BudgetAccount.Bot, null)))];
        foreach (BudgetReservation reservation in open)
        {
            await _ledger.ReserveAsync(reservation, None);
        }

        foreach (BudgetReservation reservation in open)
        {
            await _ledger.SettleAsync(reservation.Id, BudgetLine.MaxNanoUsd, None);
        }

        BudgetBalance balance = await _ledger.ReadAsync(BudgetAccount.Bot, Month, None);
        Assert.That((balance.SpentNanoUsd, balance.OverrunNanoUsd), Is.EqualTo((long.MaxValue / 2, long.MaxValue / 2)));
    }

    [Test]
    public async Task ForfeitExpiredAsync_TimeToLiveOver_CountsTheAmountAsSpent()
    {
        await ReserveAsync(4, 10);
        _clock.Advance(Charge.Life - TimeSpan.FromTicks(1));
        await _ledger.ForfeitExpiredAsync(None);
        BudgetBalance before = await BalanceAsync();
        _clock.Advance(TimeSpan.FromTicks(1));
        await _ledger.ForfeitExpiredAsync(None);
        Assert.That((before.Plain(), (await BalanceAsync()).Plain()), Is.EqualTo(((0, 4, 0, 0), (4, 0, 4, 0))));
    }

    [TestCase(1, 1, 0)]
    [TestCase(4, 4, 0)]
    [TestCase(9, 9, 5)]
    [TestCase(null, 0, 0)]
    public async Task SettleOrRelease_AfterTheForfeit_Corrects(long? actual, long spent, long overrun)
    {
        BudgetReservation reservation = Reservation(4, 10);
        await _ledger.ReserveAsync(reservation, None);
        _clock.Advance(Charge.Life);
        await _ledger.ForfeitExpiredAsync(None);
        _clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        await EndAsync(reservation.Id, actual);
        await EndAsync(reservation.Id, 3);
        Assert.That((await BalanceAsync()).Plain(), Is.EqualTo((spent, 0, 0, overrun)));
    }

    [Test]
    public async Task SettleAsync_ADayAfterTheForfeit_IsPassedOver()
    {
        BudgetReservation reservation = Reservation(4, 10);
        await _ledger.ReserveAsync(reservation, None);
        _clock.Advance(Charge.Life);
        await _ledger.ForfeitExpiredAsync(None);
        _clock.Advance(TimeSpan.FromHours(24));
        await _ledger.ForfeitExpiredAsync(None);
        await _ledger.SettleAsync(reservation.Id, 1, None);
        Assert.That((await BalanceAsync()).Plain(), Is.EqualTo((4, 0, 4, 0)));
    }

    [Test]
    public async Task SettleAsync_ExpiredButNotSweptYet_IsNoForfeit()
    {
        BudgetReservation reservation = Reservation(4, 10);
        await _ledger.ReserveAsync(reservation, None);
        _clock.Advance(Charge.Life * 2);
        await _ledger.SettleAsync(reservation.Id, 1, None);
        Assert.That((await BalanceAsync()).Plain(), Is.EqualTo((1, 0, 0, 0)));
    }

    [Test]
    public async Task EndAsync_IdNeverSeen_ChangesNothing()
    {
        await ReserveAsync(4, 10);
        await _ledger.ReleaseAsync(Guid.NewGuid(), None);
        IReadOnlyList<BudgetAlert> alerts = await _ledger.SettleAsync(Guid.NewGuid(), 4, None);
        Assert.That((alerts.Count, (await BalanceAsync()).Plain()), Is.EqualTo((0, (0, 4, 0, 0))));
    }

    [Test]
    public void Misuse_Arguments_Throw()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(async () => await _ledger.ReserveAsync(null!, None), Throws.ArgumentNullException);
            Assert.That(async () => await _ledger.SettleAsync(Guid.NewGuid(), -1, None), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(async () => await _ledger.SettleAsync(Guid.NewGuid(), BudgetLine.MaxNanoUsd + 1, None), Throws.InstanceOf<ArgumentOutOfRangeException>());
        }
    }

    [Test]
    public async Task EndAsync_AfterTheMonthsEnd_ChargesTheMonthOfTheReservation([Values("settle", "forfeit", "late settle", "late release")] string end)
    {
        _clock.SetUtcNow(new DateTimeOffset(2026, 11, 30, 23, 59, 50, TimeSpan.Zero));
        BudgetMonth november = Month;
        BudgetReservation reservation = Reservation(6, 10);
        await _ledger.ReserveAsync(reservation, None);
        _clock.Advance(Charge.Life);
        if (end is not "settle")
        {
            await _ledger.ForfeitExpiredAsync(None);
        }

        IReadOnlyList<BudgetAlert> alerts = [];
        if (end is "settle" or "late settle")
        {
            alerts = await _ledger.SettleAsync(reservation.Id, 5, None);
        }
        else if (end is "late release")
        {
            await _ledger.ReleaseAsync(reservation.Id, None);
        }

        BudgetMonth december = Month;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((november.ToString(), december.ToString()), Is.EqualTo(("2026-11", "2026-12")));
            Assert.That((await _ledger.ReadAsync(Charge.Tenant, november, None)).Plain(), Is.EqualTo(end switch
            {
                "forfeit" => (6, 0, 6, 0),
                "late release" => (0, 0, 0, 0),
                _ => (5, 0, 0, 0),
            }));
            Assert.That((await _ledger.ReadAsync(Charge.Tenant, december, None)).Plain(), Is.EqualTo((0, 0, 0, 0)));
            Assert.That(alerts.Select(alert => alert.Month), Is.All.EqualTo(november));
            Assert.That((await ReserveAsync(10, 10)).IsReserved, Is.True, "December starts afresh");
        }
    }

    [Test]
    public async Task ReadAsync_MonthsBeyondTwelve_AreForgotten()
    {
        BudgetMonth first = Month;
        BudgetReservation reservation = Reservation(4, 10);
        await _ledger.ReserveAsync(reservation, None);
        await _ledger.SettleAsync(reservation.Id, 4, None);
        _clock.SetUtcNow(new DateTimeOffset(2027, 11, 30, 23, 0, 0, TimeSpan.Zero));
        BudgetBalance kept = await _ledger.ReadAsync(Charge.Tenant, first, None);
        _clock.Advance(TimeSpan.FromDays(1));
        BudgetBalance gone = await _ledger.ReadAsync(Charge.Tenant, first, None);
        Assert.That((kept.SpentNanoUsd, gone.SpentNanoUsd), Is.EqualTo((4, 0)));
    }

    [Test]
    public async Task ReserveAsync_ThousandsExpiredAtOnce_RefuseNobody()
    {
        for (int i = 0; i < 5000; i++)
        {
            await ReserveAsync(1, 10_000);
        }

        _clock.Advance(Charge.Life);
        BudgetDecision held = await ReserveAsync(5000, 10_000);
        Assert.That((held.IsReserved, (await BalanceAsync()).Plain()), Is.EqualTo((true, (5000, 5000, 5000, 0))));
    }

    private BudgetReservation Reservation(long amount, long? limit) => Charge.Of(_clock.GetUtcNow(), amount, limit);

    private ValueTask<BudgetDecision> ReserveAsync(long amount, long? limit) => _ledger.ReserveAsync(Reservation(amount, limit), None);

    private ValueTask<BudgetBalance> BalanceAsync() => _ledger.ReadAsync(Charge.Tenant, Month, None);

    private async Task EndAsync(Guid id, long? actual)
    {
        if (actual is { } cost)
        {
            await _ledger.SettleAsync(id, cost, None);
        }
        else
        {
            await _ledger.ReleaseAsync(id, None);
        }
    }
}
