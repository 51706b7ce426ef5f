using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace DiscordIntel.Tests;

#pragma warning disable NUnit1027 // FsCheck gives the arguments.

[TestFixture]
internal sealed class IntelScopeTests
{
    [Test]
    public void ToString_ForALog_NamesNoUser() =>
        Assert.That((IntelScope.Guild(1, 2, 987654321).ToString(), IntelScope.DirectMessage(987654321).ToString()), Is.EqualTo(("1/2", "dm/dm")));

    [Test]
    public void Guild_Ids_BecomeDigits()
    {
        IntelScope scope = IntelScope.Guild(1, 22, ulong.MaxValue);
        Assert.That((scope.Tenant, scope.Workspace, scope.User), Is.EqualTo(("1", "22", "18446744073709551615")));
    }

    [TestCase(0ul, 1ul, 1ul, "guildId")]
    [TestCase(1ul, 0ul, 1ul, "channelId")]
    [TestCase(1ul, 1ul, 0ul, "userId")]
    public void Guild_IdOfZero_ThrowsAndNamesIt(ulong guild, ulong channel, ulong user, string parameter) =>
        Assert.That(() => IntelScope.Guild(guild, channel, user), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(parameter));

    [Test]
    public void DirectMessage_IdOfZero_Throws() =>
        Assert.That(() => IntelScope.DirectMessage(0), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("userId"));

