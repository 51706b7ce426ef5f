using DiscordIntel.Analysis.Evidence;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.Evidence;

/// <summary>The ranking, held against BM25 as it is written down, and against what must hold for any ranking.</summary>
internal sealed class PassageIndexTests
{
    private static readonly string[] Vocabulary = ["tram", "bus", "night", "free", "city", "the", "of", "pilot", "2020", "cost"];

    private static Gen<string> Texts { get; } = Gen.Elements(Vocabulary).NonEmptyListOf().Select(words => string.Join(' ', words));

    private static Gen<(string[] Texts, string Question)> Cases { get; } =
        from texts in Texts.NonEmptyListOf()
        from question in Texts
        select (texts.ToArray(), question);

    [TestCase("PASSENGERS", "one passenger")]
    [TestCase("cafe", "Das Café")]
    [TestCase("caf\u0065\u0301", "Das Café")]
    [TestCase("Strasse 12", "12 Häuser")]
    [TestCase("**Trams**", "the trams run")]
    [TestCase("ТРАМВАЙ", "трамвай")]
    [TestCase("電車は無料", "ルクセンブルクの電車")]
    [TestCase("水", "水")]
    [TestCase("고양이가", "고양이가 있다")]
    public void Find_OtherForm_IsTheSameWord(string question, string text) => Assert.That(Find(question, text), Has.Count.EqualTo(1));

    [TestCase("1234567", "1234568")]
    [TestCase("tram", "trams")]
    [TestCase("кой", "кои")]
    [TestCase("無料", "料無")]
    [TestCase("", "tram")]
    [TestCase("?! --", "tram")]
    [TestCase("tram", "?!")]
    public void Find_OtherWord_IsNotFound(string question, string text) => Assert.That(Find(question, text), Is.Empty);

    [Test]
    public void Find_NoPassages_IsEmpty() => Assert.That(Find("tram"), Is.Empty);

    [Test]
    public void Find_WordsOfTheTitle_Count() =>
        Assert.That(new PassageIndex([new EvidencePassage { Title = "Trams", Text = "They are free." }]).Find("trams", 5), Has.Count.EqualTo(1));

    [Test]
    public void Find_RareWord_WeighsMoreThanACommonOne() =>
        Assert.That(Find("the pilot", "the the the the", "the pilot", "the city", "the bus")[0], Is.EqualTo("the pilot"));

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property Find_AnyTexts_AreRankedAsBm25Says() => Prop.ForAll(Cases.ToArbitrary(), sample =>
    {
        double[] scores = [.. sample.Texts.Select(text => Score(sample.Question, text, sample.Texts))];
        int[] expected = [.. Enumerable.Range(0, scores.Length).Where(i => scores[i] > 0).OrderByDescending(i => Math.Round(scores[i], 9)).ThenBy(i => i)];
        var passages = sample.Texts.Select(text => new EvidencePassage { Title = "", Text = text }).ToArray();
        int[] found = [.. new PassageIndex(passages).Find(sample.Question, int.MaxValue).Select(passage => Array.FindIndex(passages, other => ReferenceEquals(other, passage)))];
        return expected.Order().SequenceEqual(found.Order()) && found.Zip(expected).All(pair => Math.Abs(scores[pair.First] - scores[pair.Second]) < 1e-9);
    });

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property Find_AnyTexts_GivesOnlyThoseThatShareAWordAndNotMoreThanAsked() => Prop.ForAll(Cases.ToArbitrary(), sample =>
    {
        IReadOnlyList<string> found = Find(sample.Question, sample.Texts);
        return found.Count <= 5 && found.All(text => text.Split(' ').Intersect(sample.Question.Split(' ')).Any());
    });

#pragma warning disable NUnit1027 // FsCheck gives the arguments.
    [FsCheck.NUnit.Property(MaxTest = 2000)]
#pragma warning restore NUnit1027
    public bool Of_AnyText_IsAlikeInCapitals(string? text)
    {
        text ??= "";
        return SearchTerms.Of(text).All(term => term.Length > 0) && SearchTerms.Of(text.ToLowerInvariant()).SequenceEqual(SearchTerms.Of(text.ToUpperInvariant().ToLowerInvariant()));
    }

    private static IReadOnlyList<string> Find(string question, params string[] texts) =>
        [.. new PassageIndex([.. texts.Select(text => new EvidencePassage { Title = "", Text = text })]).Find(question, 5).Select(passage => passage.Text)];

    private static double Score(string question, string text, string[] all)
    {
        string[] words = text.Split(' ');
        double mean = all.Average(other => (double)other.Split(' ').Length);
        return question.Split(' ').Distinct().Sum(word =>
        {
            int count = words.Count(other => other == word);
            int with = all.Count(other => other.Split(' ').Contains(word));
            double rarity = Math.Log(1 + ((all.Length - with + 0.5) / (with + 0.5)));
            return rarity * count * 2.2 / (count + (1.2 * (0.25 + (0.75 * words.Length / mean))));
        });
    }
}
