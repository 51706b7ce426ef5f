using DiscordIntel.Analysis.LongContent;
using DiscordIntel.Analysis.Transcripts;
using DiscordIntel.Tests.Analysis.Transcripts;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.LongContent;

internal sealed class ContentSplitterTests
{
    [TestCase("", 10)]
    [TestCase("", 0)]
    [TestCase("short", 2)]
    [TestCase("exactly sixteen.", 4)]
    public void Split_ContentWithinTheBudget_IsOnePart(string content, int maxTokens) =>
        Assert.That(Split(content, maxTokens, 1), Is.EqualTo(new[] { new ContentPart(1, 0, content.Length, 0, null) }));

    [Test]
    public void Split_ShortTurns_SplitsAtTurns()
    {
        string content = string.Join("\n", Enumerable.Range(0, 200).Select(i => $"{(i % 2 == 0 ? "Mara" : "Jonas")}: Sentence one of {i}. Sentence two.\n\nAnd a paragraph."));
        var transcript = Transcript.Read(content);
        ContentPart[] parts = [.. ContentSplitter.Split(content, transcript, 300, 30)];

        Assert.That(parts, Has.Length.GreaterThan(5));
        Assert.That(parts.Select(part => part.Start), Is.SubsetOf(transcript.Turns.Select(turn => turn.Start)));
        Assert.That(parts.Skip(1).Select(part => part.ContextStart), Is.SubsetOf(transcript.Turns.Select(turn => turn.Start)));
        Assert.That(parts.Skip(1).Where(part => part.ContextStart == part.Start), Is.Empty);
        Assert.That(parts.Select(part => part.ContinuedSpeaker), Is.All.Null);
    }

    [TestCase("\n\n", "One line. Here\nis more of it. And more.\n", TestName = "Split_Prose_SplitsAtParagraphs")]
    [TestCase("\n", "One sentence here. And another one of them. ", TestName = "Split_Prose_SplitsAtLines")]
    [TestCase(". ", "one clause of it, then the rest of it", TestName = "Split_Prose_SplitsAtSentences")]
    [TestCase("。", "漢字漢字漢字漢字", TestName = "Split_Prose_SplitsAtFullWidthStops")]
    [TestCase(" ", "Someword", TestName = "Split_Prose_SplitsAtSpace")]
    public void Split_Prose_SplitsAt(string border, string unit)
    {
        string content = string.Join(border, Enumerable.Repeat(char.ToUpperInvariant(unit[0]) + unit[1..].TrimEnd(), 200));
        ContentPart[] parts = [.. Split(content, 100, 20)];

        Assert.That(parts, Has.Length.GreaterThan(3));
        Assert.That(parts.SkipLast(1).Where(part => !content[..part.End].EndsWith(border, StringComparison.Ordinal)), Is.Empty);
        Assert.That(parts.Skip(1).Where(part => char.IsLower(content[part.ContextStart])), Is.Empty);
        Assert.That(parts.Skip(1).Where(part => part.ContextStart == part.Start), Is.Empty);
    }

    [Test]
    public void Split_LongTurn_NamesWhoGoesOn()
    {
        string speech = string.Concat(Enumerable.Range(0, 100).Select(i => $"This is sentence number {i}. "));
        string content = $"Jonas: Well?\nMara: {speech}\nJonas: I see.";
        ContentPart[] parts = [.. Split(content, 200, 20)];

        Assert.That(parts, Has.Length.GreaterThan(2));
        Assert.That(parts[0].ContinuedSpeaker, Is.Null);
        Assert.That(parts.Skip(1).Select(part => part.ContinuedSpeaker), Is.All.EqualTo("Mara"));
        Assert.That(parts.Skip(1).Select(part => content[part.ContextStart..]), Is.All.StartWith("This is"));
        Assert.That(parts.Skip(1).Select(part => content[part.Start..]), Is.All.StartWith("This is"));
    }