    [Test]
    public void DirectMessage_User_IsATenantOfItsOwnThatNoServerMeets()
    {
        IntelScope message = IntelScope.DirectMessage(5);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((message.Tenant, message.User), Is.EqualTo(("dm:5", "5")));
            Assert.That(message.TenantKey, Is.Not.EqualTo(IntelScope.Guild(5, 5, 5).TenantKey));
            Assert.That(message.TenantKey, Is.Not.EqualTo(IntelScope.DirectMessage(6).TenantKey));
        }
    }

    [Test]
    public void Constructor_PartMissing_Throws([Values(null, "", " ", "\t\u2003")] string? part)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new IntelScope(part!, "w", "u"), Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo("tenant"));
            Assert.That(() => new IntelScope("t", part!, "u"), Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo("workspace"));
            Assert.That(() => new IntelScope("t", "w", part!), Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo("user"));
        }
    }

    // Pairs that a joined, trimmed, folded, normalised or re-encoded key would take for one another.
    // In code and not in attributes: those are stored as UTF-8, which has no lone surrogates.
    private static readonly string[][] LookAlikes =
    [
        ["a:b", "c", "a", "b:c"],
        ["a:b", "c", "a_b", "c"],
        ["1", "23", "12", "3"],
        ["1", "1:1", "1:1", "1"],
        ["a\0", "b", "a", "\0b"],
        ["A", "b", "a", "b"],
        ["a ", "b", "a", "b"],
        ["\u00e9", "b", "e\u0301", "b"],
        ["\u212b", "b", "\u00c5", "b"],
        ["\ud800", "b", "\ud801", "b"],
        ["\ud800", "b", "\ufffd", "b"],
        ["a", "\udc00", "a", "\ud800"],
        ["0", "1", "\u0660", "1"],
    ];

    [TestCaseSource(nameof(LookAlikes))]
    public void Keys_LookAlikes_Differ(string tenant, string part, string otherTenant, string otherPart)
    {
        IntelScope one = new(tenant, part, part);
        IntelScope other = new(otherTenant, otherPart, otherPart);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(one.WorkspaceKey, Is.Not.EqualTo(other.WorkspaceKey));
            Assert.That(one.UserKey, Is.Not.EqualTo(other.UserKey));
            Assert.That(one.TenantKey == other.TenantKey, Is.EqualTo(string.Equals(tenant, otherTenant, StringComparison.Ordinal)));
        }
    }

    [Test]
    public void Keys_SameParts_AreTheSameStableDigits()
    {
        IntelScope scope = IntelScope.Guild(1, 2, 3);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(scope.TenantKey, Does.Match("^[0-9a-f]{64}$"));

            // Stored keys (ledgers, caches) outlive a version. The value: SHA-256 over "6:tenant1:10:" in UTF-16LE.
            Assert.That(scope.TenantKey, Is.EqualTo(Convert.ToHexStringLower(
                System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.Unicode.GetBytes("6:tenant1:10:")))));
            Assert.That(scope, Is.EqualTo(new IntelScope("1", "2", "3")));
        }
    }

    [FsCheck.NUnit.Property(MaxTest = 1000, Arbitrary = [typeof(Scopes)])]
    public bool Keys_AnyTwoScopes_AreEqualExactlyWhenThePartsAre(IntelScope a, IntelScope b) =>
        (a.TenantKey == b.TenantKey) == Same(a.Tenant, b.Tenant)
        && (a.WorkspaceKey == b.WorkspaceKey) == (Same(a.Tenant, b.Tenant) && Same(a.Workspace, b.Workspace))
        && (a.UserKey == b.UserKey) == (Same(a.Tenant, b.Tenant) && Same(a.User, b.User));

    [FsCheck.NUnit.Property(MaxTest = 500, Arbitrary = [typeof(Scopes)])]
    public bool Keys_OneTextSplitElsewhere_Differ(IntelScope scope)
    {
        string text = scope.Tenant + scope.Workspace + scope.User;
        IntelScope[] splits =
        [
            .. from at in Enumerable.Range(1, text.Length - 1)
               where !string.IsNullOrWhiteSpace(text[..at]) && !string.IsNullOrWhiteSpace(text[at..])
               select new IntelScope(text[..at], text[at..], text[at..]),
        ];
        return splits.Select(split => split.WorkspaceKey).Distinct().Count() == splits.Length
            && splits.Select(split => split.UserKey).Distinct().Count() == splits.Length;
    }

    [FsCheck.NUnit.Property(MaxTest = 500, Arbitrary = [typeof(Scopes)])]
    public bool Keys_OfDifferentKinds_NeverMeet(IntelScope a, IntelScope b) =>
        new[] { a.TenantKey, a.WorkspaceKey, a.UserKey }.Distinct().Count() == 3
        && a.TenantKey != b.WorkspaceKey && a.TenantKey != b.UserKey && a.WorkspaceKey != b.UserKey;

    [FsCheck.NUnit.Property(MaxTest = 500, Arbitrary = [typeof(Scopes)])]
    public bool Keys_CopyOfTheParts_AreTheSame(IntelScope a)
    {
        IntelScope copy = new(new string(a.Tenant.AsSpan()), new string(a.Workspace.AsSpan()), new string(a.User.AsSpan()));
        return (copy.TenantKey, copy.WorkspaceKey, copy.UserKey) == (a.TenantKey, a.WorkspaceKey, a.UserKey) && copy == a;
    }

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public bool Keys_AnyStrings_AreEqualExactlyWhenTheStringsAre(NonNull<string> a, NonNull<string> b)
    {
        if (string.IsNullOrWhiteSpace(a.Get) || string.IsNullOrWhiteSpace(b.Get))
        {
            return true;
        }

        return (new IntelScope(a.Get, "w", "u").TenantKey == new IntelScope(b.Get, "w", "u").TenantKey) == Same(a.Get, b.Get)
            && (new IntelScope(a.Get, b.Get, "u").WorkspaceKey == new IntelScope(b.Get, a.Get, "u").WorkspaceKey) == Same(a.Get, b.Get);
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.Ordinal);

    public static class Scopes
    {
        // A small alphabet of the troublesome, so that near and true collisions happen.
        private static readonly Gen<string> Part =
            Gen.Elements("a", "b", ":", "_", "1", "2", "\0", "\ud800", "\udc00", "\u00e9", "e\u0301", " ", "6:tenant", "4:user", "dm:")
                .NonEmptyListOf().Resize(3).Select(string.Concat).Where(text => !string.IsNullOrWhiteSpace(text));

        public static Arbitrary<IntelScope> Scope() =>
            (from tenant in Part from workspace in Part from user in Part select new IntelScope(tenant, workspace, user)).ToArbitrary();
    }
}
