using DiscordIntel.Analysis;
using DiscordIntel.Analysis.Grounding;
using DiscordIntel.Analysis.LongContent;
using DiscordIntel.Analysis.Transcripts;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.Grounding;

/// <summary>Speakers are held against those of the text, however the model spells them.</summary>
internal sealed class GroundTests
{
    private const string Fancy = "\U0001D4DC\U0001D4EA\U0001D4FB\U0001D4EA";
    private const string OtherFancy = "\U0001D4D9\U0001D4F8";

    private readonly List<string> _warnings = [];

    [SetUp]
    public void Clear() => _warnings.Clear();

    [TestCase("Mara", "Mara")]
    [TestCase("MARA", "Mara")]
    [TestCase("**Mara**:", "Mara")]
    [TestCase(" Jonas. ", "Jonas")]
    [TestCase("", null)]
    [TestCase("  ", null)]
    [TestCase(null, null)]
    public void Speaker_OfTheText_IsNamedAsTheTextNamesThem(string? named, string? expected)
    {
        Assert.That(Of("Mara: Hi.\nJonas: Ho.\nMara: Hi.").Speaker(named, "Fallacy 1"), Is.EqualTo(expected));
        Assert.That(_warnings, Is.Empty);
    }

    [Test]
    public void Speaker_OfSomebodyElsesWords_IsToldOnceForAll()
    {
        Ground ground = Of("Mara: The trams are late again.\nJonas: They were on time today.\nMara: Not mine.");
        List<string?> speakers = ground.Items(
            "Fallacy", ["The trams are late again.", "They were on time today."], quote => quote, (_, quote, place) => ground.Speaker("Mara", quote, place));
        ground.Close();

        Assert.That(speakers, Is.EqualTo(new[] { "Mara", "Mara" }));
        Assert.That(_warnings, Is.EqualTo(new[] { "Words of another speaker are quoted for the one named: Fallacy 2." }));
    }

    [TestCase("The pilot carried 2,810 people in one winter.", false)]
    [TestCase("The pilot carryed 2,310 people in one winter.", true)]
    [TestCase("The night bus costs nine million euros a year, and it is worth it", false)]
    [TestCase("The night bus costs five million euros a year, and it is not worth it", false)]
    [TestCase("The night buss costs five million euros a year, and it is worth it", true)]
    public void Items_QuoteNearlyRight_IsFoundAndToldUnlessANumberOrADenialDiffers(string quote, bool found)
    {
        Ground ground = Of("Mara: The pilot carried 2,310 people in one winter. The night bus costs five million euros a year, and it is worth it.");
        SourceQuote looked = ground.Items("Claim", [quote], given => given, (_, where, _) => where).Single();

        Assert.That(looked.IsFound, Is.EqualTo(found));
        Assert.That(_warnings.Single(), Does.StartWith(found ? "Claim 1: its quote differs from the content in" : "Claim 1: its quote is not in the content."));
    }

    [TestCase("e", null)]
    [TestCase("the", null)]
    [TestCase("?", null)]
    [TestCase("Mara", null)]
    [TestCase("bus", null)]
    [TestCase("late", null)]
    [TestCase("I am", null)]
    [TestCase("liar", "liar")]
    [TestCase("Nope", "Nope")]
    [TestCase("no.", "No")]
    [TestCase("No!", "No")]
    [TestCase("😭", "😭")]
    [TestCase("是", null)]
    [TestCase("公交", "公交")]
    [TestCase("我们都", "我们都")]
    [TestCase("is so late", "is so late")]
    public void Items_ShortQuote_IsEvidenceOnlyAsAWholeLineOrAWordThatStandsOnce(string quote, string? found)
    {
        const string content = "Mara: The bus is so late, the bus is late. I am cold?\nJonas: No!\nMara: \"Nope\", liar; no. I am the planner 😭 公交是我们都坐的。\nJonas: So late?";
        SourceQuote looked = Of(content).Items("Claim", [quote], given => given, (_, where, _) => where).Single();

        Assert.That((looked.IsFound, looked.Text), Is.EqualTo((found is not null, found ?? quote)));
        Assert.That(_warnings, Is.EqualTo(found is null ? new[] { "Claim 1: its quote is too short to be evidence." } : []));
        if (looked.IsFound)
        {
            Assert.That(content.Substring(looked.Offset.Value, looked.Text.Length), Is.EqualTo(looked.Text));
            Assert.That(looked.Line, Is.EqualTo(1 + content[..looked.Offset.Value].Count(c => c == '\n')));
        }
    }

