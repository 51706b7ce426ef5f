using DiscordIntel.Providers;
using NUnit.Framework;

namespace DiscordIntel.Tests.Providers;

internal sealed class SafetyIdentifierTests
{
    private static readonly IntelScope Scope = IntelScope.Guild(111111111111111111, 222222222222222222, 333333333333333333);

    [Test]
    public void Of_Scope_IsSixtyFourHexDigitsAndStable()
    {
        string? id = new SafetyIdentifier("identifier-key-16", "sk-a").TextOf(Scope);

        Assert.That(id, Does.Match("^[0-9a-f]{64}$"));
        Assert.That(new SafetyIdentifier("identifier-key-16", "another api key").TextOf(Scope with { }), Is.EqualTo(id));

        // The very value: a change of it makes every user a new one for the provider.
        Assert.That(id, Is.EqualTo("993fa828abc4d69f9115d058b73d5e39db0b742ec92b5321435e64ac026555f9"));
    }

    [Test]
    public void Of_AnotherUserTenantOrKey_Differs()
    {
        string?[] ids =
        [
            new SafetyIdentifier("identifier-key-16", null).TextOf(Scope),
            new SafetyIdentifier("identifier-key-17", null).TextOf(Scope),
            new SafetyIdentifier(null, "identifier-key-16").TextOf(Scope),
            new SafetyIdentifier(null, "identifier-key-17").TextOf(Scope),
            new SafetyIdentifier("identifier-key-16", null).TextOf(IntelScope.Guild(111111111111111111, 222222222222222222, 4)),
            new SafetyIdentifier("identifier-key-16", null).TextOf(IntelScope.Guild(1, 222222222222222222, 333333333333333333)),
            new SafetyIdentifier("identifier-key-16", null).TextOf(IntelScope.DirectMessage(333333333333333333)),
        ];

        Assert.That(ids, Is.Unique);
    }

    [Test]
    public void Of_AnotherChannel_IsTheSameUser() =>
        Assert.That(
            new SafetyIdentifier("identifier-key-16", null).TextOf(IntelScope.Guild(111111111111111111, 9, 333333333333333333)),
            Is.EqualTo(new SafetyIdentifier("identifier-key-16", null).TextOf(Scope)));

    [TestCase(null, null)]
    [TestCase("", "")]
    public void Of_NoKey_IsNull(string? identifierKey, string? apiKey) => Assert.That(new SafetyIdentifier(identifierKey, apiKey).TextOf(Scope), Is.Null);

    [Test]
    public void Of_ManyAtOnce_EachGetsItsOwn()
    {
        var identifier = new SafetyIdentifier("identifier-key-16", null);
        string?[] ids = new string?[2000];
        Parallel.For(0, ids.Length, i => ids[i] = identifier.TextOf(IntelScope.DirectMessage((ulong)i + 1)));

        Assert.That(ids, Is.EqualTo(ids.Select((_, i) => new SafetyIdentifier("identifier-key-16", null).TextOf(IntelScope.DirectMessage((ulong)i + 1)))));
        Assert.That(ids, Is.Unique);
    }

    [Test]
    public void Of_NoScope_IsNull() => Assert.That(new SafetyIdentifier("identifier-key-16", null).TextOf(null), Is.Null);

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public bool Of_AnyParts_NeverHoldsAnId(ulong guild, ulong channel, ulong user)
    {
        // Numbers of a Discord id's length; a short run of digits stands in any hash by chance.
        (guild, channel, user) = (guild | 1UL << 62, channel | 1UL << 62, user | 1UL << 62);
        string id = new SafetyIdentifier("identifier-key-16", null).TextOf(IntelScope.Guild(guild, channel, user))!;
        return !id.Contains($"{guild}", StringComparison.Ordinal) && !id.Contains($"{user}", StringComparison.Ordinal)
            && !id.Contains($"{user:x}", StringComparison.Ordinal) && id.Length == 64;
    }
}

internal static class SafetyIdentifierExtensions
{
    public static string? TextOf(this SafetyIdentifier identifier, IntelScope? scope)
    {
        Span<char> text = stackalloc char[SafetyIdentifier.Length];
        int length = identifier.Write(scope, text);
        return length == 0 ? null : new string(text[..length]);
    }
}
