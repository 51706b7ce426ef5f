using DiscordIntel.Analysis.Grounding;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.Grounding;

internal sealed class ApproximateSearchTests
{
    [TestCase("market squarx is old", "the market square is old", 4, 24, 1, TestName = "substituted")]
    [TestCase("market squarx", "the market square is old", 4, 17, 1, TestName = "wrong last letter: the word is taken whole")]
    [TestCase("xarket square", "the market square is old", 4, 17, 1, TestName = "wrong first letter: the word is taken whole")]
    [TestCase("market squarexx", "the market square is old", 4, 17, 2, TestName = "letters too many at the end: none of the text for them")]
    [TestCase("xxx market square", "the market square is old", 0, 17, 3, TestName = "a wrong word at the start: the word is taken whole")]
    [TestCase("qq market square", "(market square) is old", 1, 14, 3, TestName = "a word too many at the start: no white space for it")]
    [TestCase("market square qq", "a market square.", 2, 15, 3, TestName = "a word too many at the end")]
    [TestCase("abcd efgh", "abcx efgh abxd efgh abcd efgx", 0, 9, 1, TestName = "of equal ones the first")]
    [TestCase("abcd efgh", "abxx efgh abcx efgh", 10, 19, 1, TestName = "the nearer one, though later")]
    [TestCase("one 😭 two", "zero one 😀 two three", 5, 15, 1, TestName = "half a pair in common is nothing in common")]
    public void Find_Pattern_IsTightAndNearest(string pattern, string text, int start, int end, int distance)
    {
        var symbols = new SymbolText(text);

        ApproximateMatch? match = ApproximateSearch.Find(symbols, symbols.Encode(pattern), 3, out _);

        Assert.That(match, Is.Not.Null);
        Assert.That(text[symbols.Place(match!.Value.Start)..symbols.Place(match.Value.End)], Is.EqualTo(text[start..end]));
        Assert.That(match.Value.Distance, Is.EqualTo(distance));
    }

    /// <summary>Few letters, so that there are ties and near misses all over, and patterns of up to several blocks.</summary>
    [FsCheck.NUnit.Property(MaxTest = 4000)]
    public Property Find_AnyTexts_AgreesWithTheTable() => Prop.ForAll(
        (from kinds in Gen.Choose(1, 4)
         from text in Gen.Elements("ab c😭"[..kinds].EnumerateRunes().Select(rune => rune.ToString()).ToArray()).ListOf()
         from size in Gen.Choose(1, 9)
         from pattern in Gen.Elements("ab c".Select(c => c.ToString()).ToArray()).ListOf(size)
         from times in Gen.Elements(1, 1, 1, 7, 30)
         from stretch in Gen.Elements(1, 1, 20)
         from bound in Gen.Choose(0, 40)
         let whole = string.Concat(Enumerable.Repeat(string.Concat(pattern), times))
         select (Text: string.Concat(Enumerable.Repeat(string.Concat(text), stretch)), Pattern: whole, Bound: Math.Min(bound, whole.Length - 1))).ToArbitrary(),
        sample => Agrees(sample.Text, sample.Pattern, sample.Bound));

    /// <summary>A piece of the text with random edits: what the search is for.</summary>
    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public Property Find_EditedPiece_AgreesWithTheTable() => Prop.ForAll(
        (from text in Gen.Elements("abcdefghij klmno 漢😭".EnumerateRunes().Select(rune => rune.ToString()).ToArray()).ListOf(700).Select(string.Concat)
         from start in Gen.Choose(0, 300)
         from length in Gen.Choose(16, 300)
         from edits in Gen.Choose(0, 45)
         from seed in Gen.Choose(0, int.MaxValue)
         let pattern = Edits.Apply(string.Concat(text.EnumerateRunes().Skip(start).Take(length)), Math.Min(edits, length / 6), seed)
         select (Text: text, Pattern: pattern, Bound: Math.Min(40, pattern.Length * 15 / 100))).ToArbitrary(),
        sample => Agrees(sample.Text, sample.Pattern, sample.Bound));

    [TestCase(1_000_000, 1, TestName = "nothing in common: one block a character")]
    [TestCase(1_000_000, 16, TestName = "all alike: all blocks")]
    public void Find_Megabyte_ComputesNoMoreBlocksThanThis(int length, int blocks)
    {
        var symbols = new SymbolText(blocks == 1 ? string.Concat(Enumerable.Repeat("the bus ", length / 8)) : new string('a', length));
        int[] pattern = symbols.Encode(blocks == 1 ? new string('q', 1000) : new string('a', 900) + new string('b', 100));

        ApproximateMatch? match = ApproximateSearch.Find(symbols, pattern, 40, out int work);

        Assert.That(match, Is.Null);
        Assert.That(work, Is.LessThanOrEqualTo(length * blocks).And.GreaterThanOrEqualTo(length));
    }

    [Test]
    public void Find_MoreThanTheMostWork_StopsThere()
    {
        var symbols = new SymbolText(new string('a', 3_000_000));

        ApproximateSearch.Find(symbols, symbols.Encode(new string('a', 900) + new string('b', 100)), 40, out int work);

        Assert.That(work, Is.InRange(ApproximateSearch.MostWork, ApproximateSearch.MostWork + 16));
    }

    private static bool Agrees(string text, string pattern, int bound)
    {
        text = Edits.Folded(text);
        var symbols = new SymbolText(text);
        ApproximateMatch? match = ApproximateSearch.Find(symbols, symbols.Encode(pattern), bound, out int work);
        int best = Edits.DistanceToBest(pattern, text);
        if (work > symbols.Length * ((pattern.Length / 64) + 1))
        {
            return false;
        }

        if (match is not { } found)
        {
            return best > bound;
        }

        string words = text[symbols.Place(found.Start)..symbols.Place(found.End)];
        return found.Distance == best && best <= bound && words.Trim(' ') == words && Edits.Distance(pattern, words) == best;
    }
}
