using System.Text;
using DiscordIntel.Analysis;
using DiscordIntel.Analysis.Grounding;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.Grounding;

/// <summary>Quotes that are nearly right: typos, words left out, Markdown, accents in two characters.</summary>
internal sealed class SourceTextFuzzyTests
{
    private const string Text =
        "Mara: The *last* tram leaves the **market square** at 23:40.\r\nJonas: My snake_case plan, `as is`, costs 6.4 million 😭 euros a year.\n"
        + "Mara: Two lines, two nights, no ticket. Make it free and this city will fill those buses.\nJonas: cafe\u0301 owners say otherwise; 2*3 is 6.";

    [TestCase("The last tram leaves the market square", "The *last* tram leaves the **market square", 0)]
    [TestCase("the **last** tram", "The *last* tram", 0)]
    [TestCase("snake_case plan, as is, costs", "snake_case plan, `as is`, costs", 0)]
    [TestCase("snakecase", null, null)]
    [TestCase("23 is 6", null, null)]
    [TestCase("CAF\u00C9 owners", "cafe\u0301 owners", 0)]
    [TestCase("café", "cafe\u0301", 0)]
    [TestCase("The last tran leaves the market sqare at 23:40.", "The *last* tram leaves the **market square** at 23:40.", 2)]
    [TestCase("My plan, as is, costs 6.4 million 😀 euros a year", "e plan, `as is`, costs 6.4 million 😭 euros a year", 3)]
    [TestCase("snake_case plan, as is, costs 6.4 million 😀 euros", "snake_case plan, `as is`, costs 6.4 million 😭 euros", 1)]
    [TestCase("“make it free and this city will fill these buses”", "Make it free and this city will fill those buses", 1)]
    [TestCase("make it free and this city will fill these buses...", "Make it free and this city will fill those buses", 1)]
    [TestCase("The last tram ... at 23:40", "The *last* tram leaves the **market square** at 23:40", 0)]
    [TestCase("two lines […] make it free", "Two lines, two nights, no ticket. Make it free", 0)]
    [TestCase("...two lines [...] make it free (...) those buses...", "Two lines, two nights, no ticket. Make it free and this city will fill those buses", 0)]
    [TestCase("make it free ... two lines, two nights", null, null)]
    [TestCase("The ... tram", null, null)]
    [TestCase("th ... last tram leaves", null, null)]
    [TestCase("ast tram leaves ... at 23:40", null, null)]
    [TestCase("two nines", null, null)]
    public void Find_NearlyRightQuote_IsFoundWithItsDistance(string quote, string? found, int? distance)
    {
        SourceQuote result = new SourceText(Text).Find(quote);

        Assert.That((result.IsFound, result.Text, result.Distance), Is.EqualTo((found is not null, found ?? quote, distance)));
        Assert.That(result.Offset, Is.EqualTo(found is null ? null : Text.IndexOf(found, StringComparison.Ordinal)));
    }

    [TestCase(390, true)]
    [TestCase(410, false)]
    public void Find_PartsOfAnOmission_MustStandNearEachOther(int gap, bool found)
    {
        string text = "The first part " + new string('.', gap) + " and the second part";

        Assert.That(new SourceText(text).Find("the first part ... and the second part").IsFound, Is.EqualTo(found));
    }

    [Test]
    public void Find_OmissionWithALaterChain_TakesTheOneThatHolds()
    {
        string text = "alpha one. beta two. " + new string('.', 300) + " beta two. " + new string('.', 200) + " gamma three. alpha one, beta two, gamma three";

        SourceQuote result = new SourceText(text).Find("alpha one ... beta two ... gamma three");

        Assert.That(result.Offset, Is.Zero);
        Assert.That(result.Text, Does.EndWith(" gamma three").And.Not.Contain("alpha one,"));
    }

