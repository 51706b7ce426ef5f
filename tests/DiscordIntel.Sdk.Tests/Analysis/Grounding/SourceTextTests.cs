using DiscordIntel.Analysis;
using DiscordIntel.Analysis.Grounding;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.Grounding;

internal sealed class SourceTextTests
{
    private const string Text = "Mara: We left.\r\nJonas:  He said “no”   —\tthen\r\nhe   went… to the café. 😭\r\nMara: It’s over";

    [TestCase("We left.", "We left.", 1)]
    [TestCase("we LEFT", "We left", 1)]
    [TestCase("\"We left.\"", "We left.", 1)]
    [TestCase("“We left”.", "We left", 1)]
    [TestCase("'We left'...", "We left", 1)]
    [TestCase("He said \"no\"", "He said “no”", 2)]
    [TestCase("\"He said 'no'\"", null, 0)]
    [TestCase("He said \"no\" - then he went", "He said “no”   —\tthen\r\nhe   went", 2)]
    [TestCase("then he went", "then\r\nhe   went", 2)]
    [TestCase("he went…", "he   went…", 3)]
    [TestCase("to the café...", "to the café", 3)]
    [TestCase("to the café.", "to the café.", 3)]
    [TestCase("😭", "😭", 3)]
    [TestCase("It's over", "It’s over", 4)]
    [TestCase("It's over.", "It’s over", 4)]
    [TestCase("  It's \u200B over\u00AD ", "It’s over", 4)]
    [TestCase("Mara:", "Mara:", 1)]
    [TestCase("we stayed", null, 0)]
    [TestCase("", null, 0)]
    [TestCase(" ", null, 0)]
    [TestCase("\"", null, 0)]
    [TestCase("\"\"", null, 0)]
    [TestCase("...", null, 0)]
    [TestCase("\u200B", null, 0)]
    public void Find_Quote_StandsWhereItStands(string quote, string? found, int line)
    {
        SourceQuote result = new SourceText(Text).Find(quote);

        Assert.That(result.IsFound, Is.EqualTo(found is not null));
        Assert.That(result.Text, Is.EqualTo(found ?? quote));
        Assert.That(result.Line, Is.EqualTo(found is null ? null : line));
        if (result.IsFound)
        {
            Assert.That(Text.Substring(result.Offset.Value, result.Text.Length), Is.EqualTo(result.Text));
        }
    }

    [TestCase("ΟΔΥΣΣΕΥΣ", "Οδυσσευς")]
    [TestCase("5 ΜM", "5 µm")]
    public void Find_SmallLettersOfOneCapital_AreAlike(string quote, string text) =>
        Assert.That(new SourceText(text).Find(quote).IsFound, Is.True);

    [TestCase("C’est « oui », non ?", "\"oui\",", "« oui »,")]
    [TestCase("Il dit «\u00A0oui\u202F».", "Il dit \"oui\".", "Il dit «\u00A0oui\u202F».")]
    [TestCase("Er sagt »ja« und geht.", "sagt \"ja\" und geht", "sagt »ja« und geht")]
    public void Find_Guillemets_AreQuoteMarksWithTheirSpaces(string text, string quote, string found)
    {
        SourceQuote result = new SourceText(text).Find(quote);

        Assert.That((result.IsFound, result.Text, result.Distance), Is.EqualTo((true, found, 0)));
    }

    [Test]
    public void Find_InAnEmptyText_FindsNothing() => Assert.That(new SourceText("").Find("x").IsFound, Is.False);

    [Test]
    public void Find_InAMegabyte_IsNotQuadratic()
    {
        // Each would take minutes if every start were compared to its end, or if every quote folded the text anew.
        var source = new SourceText(new string('a', 1_000_000) + " end");
        Assert.That(source.Find(new string('a', 2_000) + "b" + new string('a', 2_000)).IsFound, Is.False);
        for (int i = 0; i < 100; i++)
        {
            Assert.That(source.Find("a end").Offset, Is.EqualTo(999_999));
        }
    }

    [Test]
    public void Find_MegabyteOfNothingButSpaceAndMarks_FindsNothing()
    {
        var source = new SourceText(new string(' ', 500_000) + new string('"', 500_000));
        Assert.That(source.Find(new string('"', 500_000)).IsFound, Is.False);
        Assert.That(source.Find("a").IsFound, Is.False);
    }
}