    [Test]
    public void Split_TurnThatFitsTheOverlap_RepeatsItsLabel()
    {
        string content = string.Concat(Enumerable.Range(0, 20).Select(i =>
            $"{(i % 2 == 0 ? "Mara" : "Jonas")}: {string.Concat(Enumerable.Repeat("A sentence of words. ", 8)).TrimEnd()}\n"));
        ContentPart[] continued = [.. Split(content, 80, 40).Where(part => part.ContinuedSpeaker is not null)];

        Assert.That(continued, Is.Not.Empty);
        Assert.That(continued.Select(part => content[part.ContextStart..].Split(':')[0]), Is.EqualTo(continued.Select(part => part.ContinuedSpeaker)));
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(100)]
    public void Split_GiantWord_CutsBetweenTextElements(int maxTokens)
    {
        string content = string.Concat(Enumerable.Repeat("e\u0301😭", 300));
        ContentPart[] parts = [.. Split(content, maxTokens, 0)];

        Assert.That(parts.Select(part => content[part.Start]), Is.All.AnyOf('e', '\uD83D'));
        Assert.That(parts.Select(part => TokenEstimate.Of(content.AsSpan(part.Start, part.End - part.Start))), Is.All.LessThanOrEqualTo(maxTokens));
    }

    [Test]
    public void Split_TextElementOverTheBudget_IsCutBetweenCodePoints()
    {
        string content = "a" + new string('\u0301', 1000);
        ContentPart[] parts = [.. Split(content, 10, 5)];
        Assert.That(parts.Select(part => TokenEstimate.Of(content.AsSpan(part.ContextStart, part.End - part.ContextStart))), Is.All.LessThanOrEqualTo(10));
    }

    [Test]
    public void Split_LabelOverTheBudget_StaysWhole()
    {
        const string content = "Maximiliane von Hohenfels: a\nJonathan Featherstone: b\nMaximiliane von Hohenfels: c";
        string[] parts = [.. Split(content, 2, 1).Select(part => content[part.Start..part.End])];
        Assert.That(parts, Has.Member("Maximiliane von Hohenfels:").And.Member("Jonathan Featherstone:"));
    }

    [Test]
    public void Split_Euthyphro_CoversTheDialogueInEvenParts()
    {
        string content = RealTranscriptTests.Shared("euthyphro.txt");
        var transcript = Transcript.Read(content);
        foreach ((int max, int overlap) in new[] { (200, 20), (500, 50), (1000, 100), (3000, 200), (9000, 200) })
        {
            IReadOnlyList<ContentPart> parts = ContentSplitter.Split(content, transcript, max, overlap);
            SplitRules.Check(parts, content, transcript, max, overlap);
            int[] sizes = [.. parts.Select(part => part.End - part.Start)];
            TestContext.Out.WriteLine($"{max}/{overlap}: {parts.Count} parts, {sizes.Min()} to {sizes.Max()} characters, "
                + $"{parts.Count(part => part.ContinuedSpeaker is null)} at turns");
            Assert.That(sizes.Min(), Is.GreaterThan(sizes.Max() / 4));
            Assert.That(parts, Has.Count.LessThanOrEqualTo(2 + (TokenEstimate.Of(content) * 3 / 2 / (max - overlap))));
        }
    }

    [Test]
    public void Split_ForumScene_SplitsAtTurns()
    {
        string content = RealTranscriptTests.Shared("julius-caesar-forum.txt", "\r\n");
        var transcript = Transcript.Read(content);
        IReadOnlyList<ContentPart> parts = ContentSplitter.Split(content, transcript, 700, 60);

        SplitRules.Check(parts, content, transcript, 700, 60);
        Assert.That(parts, Has.Count.GreaterThan(4));
        Assert.That(parts.Select(part => part.ContinuedSpeaker), Is.All.Null);
    }

    [Test]
    [CancelAfter(60_000)]
    public void Split_Megabytes_TakeNoQuadraticTime(CancellationToken token)
    {
        string[] pieces = ["a", " ", "\n", "word ", "e\u0301", "\u0301", "😭", "漢。", ". ", "\"", "A: b\n", "A:\n\n\n\n\n\n", "[21:04] kestrel: yes\n", "\uD83D"];
        foreach (string content in pieces.Select(piece => string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length)))
            .Append("A: b\nA:" + new string(' ', 1_000_000) + "c").Append("A: b\nA:" + new string('\n', 1_000_000) + "c"))
        {
            var transcript = Transcript.Read(content);
            foreach (int max in new[] { 100, 4000 })
            {
                SplitRules.Check(ContentSplitter.Split(content, transcript, max, max / 3), content, transcript, max, max / 3);
                token.ThrowIfCancellationRequested();
            }
        }
    }

    private static IReadOnlyList<ContentPart> Split(string content, int maxTokens, int overlapTokens) =>
        ContentSplitter.Split(content, Transcript.Read(content), maxTokens, overlapTokens);
}