    [TestCase(14, 1, false)]
    [TestCase(19, 2, true)]
    [TestCase(19, 3, false)]
    [TestCase(99, 14, true)]
    [TestCase(99, 15, false)]
    [TestCase(599, 40, true)]
    [TestCase(599, 41, false)]
    [TestCase(1100, 1, false)]
    public void Find_Bound_IsFifteenPercentAndForty(int length, int edits, bool found)
    {
        string words = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i * i % 23))));
        string quote = string.Concat(words.Select((c, i) => i % 2 == 1 && i / 2 < edits ? '#' : c));

        SourceQuote result = new SourceText($"Before it {words} after it").Find(quote);

        Assert.That((result.IsFound, result.Distance), Is.EqualTo((found, found ? edits : (int?)null)));
    }

    [FsCheck.NUnit.Property(MaxTest = 1500)]
    public Property Find_EditedSlice_IsFoundAtMostThatFarOff() => Prop.ForAll(
        (from words in Gen.Elements("night", "buses", "“free", "tram”", "–", "and", "café", "cafe\u0301", "😭", "Öl", "a", "it’s", "6.4", "漢字").ListOf(120)
         from gaps in Gen.Elements(" ", " ", "\n", "\r\n", ", ", "  ").ListOf(120)
         let pieces = words.Zip(gaps, (word, gap) => word + gap).ToArray()
         let text = string.Concat(pieces)
         from start in Gen.Choose(0, 80)
         from length in Gen.Choose(8, 40)
         from share in Gen.Choose(0, 5)
         from seed in Gen.Choose(0, int.MaxValue)
         let slice = string.Concat(pieces.Skip(start).Take(length))
         let edits = Edits.Runes(Edits.Folded(slice).Trim()).Length * share / 100
         select (Text: text, Quote: Edits.Apply(slice, edits, seed), Most: edits)).ToArbitrary(),
        sample =>
        {
            SourceQuote found = new SourceText(sample.Text).Find(sample.Quote);

            // An edit between a letter and its accent changes three folded characters.
            return found.IsFound && found.Distance <= 3 * sample.Most && IsTrue(sample.Text, sample.Quote, found);
        });

    [FsCheck.NUnit.Property(MaxTest = 1500)]
    public Property Find_PlainEditedSlice_IsFoundAtMostThatFarOff() => Prop.ForAll(
        (from text in Gen.Elements("abcdefghijklmnopqrs tuvw xyz漢😭".EnumerateRunes().Select(rune => rune.ToString()).ToArray()).ListOf(600).Select(string.Concat)
         from start in Gen.Choose(0, 300)
         from length in Gen.Choose(30, 300)
         from share in Gen.Choose(0, 12)
         from seed in Gen.Choose(0, int.MaxValue)
         let slice = Edits.Folded(string.Concat(text.EnumerateRunes().Skip(start).Take(length))).Trim()
         let edits = Math.Min(40, Edits.Runes(slice).Length * share / 100)
         let quote = Edits.Apply(slice, edits, seed)
         where !quote.Contains("  ", StringComparison.Ordinal)
         select (Text: text, Quote: quote, Most: edits)).ToArbitrary(),
        sample =>
        {
            SourceQuote found = new SourceText(sample.Text).Find(sample.Quote);
            return found.IsFound && found.Distance <= sample.Most && IsTrue(sample.Text, sample.Quote, found);
        });

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property Find_UnrelatedQuote_IsNotFound() => Prop.ForAll(
        (from text in Gen.Elements("abcdefghijklm nop".ToCharArray()).ListOf(2000)
         from quote in Gen.Elements("abcdefghijklm nop".ToCharArray()).ListOf(60)
         select (Text: string.Concat(text), Quote: string.Concat(quote))).ToArbitrary(),
        sample => new SourceText(sample.Text).Find(sample.Quote) == new SourceQuote { Text = sample.Quote });

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public Property Find_AnyMarksAndPairs_CutsNothing() => Prop.ForAll(
        (from text in Pieces from quote in Pieces from start in Gen.Choose(0, 60) select (Text: text, Quote: quote, Start: start)).ToArbitrary(),
        sample => new[] { sample.Quote, string.Concat(sample.Text.EnumerateRunes().Skip(sample.Start).Take(40)) + "x" }.All(quote =>
        {
            SourceQuote found = new SourceText(sample.Text).Find(quote);
            return found.IsFound ? IsWhole(sample.Text, found) : found == new SourceQuote { Text = quote };
        }));

    [Test]
    public void Find_MegabyteOfTheWorst_GivesNothing()
    {
        string[] texts = [new string('a', 1_000_000), string.Concat(Enumerable.Repeat("... ", 250_000)), string.Concat(Enumerable.Repeat("* _", 330_000)), string.Concat(Enumerable.Repeat("abc ", 250_000))];
        string[] quotes =
        [
            new string('a', 800) + new string('b', 200), string.Concat(Enumerable.Repeat("aaa...", 160)) + "b", string.Concat(Enumerable.Repeat("abc ... ", 7)) + "abd",
            string.Concat(Enumerable.Repeat("aaa…aaa…aaab", 20)), new string('*', 500) + "b" + new string('_', 499), new string('.', 999) + "b",
        ];
        foreach (string text in texts)
        {
            var source = new SourceText(text);
            Assert.That(quotes.Select(quote => source.Find(quote)).Where(found => found.IsFound && found.Distance is not <= 40), Is.Empty);
            Assert.That(source.Find(quotes[0]).IsFound, Is.False);
        }
    }

    private static Gen<string> Pieces { get; } = Gen.Elements(
        "ab", " ", "e\u0301", "\u0301", "**", "_", "`", "…", "...", "[...]", "😭", "👨\u200D💻", "\u200B", "“", "-", "\n", "Éa", "ß", "the tram").ListOf(50).Select(string.Concat);

    private static bool IsTrue(string text, string quote, SourceQuote found)
    {
        int distance = Edits.Distance(Edits.Folded(quote).Trim(' ', '"', '\''), Edits.Folded(found.Text).Trim(' ', '"', '\''));
        return IsWhole(text, found)
            && found.Distance is >= 0 and <= 40
            && found.Line == 1 + text[..found.Offset!.Value].Count(c => c == '\n')
            && (found.Distance == 0 || distance == found.Distance || Edits.Distance(Edits.Folded(quote).Trim(' ', '"', '\''), Edits.Folded(found.Text)) == found.Distance);
    }

    private static bool IsWhole(string text, SourceQuote found)
    {
        int start = found.Offset!.Value;
        int end = start + found.Text.Length;
        return found.Text.Length > 0
            && text[start..end] == found.Text
            && !(start > 0 && char.IsLowSurrogate(text[start]))
            && !(end < text.Length && char.IsLowSurrogate(text[end]))
            && found.Text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);
    }
}
