using DiscordIntel.Analysis;
using DiscordIntel.Analysis.Details;
using DiscordIntel.Analysis.Grounding;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.Grounding;

internal sealed class SpeakerConsistencyTests
{
    [TestCase("Jonas wins clearly.")]
    [TestCase("Lively. In the end jonas clearly won the debate.")]
    [TestCase("Jonas has won.")]
    [TestCase("Jonas wins, as Mara gives up.")]
    [TestCase("Jonas comes out ahead.")]
    [TestCase("Jonas is the clear winner.")]
    [TestCase("The winner is Jonas.")]
    [TestCase("The debate goes to Jonas.")]
    [TestCase("Jonas was by far the stronger speaker.")]
    [TestCase("Jonas is clearly the more convincing of the two.")]
    public void Contradictions_WinnerWithTheLowScore_IsReported(string summary)
    {
        Assert.That(Debate(summary, ("Mara", 10), ("Jonas", 0)), Is.EqualTo(new[] { "The summary names speaker 2 as the winner, whose score of 0 is not the highest: that is 10." }));
        Assert.That(Debate(summary, ("Mara", 6.9), ("Jonas", 5)), Is.Empty, "a narrow lead may be told otherwise");
        Assert.That(Debate(summary, ("Mara", 0), ("Jonas", 10)), Is.Empty);
        Assert.That(Debate(summary, ("Jonas", 0)), Is.Empty);
    }

    [TestCase("Mara loses the debate.")]
    [TestCase("Mara clearly lost.")]
    [TestCase("The loser is Mara.")]
    [TestCase("Mara was the weaker debater.")]
    public void Contradictions_LoserWithTheHighScore_IsReported(string summary)
    {
        Assert.That(Debate(summary, ("Mara", 8), ("Jonas", 3)), Is.EqualTo(new[] { "The summary names speaker 1 as the loser, whose score of 8 is the highest." }));
        Assert.That(Debate(summary, ("Mara", 3), ("Jonas", 8)), Is.Empty);
    }

    [TestCase("Jonas won the 2019 election.")]
    [TestCase("Jonas does not win.")]
    [TestCase("Jonas says he wins clearly.")]
    [TestCase("Jonas would win.")]
    [TestCase("Jonas was the better cook.")]
    [TestCase("Jonas was not the stronger speaker.")]
    [TestCase("Jonas-Peter wins nothing.")]
    [TestCase("Jonasson wins clearly.")]
    [TestCase("Jonas wins praise for his tone.")]
    [TestCase("Nobody wins. Jonas shouts.")]
    [TestCase("Mara wins clearly.")]
    [TestCase("Jonas argues; Mara wins.")]
    [TestCase("")]
    public void Contradictions_OtherWords_NameNoWinner(string summary) => Assert.That(Debate(summary, ("Mara", 10), ("Jonas", 0)), Is.Empty);

    [Test]
    public void Contradictions_SpeakerListedTwice_MustHaveOneScore()
    {
        Assert.That(Debate("Plain.", ("Mara", 8), ("Jonas", 3), ("Mara", 2.5)), Is.EqualTo(new[] { "Speakers 1 and 3 are one and the same, but have scores of 8 and 2.5." }));
        Assert.That(Debate("Plain.", ("Mara", 6), ("Mara", 6)), Is.EqualTo(new[] { "Speakers 1 and 2 are one and the same." }));
        Assert.That(Debate("Plain.", ("kes", 8), ("Kes", 2)), Is.Empty, "nicks differ by case");

        ContentAnalysis mood = Analysis("Plain.", AnalysisKind.Sentiment) with
        {
            Sentiment = new SentimentDetail
            {
                Overall = "calm", Emotions = [], TurningPoints = [],
                Speakers = [new SpeakerMood { Name = "Mara", Score = 1, Summary = "x" }, new SpeakerMood { Name = "Mara", Score = 9, Summary = "y" }],
            },
        };
        Assert.That(Consistency.Contradictions(mood), Is.EqualTo(new[] { "Speakers 1 and 2 are one and the same, but have scores of 1 and 9." }));
    }

    [TestCase(10, 0, 0, true)]
    [TestCase(7, 3, 1, true)]
    [TestCase(2, 9, 8, true)]
    [TestCase(7, 3.1, 0, false)]
    [TestCase(3, 7, 6.9, false)]
    [TestCase(5, 0, 10, false)]
    public void Contradictions_ScoreOfADebate_MustFitThoseOfItsSpeakers(double score, double mara, double jonas, bool contradicts)
    {
        ContentAnalysis analysis = WithSides(Analysis("Plain.", AnalysisKind.Debate) with { Score = score }, ("Mara", mara), ("Jonas", jonas));

        Assert.That(Consistency.Contradictions(analysis), contradicts ? Has.One.StartsWith("The debate has a score of ") : Is.Empty);
    }

    private static string[] Debate(string summary, params (string Name, double Score)[] speakers) => [.. Consistency.Contradictions(WithSides(Analysis(summary, AnalysisKind.Debate), speakers))];

    private static ContentAnalysis WithSides(ContentAnalysis analysis, params (string Name, double Score)[] speakers) => analysis with
    {
        Debate = new DebateDetail
        {
            Speakers = [.. speakers.Select(speaker => new DebateSpeaker { Name = speaker.Name, Score = speaker.Score, Position = "x", Arguments = [] })],
            Fallacies = [],
            Rebuttals = [],
        },
    };

    private static ContentAnalysis Analysis(string summary, AnalysisKind kind) => new()
    {
        Kind = kind,
        Score = 5,
        Confidence = 0.5,
        Summary = summary,
        KeyPoints = [],
        BiasIndicators = [],
        Claims = [],
    };
}
