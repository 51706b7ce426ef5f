using DiscordIntel.Pipeline.Budgets;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Budgets;

internal sealed class BudgetAccountTests
{
    private static readonly IntelScope Scope = new("t", "w", "u");

    // Pairs that a joined key would take for one another, and equal names on every level.
    private static readonly BudgetAccount[] Different =
    [
        BudgetAccount.Bot, BudgetAccount.OfTenant("t"), BudgetAccount.OfTenant("T"), BudgetAccount.OfTenant("t:w"), BudgetAccount.OfTenant("tw"),
        BudgetAccount.OfWorkspace(Scope), BudgetAccount.OfUser(Scope), BudgetAccount.OfFeature("w"), BudgetAccount.OfFeature("u"),
        BudgetAccount.OfUser(new IntelScope("t", "w", "w")), BudgetAccount.OfWorkspace(new IntelScope("t", "u", "u")), BudgetAccount.OfUser(new IntelScope("t:", "w", "u")),
        BudgetAccount.OfUser(new IntelScope("t", "w", ":u")), BudgetAccount.OfUser(new IntelScope("tu", "w", "\0")), BudgetAccount.OfFeature("23"), BudgetAccount.OfFeature("3"),
        BudgetAccount.OfFeature("\ud800"), BudgetAccount.OfFeature("\ud801"), BudgetAccount.OfFeature("\ufffd"),
    ];

    [Test]
    public void Equality_DifferentAccounts_DifferInValueAndKey()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Different, Is.Unique);
            Assert.That(Different.Select(account => account.Key), Is.Unique.And.All.Match("^[0-9a-f]{64}$"));
        }
    }

    [Test]
    public void Equality_CopiedParts_AreTheSameAccount()
    {
        string Copy(string text) => new(text.AsSpan());
        BudgetAccount one = BudgetAccount.OfFeature("Text");
        BudgetAccount other = BudgetAccount.OfFeature(Copy("Text"));
        Assert.That((other, other.GetHashCode(), other.Key), Is.EqualTo((one, one.GetHashCode(), one.Key)));
    }

    [Test]
    public void Default_IsTheBot()
    {
        BudgetAccount none = default;
        Assert.That((none, none.Level, none.Tenant, none.Name, none.Key), Is.EqualTo((BudgetAccount.Bot, BudgetLevel.Bot, "", "", BudgetAccount.Bot.Key)));
    }

    [Test]
    public void Of_Scope_TakesTheLevelsParts()
    {
        BudgetAccount[] accounts = [BudgetAccount.OfTenant("t"), BudgetAccount.OfWorkspace(Scope), BudgetAccount.OfUser(Scope), BudgetAccount.OfFeature("Text")];
        Assert.That(accounts.Select(account => (account.Level, account.Tenant, account.Name)), Is.EqualTo(new[]
        {
            (BudgetLevel.Tenant, "t", ""), (BudgetLevel.Workspace, "t", "w"), (BudgetLevel.User, "t", "u"), (BudgetLevel.Feature, "", "Text"),
        }));
    }

    [Test]
    public void OfUser_OtherWorkspace_IsTheSameAccount() =>
        Assert.That(BudgetAccount.OfUser(new IntelScope("t", "elsewhere", "u")), Is.EqualTo(BudgetAccount.OfUser(Scope)));

    // Stored keys outlive a version.
    [Test]
    public void Key_KnownAccount_IsStable() =>
        Assert.That(BudgetAccount.OfUser(Scope).Key, Is.EqualTo(Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.Unicode.GetBytes("11:budget-user1:t1:u")))));

    [Test]
    public void ToString_Users_ShowNoId()
    {
        IntelScope message = IntelScope.DirectMessage(987654321);
        BudgetAccount[] accounts =
        [
            BudgetAccount.OfUser(IntelScope.Guild(1, 2, 987654321)), BudgetAccount.OfUser(message), BudgetAccount.OfWorkspace(message),
            BudgetAccount.OfTenant(message.Tenant), BudgetAccount.OfFeature("Text"),
        ];
        Assert.That(accounts.Select(account => account.ToString()), Is.EqualTo(new[]
        {
            "a user of tenant 1", "a user of tenant dm", "workspace dm of tenant dm", "tenant dm", "feature Text",
        }));
    }

    [Test]
    public void Of_PartMissing_Throws([Values(null, "", " ")] string? part)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => BudgetAccount.OfTenant(part!), Throws.InstanceOf<ArgumentException>());
            Assert.That(() => BudgetAccount.OfFeature(part!), Throws.InstanceOf<ArgumentException>());
            Assert.That(() => BudgetAccount.OfUser(null!), Throws.ArgumentNullException);
            Assert.That(() => BudgetAccount.OfWorkspace(null!), Throws.ArgumentNullException);
        }
    }
}
