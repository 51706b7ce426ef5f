using DiscordIntel.Pipeline.Budgets;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Budgets;

internal sealed class BudgetReservationTests
{
    private static readonly BudgetReservation Lawful = Charge.Of(DateTimeOffset.UnixEpoch, 5, 10);

    [TestCase(-1)]
    [TestCase(BudgetLine.MaxNanoUsd + 1)]
    [TestCase(long.MinValue)]
    [TestCase(long.MaxValue)]
    public void AmountsAndLimits_OutOfRange_Throw(long amount)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => Lawful with { AmountNanoUsd = amount }, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("AmountNanoUsd"));
            Assert.That(() => new BudgetLine(Charge.Tenant, amount), Throws.InstanceOf<ArgumentOutOfRangeException>());
        }
    }

    [TestCase(0)]
    [TestCase(BudgetLine.MaxNanoUsd)]
    public void AmountsAndLimits_AtTheBorders_AreLawful(long amount) =>
        Assert.That(((Lawful with { AmountNanoUsd = amount }).AmountNanoUsd, new BudgetLine(Charge.Tenant, amount).LimitNanoUsd), Is.EqualTo((amount, (long?)amount)));

    [Test]
    public void TimeToLive_OutOfRange_Throws([Values(0, -1, 604801)] int seconds) =>
        Assert.That(() => Lawful with { TimeToLive = TimeSpan.FromSeconds(seconds) }, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("TimeToLive"));

    [Test]
    public void Id_Empty_Throws() => Assert.That(() => Lawful with { Id = Guid.Empty }, Throws.ArgumentException);

    [Test]
    public void Lines_NoneOrTwiceTheSameAccount_Throw()
    {
        BudgetLine bot = new(BudgetAccount.Bot, 1);
        BudgetLine tenant = new(Charge.Tenant, 1);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => Lawful with { Lines = null! }, Throws.ArgumentNullException);
            Assert.That(() => Lawful with { Lines = [] }, Throws.ArgumentException);
            Assert.That(() => Lawful with { Lines = [tenant, bot, new BudgetLine(Charge.Tenant, null)] }, Throws.ArgumentException.With.Message.Contains("tenant 1"));
            Assert.That(() => Lawful with { Lines = [tenant, bot] }, Throws.Nothing);
        }
    }
}
