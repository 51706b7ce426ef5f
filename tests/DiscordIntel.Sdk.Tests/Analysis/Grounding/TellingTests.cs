using DiscordIntel.Analysis.Grounding;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.Grounding;

internal sealed class TellingTests
{
    [TestCase("costs five million euros", "costs nine million euros")]
    [TestCase("costs 5 million", "costs 6 million")]
    [TestCase("costs 5 million", "costs 5 billion")]
    [TestCase("it is worth it", "it is not worth it")]
    [TestCase("we do", "we don't")]
    [TestCase("ich will es", "ich will es nicht")]
    [TestCase("fünf Busse", "neun Busse")]
    [TestCase("elle vient", "elle ne vient pas")]
    [TestCase("cuesta cinco", "cuesta ocho")]
    [TestCase("dois carros", "três carros")]
    [TestCase("costa cinque", "costa sette")]
    [TestCase("это так", "это не так")]
    [TestCase("五百万", "九百万")]
    [TestCase("他去", "他不去")]
    [TestCase("NINE", "five")]
    public void AreSame_AnotherNumberOrDenial_IsAnotherStatement(string text, string other)
    {
        Assert.That(Telling.AreSame(text, other), Is.False);
        Assert.That(Telling.AreSame(other, other.ToUpperInvariant()), Is.True);
    }

    [TestCase("I don't knwo", "I do not know")]
    [TestCase("dont", "don’t")]
    [TestCase("Nine, of them", "nine of theim")]
    [TestCase("notable", "noteable")]
    [TestCase("**five**", "five")]
    public void AreSame_OtherSlips_AreNone(string text, string other) => Assert.That(Telling.AreSame(text, other), Is.True);
}