    [TestCase("No.", "No", 1)]
    [TestCase("x", "x", 1)]
    [TestCase("No!", "NO.", 1)]
    [TestCase("!!", "!!", 1)]
    public void Items_ShortQuoteThatIsTheWholeContent_IsEvidence(string content, string quote, int line) =>
        Assert.That(Of(content).Items("Claim", [quote], given => given, (_, where, _) => where).Single().Line, Is.EqualTo(line));

    [Test]
    public void Items_ShortQuoteInAMegabyteOfItself_IsNotQuadratic() =>
        Assert.That(Of(string.Concat(Enumerable.Repeat("a ", 500_000))).Items("Claim", ["a", "a", "a"], given => given, (_, where, _) => where).Select(quote => quote.IsFound), Is.All.False);

    [TestCase("Mar")]
    [TestCase("Maras")]
    [TestCase("Hi")]
    [TestCase("!")]
    public void Speaker_NotOfTheText_IsNullWithAWarning(string named)
    {
        Assert.That(Of("Mara: Hi!\nJonas: Ho.\nMara: Hi.").Speaker(named, "Fallacy 1"), Is.Null);
        Assert.That(_warnings, Is.EqualTo(new[] { "Fallacy 1: it names a speaker who does not speak in the content." }));
    }

    [Test]
    public void Speaker_NamesInLettersBeyondSixteenBits_AreToldApart()
    {
        Ground ground = Of($"{Fancy}: Hi.\n{OtherFancy}: Ho.\n{Fancy}: Hi.\n{OtherFancy}: Ho.");

        Assert.That((ground.Speaker(Fancy, "x"), ground.Speaker($"**{OtherFancy}**", "x")), Is.EqualTo((Fancy, OtherFancy)));
        Assert.That(ground.Speaker("\U0001D4D1\U0001D4F8\U0001D4EB", "Emotion 1"), Is.Null);
    }

    [Test]
    public void Speaker_NicksThatDifferByCase_AreToldApart()
    {
        const string content = "kai: One.\nKai: Two words.\nkai: Three.\nKai: Four.\nkai: Five.";
        Ground ground = Of(content);

        Assert.That((ground.Speaker("kai", "x"), ground.Speaker("Kai", "x")), Is.EqualTo(("kai", "Kai")));
        Assert.That(
            Outline.Of(content, new AnalysisOptions()).Shares().Select(share => (share.Name, share.Turns, share.Words)),
            Is.EqualTo(new[] { ("kai", 3, 3), ("Kai", 2, 3) }));
    }

    [TestCase("Ann", "Ann")]
    [TestCase("ann", "Ann")]
    [TestCase("Zebulon", null)]
    [TestCase("Ram", null)]
    [TestCase("e", null)]
    public void Speaker_PlainProse_NeedsToBeNamedInItAsAWord(string named, string? expected) =>
        Assert.That(Of("As planned, Ann said yesterday that trams are free.").Speaker(named, "Claim 1"), Is.EqualTo(expected));

    [Test]
    public void Side_NotOfTheText_KeepsTheModelsWordWithAWarning()
    {
        Assert.That(Of("Mara: Hi.\nJonas: Ho.").Side("The city", "Speaker 2"), Is.EqualTo("The city"));
        Assert.That(_warnings, Is.EqualTo(new[] { "Speaker 2: it names a speaker who does not speak in the content." }));
    }

    private Ground Of(string content) => new(content, Transcript.Read(content), dropUngrounded: false, _warnings);
}
