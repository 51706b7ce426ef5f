using DiscordIntel.Providers;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace DiscordIntel.Tests.Providers;

internal sealed class ScrubberTests
{
    private const string Secret = "my-own-gateway-secret-0123456789";

    [TestCase("Incorrect API key provided: sk-proj-abcDEF123_-xyz.", "Incorrect API key provided: ***")]
    [TestCase("Incorrect API key provided: sk-proj-********wxyz.", "Incorrect API key provided: ***")]
    [TestCase("key sk-or-v1-0123456789abcdef refused", "key *** refused")]
    [TestCase("header 'Authorization: Bearer abc.def.ghi' refused", "header 'Authorization: ***' refused")]
    [TestCase("header \"bearer abc\" refused", "header \"***\" refused")]
    [TestCase("bot MTEyMjMzNDQ1NTY2Nzc4ODk5.GaBcDe.abcdefghijklmnopqrstuvwxyz0123456789AB left", "bot *** left")]
    [TestCase("POST https://discord.com/api/webhooks/123456/aBcD-ef_gh failed", "POST https://discord.com/api/*** failed")]
    [TestCase("POST /api/v10/interactions/123456/aW50ZXJhY3Rpb24/callback failed", "POST /api/v10/***/callback failed")]
    [TestCase("The model is overloaded. Try again in 1.798s (task-42).", "The model is overloaded. Try again in 1.798s (task-42).")]
    public void Clean_KeysOfEachMake_AreMasked(string text, string expected) => Assert.That(Scrubber.Clean(text, [], []), Is.EqualTo(expected));

    [Test]
    public void Clean_ConfiguredSecret_IsMaskedWhateverItLooksLike() =>
        Assert.That(Scrubber.Clean($"no access with {Secret} here", [null, "", Secret], []), Is.EqualTo("no access with *** here"));

    [Test]
    public void Clean_EchoOfTheContent_IsMasked() =>
        Assert.That(
            Scrubber.Clean("Invalid 'messages[0]': The QUICK brown fox jumps!", [], Say("the quick brown fox jumps over the dog")),
            Is.EqualTo("Invalid 'messages[0]': [content]!"));

    [Test]
    public void Clean_EchoOfAShortContent_IsMasked() =>
        Assert.That(Scrubber.Clean("cannot handle 'password1'", [], Say("password1")), Is.EqualTo("cannot handle '[content]'"));

    [Test]
    public void Clean_EchoWithOtherLineBreaks_IsMasked() =>
        Assert.That(Scrubber.Clean("bad: first line second line.", [], Say("first line\nsecond line")), Is.EqualTo("bad: [content]."));

    [Test]
    public void Clean_ControlCharacters_BecomeBlanks() =>
        Assert.That(Scrubber.Clean("one\r\ntwo\u001b[31mthree\0", [], []), Does.Not.Match(@"\p{Cc}"));

    [Test]
    public void Clean_LongText_IsCut()
    {
        string clean = Scrubber.Clean(new string('x', 10_000_000), [], []);

        Assert.That(clean, Has.Length.EqualTo(401).And.EndsWith("…"));
    }

    [Test]
    public void Clean_CutInsideACharacter_DropsItWhole() =>
        Assert.That(Scrubber.Clean(new string('x', 399) + "👋 and more", [], []), Is.EqualTo(new string('x', 399) + "…"));

    /// <summary>A secret that begins before the cut and ends behind it must not leave its beginning.</summary>
    [Test]
    public void Clean_SecretAcrossTheCut_LeavesNothingOfIt([Range(360, 410)] int at)
    {
        string text = new string('x', at) + Secret + new string('y', 100);

        Assert.That(Scrubber.Clean(text, [Secret], []), Does.Not.Contain(Secret[..4]));
    }

    [Test]
    public void Clean_EchoAcrossTheCut_LeavesNothingOfIt([Range(370, 402, 4)] int at)
    {
        const string content = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

        Assert.That(Scrubber.Clean(new string('.', at) + content, [], Say(content)), Does.Not.Contain("ABCD"));
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property Clean_AnyEcho_LeavesNoRunOfSixteen(NonNull<string> before, NonNull<string> content, NonNull<string> after, byte from, byte length)
    {
        string said = content.Get;
        string part = said[(said.Length == 0 ? 0 : from % said.Length)..];
        part = part[..Math.Min(part.Length, length)];
        string clean = Scrubber.Clean($"{before.Get}{part}{after.Get}", [], Say(said));
        return (!Runs(said, 16).Any(run => clean.Contains(run, StringComparison.OrdinalIgnoreCase))).ToProperty();
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property Clean_AnyPlaceOfASecret_LeavesNoneOfIt(NonNull<string> before, NonNull<string> between, NonNull<string> content, ushort padding)
    {
        string text = $"{before.Get}{new string('z', padding % 500)}{Secret}{between.Get}{Secret}";
        string clean = Scrubber.Clean(text, [Secret], Say(content.Get));
        return (!Runs(Secret, 6).Any(run => clean.Contains(run, StringComparison.Ordinal))).ToProperty();
    }

    private static ChatMessage[] Say(string text) => [new(ChatRole.User, text)];

    private static IEnumerable<string> Runs(string text, int length) =>
        Enumerable.Range(0, Math.Max(0, text.Length - length + 1)).Select(start => text.Substring(start, length));
}
