using DiscordIntel.Pipeline.Budgets;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Budgets;

internal sealed class BudgetMonthTests
{
    [TestCase("2026-11-23T12:00:00Z", "2026-11", "2026-12-01T00:00:00Z")]
    [TestCase("2026-12-31T23:59:59.9999999Z", "2026-12", "2027-01-01T00:00:00Z")]
    [TestCase("2027-01-01T00:00:00Z", "2027-01", "2027-02-01T00:00:00Z")]
    [TestCase("2026-12-01T01:00:00+02:00", "2026-11", "2026-12-01T00:00:00Z")]
    [TestCase("2026-11-30T22:00:00-05:00", "2026-12", "2027-01-01T00:00:00Z")]
    [TestCase("2028-02-29T00:00:00Z", "2028-02", "2028-03-01T00:00:00Z")]
    [TestCase("0001-01-01T00:00:00Z", "0001-01", "0001-02-01T00:00:00Z")]
    public void Of_Instant_IsTheMonthInUtc(string instant, string month, string resets)
    {
        var at = DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);
        BudgetMonth of = BudgetMonth.Of(at);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(of.ToString(), Is.EqualTo(month));
            Assert.That((of.Year, of.Month), Is.EqualTo((at.UtcDateTime.Year, at.UtcDateTime.Month)));
            Assert.That(of.ResetsAt, Is.EqualTo(DateTimeOffset.Parse(resets, System.Globalization.CultureInfo.InvariantCulture)));
            Assert.That(of.ResetsAt.Offset, Is.EqualTo(TimeSpan.Zero));
        }
    }

    [Test]
    public void ResetsAt_LastMonthOfAll_IsTheEndOfTime() =>
        Assert.That(BudgetMonth.Of(DateTimeOffset.MaxValue).ResetsAt, Is.EqualTo(DateTimeOffset.MaxValue));

    [Test]
    public void CompareTo_Months_AreInTheOrderOfTime()
    {
        BudgetMonth[] months = [.. Enumerable.Range(0, 30).Select(i => BudgetMonth.Of(new DateTimeOffset(2025, 11, 5, 0, 0, 0, TimeSpan.Zero).AddMonths(i)))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(months, Is.Ordered.And.Unique);
            foreach ((BudgetMonth before, BudgetMonth after) in months.Zip(months.Skip(1)))
            {
                Assert.That((before < after, before <= after, before > after, before >= after, before == after), Is.EqualTo((true, true, false, false, false)));
                Assert.That(BudgetMonth.Of(before.ResetsAt), Is.EqualTo(after));
                Assert.That(BudgetMonth.Of(before.ResetsAt.AddTicks(-1)), Is.EqualTo(before));
            }
        }
    }
}
