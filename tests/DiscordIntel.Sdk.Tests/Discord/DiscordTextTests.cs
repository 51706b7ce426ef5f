using DiscordIntel.Discord;
using NUnit.Framework;

namespace DiscordIntel.Tests.Discord;

internal sealed class DiscordTextTests
{
    [TestCase("a\r\nb\rc", "a\nbc")]
    [TestCase("a\0\u0007\tb", "a\tb")]
    [TestCase("`````x`", "```x`")]
    [TestCase("``\0`` ||\u0001|", "``` ||")]
    [TestCase("\uD83D\uDE00", "\uD83D\uDE00")]
    public void Normalize_Text_IsByTheRules(string text, string expected) => Assert.That(DiscordText.Normalize(text), Is.EqualTo(expected));

    // Not as arguments: half a pair cannot be written into an assembly's metadata.
    [Test]
    public void Normalize_HalfSurrogatePairs_AreReplaced()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(DiscordText.Normalize("\uD83D!\uDE00"), Is.EqualTo("\uFFFD!\uFFFD"));
            Assert.That(DiscordText.Normalize("a\uD83D"), Is.EqualTo("a\uFFFD"));
        }
    }

    [TestCase("")]
    [TestCase(" \n ")]
    public void Split_BlankText_IsNothing(string text) => Assert.That(DiscordText.Split(text), Is.Empty);

    [Test]
    public void Split_ShortText_IsOneMessage() => Assert.That(DiscordText.Split("Hello."), Is.EqualTo(["Hello."]));

    [Test]
    public void Split_Paragraphs_AreCutBetweenThem()
    {
        string first = new('a', 40);
        string second = new('b', 40);
        Assert.That(DiscordText.Split($"{first}\n\n{second}", 64), Is.EqualTo([first + "\n\n", second]));
    }

    [Test]
    public void Split_OpenBlockWithLanguage_IsClosedAndOpenedAgain()
    {
        IReadOnlyList<string> messages = DiscordText.Split("```cs\n" + new string('a', 30) + "\n" + new string('b', 30) + "\n```", 64);
        Assert.That(messages, Is.EqualTo([$"```cs\n{new string('a', 30)}\n\n```", $"```cs\n{new string('b', 30)}\n```"]));
    }

    [Test]
    public void Split_ParagraphNearTheBeginning_IsNoReasonForAShortMessage() =>
        Assert.That(DiscordText.Split("a\n\n" + string.Concat(Enumerable.Repeat("word ", 20)), 64)[0].Length, Is.GreaterThan(40));

    // To Discord a block without text is none: its end would begin the next one.
    [Test]
    public void Split_LineBreaksAtTheEndOfABlock_AreNotLeftAlone() =>
        Assert.That(DiscordText.Split($"```\n{new string('x', 40)}{new string('\n', 16)}```\n{new string('b', 50)}", 64)[1], Does.Match("^```\nx+\n+```"));

    [Test]
    public void Split_OpenSpoiler_IsClosedAndOpenedAgain()
    {
        IReadOnlyList<string> messages = DiscordText.Split($"||{new string('a', 40)} {new string('b', 40)}||", 64);
        Assert.That(messages, Is.EqualTo([$"||{new string('a', 40)} ||", $"||{new string('b', 40)}||"]));
    }

    [Test]
    public void Split_BlockWithinSpoiler_ClosesInInverseOrder()
    {
        IReadOnlyList<string> messages = DiscordText.Split($"||```\n{new string('a', 40)}\n{new string('b', 40)}\n```||", 64);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(messages[0], Does.EndWith("\n```||"));
            Assert.That(messages[1], Does.StartWith("||```\n"));
        }
    }

    [Test]
    public void Split_BarsInUnclosedCode_CountAsSpoiler() =>
        Assert.That(DiscordText.Split("`a ||b"), Is.EqualTo(["`a ||b||"]));

    [Test]
    public void Split_BarsInClosedCode_AreText() => Assert.That(DiscordText.Split("`a ||b`"), Is.EqualTo(["`a ||b`"]));

    [Test]
    public void Split_FamilyOfEmoji_StaysTogether()
    {
        string emoji = "👨‍👩‍👧‍👦";
        IReadOnlyList<string> messages = DiscordText.Split(string.Concat(Enumerable.Repeat(emoji, 40)), 64);
        Assert.That(messages.Select(message => message.Length % emoji.Length), Has.All.Zero);
    }

    [TestCase(63)]
    [TestCase(4001)]
    public void Split_LimitOutOfRange_Throws(int maxChars) =>
        Assert.That(() => DiscordText.Split("a", maxChars), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [TestCase("*a* _b_ `c` ||d||", @"\*a\* \_b\_ \`c\` \|\|d\|\|")]
    [TestCase("# a\n- b\n1. c\n2-3", "\\# a\n\\- b\n1\\. c\n2-3")]
    [TestCase("<@1> [x](y)", @"\<\@1\> \[x\]\(y\)")]
    [TestCase(@"C:\temp", @"C\:\\temp")]
    [TestCase("a-b 1.5", "a-b 1.5")]
    [TestCase("a\r- b\r1. c", "a\r\\- b\r1\\. c")]
    [TestCase("a\n\t- b\n\0- c", "a\n\t\\- b\n\0\\- c")]
    public void EscapeMarkdown_Text_IsShownAsItIs(string text, string expected) => Assert.That(DiscordText.EscapeMarkdown(text), Is.EqualTo(expected));
}
