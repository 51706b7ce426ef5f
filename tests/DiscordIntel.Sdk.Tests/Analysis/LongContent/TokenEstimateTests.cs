using DiscordIntel.Analysis.LongContent;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.LongContent;

internal sealed class TokenEstimateTests
{
    [TestCase("", 0)]
    [TestCase("a", 1)]
    [TestCase("four", 1)]
    [TestCase("fives", 2)]
    [TestCase("😭", 1)]
    [TestCase("éé", 1)]
    [TestCase("漢字", 2)]
    public void Of_Text_IsAQuarterOfItsBytesRoundedUp(string text, int tokens) => Assert.That(TokenEstimate.Of(text), Is.EqualTo(tokens));

    [Test]
    public void Of_HalfASurrogatePair_IsTheReplacementCharacter() => Assert.That(TokenEstimate.Of("\uD83D\uD83D"), Is.EqualTo(2));
}
