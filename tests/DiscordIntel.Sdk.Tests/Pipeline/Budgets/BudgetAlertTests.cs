using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Budgets;

/// <summary>When the memory ledger gives which alert.</summary>
internal sealed class BudgetAlertTests
{
    private const long Dollar = 1_000_000_000;
    private static readonly CancellationToken None = CancellationToken.None;

    private FakeTimeProvider _clock = null!;
    private MemoryBudgetLedger _ledger = null!;

    [SetUp]
    public void Start()
    {
        _clock = new FakeTimeProvider(RoadHost.Start);
        _ledger = new MemoryBudgetLedger(_clock);
    }

    [Test]
    public async Task SettleAsync_SpentReachesAShare_AlertsOnceExactlyThere()
    {
        List<(long Spent, int Percent)> told = [];
        for (long spent = 1; spent <= 15; spent++)
        {
            told.AddRange((await SpendAsync(1, 15)).Percents().Select(percent => (spent, percent)));
        }

        // 7.5 is reached by 8.
        Assert.That(told, Is.EqualTo(new[] { (8, 50), (12, 80), (15, 100) }));
    }

    [Test]
    public async Task SettleAsync_JumpOverSeveral_AlertsEachOnce()
    {
        Assert.That((await SpendAsync(10, 10)).Percents(), Is.EqualTo(new[] { 50, 80, 100 }));
        BudgetDecision refused = await _ledger.ReserveAsync(Charge.Of(_clock.GetUtcNow(), 1, 10), None);
        Assert.That((refused.IsReserved, refused.Alerts.Count), Is.EqualTo((false, 0)));
    }

    [Test]
    public async Task ReserveAsync_FirstRefusal_AlertsFullOnceAndHalfStillComes()
    {
        BudgetReservation first = Charge.Of(_clock.GetUtcNow(), 6, 10);
        await _ledger.ReserveAsync(first, None);
        BudgetDecision refused = await _ledger.ReserveAsync(Charge.Of(_clock.GetUtcNow(), 6, 10), None);
        BudgetDecision again = await _ledger.ReserveAsync(Charge.Of(_clock.GetUtcNow(), 6, 10), None);
        IReadOnlyList<BudgetAlert> settled = await _ledger.SettleAsync(first.Id, 6, None);
        Assert.That((refused.Alerts.Percents().Single(), again.Alerts.Count, settled.Percents().Single()), Is.EqualTo((100, 0, 50)));
    }

    [Test]
    public async Task Alert_Content_IsInDollarsAndItsKeyTellsAccountMonthAndShareApart()
    {
        BudgetAccount user = BudgetAccount.OfUser(IntelScope.Guild(1, 2, 987654321));
        BudgetLine[] lines = [new(BudgetAccount.Bot, 20 * Dollar), new(user, 10 * Dollar)];
        List<BudgetAlert> alerts = [.. await SpendAsync(20 * Dollar, lines)];
        _clock.Advance(TimeSpan.FromDays(31));
        alerts.AddRange(await SpendAsync(20 * Dollar, lines));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(alerts, Has.Count.EqualTo(12), "two accounts, two months, three shares");
            Assert.That(alerts.Select(alert => alert.Key), Is.Unique);
            Assert.That(alerts.Select(alert => (alert.Spent, alert.Limit)).Distinct(), Is.EquivalentTo(new[] { (20m, 20m), (20m, 10m) }));
            Assert.That(string.Join('\n', alerts), Does.Not.Contain("987654321"));
        }
    }

    [Test]
    public async Task ReserveAsync_LimitChanged_RepeatsNoShareAndTellsNewlyReachedOnes()
    {
        List<int> told = [.. (await SpendAsync(6, 10)).Percents()];
        foreach (long? limit in new long?[] { 100, 10, null, 7, 100 })
        {
            BudgetReservation reservation = Charge.Of(_clock.GetUtcNow(), 0, limit);
            told.AddRange((await _ledger.ReserveAsync(reservation, None)).Alerts.Percents());
            told.AddRange((await _ledger.SettleAsync(reservation.Id, 0, None)).Percents());
        }

        Assert.That(told, Is.EqualTo(new[] { 50, 80 }));
        Assert.That((await SpendAsync(94, 100)).Percents(), Is.EqualTo(new[] { 100 }));
    }

    [Test]
    public async Task ReserveAsync_LimitOfZero_AlertsAtTheFirstRefusalOnly()
    {
        Assert.That(await SpendAsync(0, 0), Is.Empty);
        BudgetDecision refused = await _ledger.ReserveAsync(Charge.Of(_clock.GetUtcNow(), 1, 0), None);
        Assert.That(refused.Alerts.Percents(), Is.EqualTo(new[] { 100 }));
    }

    [Test]
    public async Task NoLimit_Anything_AlertsNothing() => Assert.That(await SpendAsync(BudgetLine.MaxNanoUsd, (long?)null), Is.Empty);

    [Test]
    public async Task Forfeit_FoundByARead_AlertsWithTheNextCall([Values("reserve", "settle", "forfeit")] string next)
    {
        await _ledger.ReserveAsync(Charge.Of(_clock.GetUtcNow(), 5, 10), None);
        _clock.Advance(Charge.Life);
        Assert.That((await _ledger.ReadAsync(Charge.Tenant, BudgetMonth.Of(_clock.GetUtcNow()), None)).SpentNanoUsd, Is.EqualTo(5));
        BudgetReservation elsewhere = Charge.Of(_clock.GetUtcNow(), 1, new BudgetLine(BudgetAccount.Bot, 10));
        BudgetDecision replayed;
        switch (next)
        {
            case "reserve":
                BudgetDecision decision = await _ledger.ReserveAsync(elsewhere, None);
                replayed = await _ledger.ReserveAsync(elsewhere, None);
                Assert.That((decision.IsReserved, decision.Alerts.Single().Account), Is.EqualTo((true, Charge.Tenant)));
                Assert.That(replayed, Is.SameAs(decision), "a replay repeats the answer; the alert's key tells");
                break;
            case "settle":
                Assert.That((await _ledger.SettleAsync(Guid.NewGuid(), 0, None)).Percents(), Is.EqualTo(new[] { 50 }));
                break;
            default:
                Assert.That((await _ledger.ForfeitExpiredAsync(None)).Percents(), Is.EqualTo(new[] { 50 }));
                break;
        }

        Assert.That(await _ledger.ForfeitExpiredAsync(None), Is.Empty);
    }

    private ValueTask<IReadOnlyList<BudgetAlert>> SpendAsync(long cost, long? limit) => SpendAsync(cost, [new BudgetLine(Charge.Tenant, limit)]);

    /// <summary>Spends at once, above the reservation where need be. Gives the alerts of both calls.</summary>
    private async ValueTask<IReadOnlyList<BudgetAlert>> SpendAsync(long cost, BudgetLine[] lines)
    {
        BudgetReservation reservation = Charge.Of(_clock.GetUtcNow(), 0, lines);
        BudgetDecision decision = await _ledger.ReserveAsync(reservation, None);
        return [.. decision.Alerts, .. await _ledger.SettleAsync(reservation.Id, cost, None)];
    }
}
