using System.Text.Json;
using DiscordIntel.Analysis.Grounding;
using DiscordIntel.Analysis.LongContent;
using DiscordIntel.Analysis.Replies;
using DiscordIntel.Analysis.Transcripts;
using DiscordIntel.Structured;
using DiscordIntel.Structured.Schemas;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.LongContent;

#pragma warning disable NUnit1027 // FsCheck gives the arguments.

/// <summary>What is put together without a model is as lawful as a model's answer, and holds nothing that the parts do not.</summary>
internal sealed class MechanicalMergeTests
{
    private static readonly StructuredSchema Schema = CompiledSchema.Of(AnalysisJson.Default.SentimentReply).Schema!;
    private const string Content = "Mara: Hi.\nJonas: Ho.\nMara: Hi.\nJonas: Ho.";
    private static readonly SpeakerLookup Names = new(Content, Transcript.Read(Content));

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public Property Of_AnyParts_IsLawfulAndInventsNothing() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).Select(seed => new Random(seed)).Select(random => Enumerable.Range(1, random.Next(1, 40)).Select(part => Part(part, random)).ToArray()).ToArbitrary(),
        parts =>
        {
            (AnalysisReply reply, int leftOut) = MechanicalMerge.Of(parts, Names);

            var mood = (SentimentReply)reply;
            Assert.That(Schema.Validate(JsonSerializer.Serialize(mood, AnalysisJson.Default.SentimentReply)).Issues, Is.Empty);
            SentimentReply[] replies = [.. parts.Select(part => (SentimentReply)part.Reply)];
            Assert.That(mood.Score, Is.InRange(replies.Min(part => part.Score), replies.Max(part => part.Score)));
            Assert.That(mood.Score, Is.EqualTo(parts.Sum(part => part.Reply.Score * part.Length) / parts.Sum(part => part.Length)).Within(1e-9));
            Assert.That(mood.KeyPoints, Is.SubsetOf(replies.SelectMany(part => part.KeyPoints)));
            Assert.That(mood.Claims, Is.SubsetOf(replies.SelectMany(part => part.Claims)));
            Assert.That(mood.Speakers.Select(speaker => Names.Key(speaker.Name)), Is.Unique);
            int said = replies.SelectMany(part => part.Claims).DistinctBy(claim => $"{claim.Text}\n{claim.Quote}", StringComparer.OrdinalIgnoreCase).Count();
            Assert.That(leftOut > 0 || mood.Claims.Count == said, Is.True, "what is left out is counted; what is said twice is said once");
        });

    [Test]
    public void Of_OnePart_IsThatPart()
    {
        ReadPart part = Part(1, new Random(1));
        (AnalysisReply reply, int leftOut) = MechanicalMerge.Of([part], Names);

        Assert.That((reply.Score, reply.Confidence, leftOut), Is.EqualTo((part.Reply.Score, part.Reply.Confidence, 0)));
        Assert.That(reply.KeyPoints, Is.EqualTo(part.Reply.KeyPoints));
    }

    [Test]
    public void Of_MeanOfEqualScores_IsThatScoreWhateverTheRounding()
    {
        ReadPart[] parts = [.. Enumerable.Range(1, 97).Select(i => Part(i, new Random(i)))];
        foreach (ReadPart part in parts)
        {
            Assert.That(part.Reply.Score, Is.InRange(0, 10));
        }

        Assert.That(MechanicalMerge.Of([.. parts.Select(part => part with { Reply = part.Reply with { Score = 10, Confidence = 1 } })], Names).Reply, Has.Property("Score").EqualTo(10).And.Property("Confidence").EqualTo(1));
    }

    [Test]
    public void Take_MoreThanThereIsRoomFor_TakesTheFirstOfEveryPartAndThenEvenly()
    {
        var share = new FairShare();

        Assert.That(share.Take([["a1", "a2", "a3"], ["b1"], ["c1", "A1", "c3"]], 4, item => item), Is.EqualTo(new[] { "a1", "a2", "b1", "c1" }), "what is said twice is taken once");
        Assert.That(share.LeftOut, Is.EqualTo(2));
        Assert.That(share.Take(Enumerable.Range(0, 100).Select(i => new[] { i }), 4, item => $"{item}"), Is.EqualTo(new[] { 0, 33, 66, 99 }), "from the whole of the text");
    }

    [TestCase(new[] { "One.", "one. ", "Two." }, 500, 8, "One.|Two.")]
    [TestCase(new[] { " ", "" }, 500, 8, " ")]
    [TestCase(new[] { "The first part says this.", "The last one says that." }, 30, 2, "The first…|The last one…")]
    [TestCase(new[] { "aaaaaaaa", "bbbbbbbb", "cccccccc" }, 11, 2, "aaaa…|cccc…")]
    [TestCase(new[] { "\U0001F68B\U0001F68B\U0001F68B" }, 4, 1, "\U0001F68B…")]
    public void Joined_Texts_KeepToTheLength(string[] texts, int most, int pieces, string expected)
    {
        string joined = JoinedText.Of(texts, "|", most, pieces);

        Assert.That(joined, Is.EqualTo(expected));
        Assert.That(joined, Has.Length.LessThanOrEqualTo(most));
    }

    private static ReadPart Part(int number, Random random) => new(number, number, random.Next(1, 50_000), new SentimentReply
    {
        Summary = Text(random, 500),
        Score = Math.Round(random.NextDouble() * 10, 2),
        Confidence = Math.Round(random.NextDouble(), 2),
        Overall = Text(random, 80),
        KeyPoints = Many(random, 1, 10, () => new PointReply { Text = Text(random, 400), Quote = Text(random, 1000) }),
        BiasIndicators = Many(random, 0, 5, () => new BiasReply { Type = Text(random, 80), Explanation = Text(random, 400), Quote = Text(random, 1000) }),
        Speakers = Many(random, 0, 12, () => new SpeakerMoodReply { Name = random.Next(3) switch { 0 => "MARA", 1 => "Jonas.", _ => Text(random, 80) }, Score = random.Next(11), Summary = Text(random, 400) }),
        Emotions = Many(random, 0, 12, () => new EmotionReply { Name = Text(random, 80), Speaker = null, Intensity = 0.5, Quote = Text(random, 1000) }),
        TurningPoints = Many(random, 0, 12, () => new TurnReply { Text = Text(random, 400), Quote = Text(random, 1000) }),
        Claims = Many(random, 0, 20, () => new ClaimReply { Text = Text(random, 400), Quote = Text(random, 1000), Belief = default, Confidence = 0.5 }),
    });

    private static List<T> Many<T>(Random random, int fewest, int most, Func<T> make) => [.. Enumerable.Range(0, random.Next(fewest, most + 1)).Select(_ => make())];

    private static string Text(Random random, int most)
    {
        string[] pieces = ["trams ", "\U0001F68B", "é", "長い", "\n", "Mara "];
        string text = string.Concat(Enumerable.Range(0, random.Next(1, 3) == 1 ? 2 : most).Select(_ => pieces[random.Next(pieces.Length)]));
        text = text.Length <= most ? text : text[..most];
        return char.IsHighSurrogate(text[^1]) ? text[..^1] + "x" : text;
    }
}
