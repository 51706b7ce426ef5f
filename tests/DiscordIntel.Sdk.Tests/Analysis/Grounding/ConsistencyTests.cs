using DiscordIntel.Analysis;
using DiscordIntel.Analysis.Grounding;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.Grounding;

internal sealed class ConsistencyTests
{
    private const ModelBelief T = ModelBelief.LikelyTrue;
    private const ModelBelief F = ModelBelief.LikelyFalse;
    private const ModelBelief U = ModelBelief.Unsure;

    [TestCase(8, true, new[] { F, F, T })]
    [TestCase(7, true, new[] { F })]
    [TestCase(6.9, false, new[] { F, F, F })]
    [TestCase(8, false, new[] { F, T })]
    [TestCase(8, false, new[] { F, U, U })]
    [TestCase(8, false, new[] { T, T })]
    [TestCase(3, true, new[] { T, T, F })]
    [TestCase(3.1, false, new[] { T, T, T })]
    [TestCase(0, false, new[] { T, F })]
    [TestCase(0, false, new[] { F })]
    [TestCase(9, false, new ModelBelief[0])]
    [TestCase(1, false, new ModelBelief[0])]
    public void Contradictions_BeliefsOfAFactCheck_MustFitTheScore(double score, bool contradicts, ModelBelief[] beliefs)
    {
        Assert.That(Find(score, "Plain.", AnalysisKind.FactCheck, beliefs), Has.Length.EqualTo(contradicts ? 1 : 0));
        Assert.That(Find(score, "Plain.", AnalysisKind.Debate, beliefs), Is.Empty);
        Assert.That(Find(score, "Plain.", AnalysisKind.Sentiment, beliefs), Is.Empty);
    }

    [Test]
    public void Contradictions_BeliefsWithoutConfidence_DoNotCount() =>
        Assert.That(Consistency.Contradictions(Analysis(9, "Plain.", AnalysisKind.FactCheck, [F, F, T], 0.49)), Is.Empty);

    [TestCase("Well argued: 8/10.", 8)]
    [TestCase("8/10", 8)]
    [TestCase("A fair debate (7.5/10), though heated.", 7.5)]
    [TestCase("Overall, 8 out of 10.", 8)]
    [TestCase("Insgesamt 8 von 10.", 8)]
    [TestCase("Insgesamt 7,5 von 10, weil beide zuhören.", 7.5)]
    [TestCase("Score: 8", 8)]
    [TestCase("Score: 8. Both sides listen.", 8)]
    [TestCase("**Score:** 8.5\nBoth sides listen.", 8.5)]
    [TestCase("Score: 8/10 – both sides listen.", 8)]
    [TestCase("Score: 90%.", 9)]
    [TestCase("Overall nine out of ten.", 9)]
    [TestCase("A solid eight out of 10, all in all: eight out of ten", 8)]
    [TestCase("Bewertung: 9, denn beide hören zu.", 9)]
    public void Contradictions_StatedScore_MustBeTheScore(string summary, double stated)
    {
        Assert.That(Find(stated, summary), Is.Empty);
        Assert.That(Find(stated - 0.5, summary), Is.Empty);
        Assert.That(Find(stated - 0.6, summary), Has.Length.EqualTo(1));
        Assert.That(Find(2, summary).Single(), Does.StartWith("The summary states a score of ").And.EndsWith(" but the score is 2."));
    }

    [TestCase("They met on 8/10/2024.")]
    [TestCase("They met on 8/10.")]
    [TestCase("The bill passed 18/10.")]
    [TestCase("The deadline is 2024/8/10.")]
    [TestCase("8 out of 10 drivers agree.")]
    [TestCase("8 von 10 Fahrern sind dafür.")]
    [TestCase("Mara gives the plan 8/10.")]
    [TestCase("The ratio is 8/100.")]
    [TestCase("Score: 3-1 for the home team.")]
    [TestCase("Score: 80% of the goals.")]
    [TestCase("Nine out of ten drivers agree.")]
    [TestCase("Mara says nine out of ten.")]
    [TestCase("Score: 8 goals in one match.")]
    [TestCase("Score: 85")]
    [TestCase("It is 3/10 on form and 2/10, or 5/10.")]
    [TestCase("")]
    public void Contradictions_OtherNumbers_AreNoScore(string summary) => Assert.That(Find(5, summary), Is.Empty);

    [TestCase("The claims were verified.", true)]
    [TestCase("Two points hold. The figures have been independently confirmed.", true)]
    [TestCase("The statement about trams is proven false.", true)]
    [TestCase("All claims are debunked!", true)]
    [TestCase("It is confirmed as true that trams are free.", true)]
    [TestCase("The main points have been discussed and the figures have been verified.", true)]
    [TestCase("Mara's claim about the night buses was debunked.", true)]
    [TestCase("The myth was thoroughly debunked.", true)]
    [TestCase("Both have been verified.", true)]
    [TestCase("The numbers for last winter have since been disproved.", true)]
    [TestCase("The statistics were fact-checked.", true)]
    [TestCase("The claim is true and verified.", true)]
    [TestCase("It has been proven that trams are free.", true)]
    [TestCase("Mara thinks that it has been proven often enough.", false)]
    [TestCase("The claims have not been verified.", false)]
    [TestCase("The claim was debunked by Jonas.", false)]
    [TestCase("Jonas insists that it was debunked.", false)]
    [TestCase("Her account was verified last year.", false)]
    [TestCase("The claims were not verified.", false)]
    [TestCase("None of the claims is verified.", false)]
    [TestCase("The claims are unverified.", false)]
    [TestCase("The claims could be verified with the register.", false)]
    [TestCase("It isn't proven true.", false)]
    [TestCase("Jonas says the plan was proven false.", false)]
    [TestCase("The figure was confirmed by Jonas.", false)]
    [TestCase("The mayor was confirmed in office.", false)]
    [TestCase("Mara demands that the claims are verified.", false)]
    [TestCase("Verified accounts argue loudly.", false)]
    public void Contradictions_SummaryThatSettlesWhatNobodyChecked_IsReported(string summary, bool contradicts)
    {
        Assert.That(Find(5, summary, AnalysisKind.Debate, [T, F]), Has.Length.EqualTo(contradicts ? 1 : 0));
        Assert.That(Find(5, summary), Is.Empty, "without claims nothing is said of them");

        ContentAnalysis one = Analysis(5, summary, AnalysisKind.Debate, [T, F], 0.9);
        Assert.That(Consistency.Contradictions(one with { Claims = [one.Claims[0] with { Verdict = ClaimVerdict.Verified }, one.Claims[1]] }), Is.Empty);
    }

    [TestCase("All claims are true.", new[] { T, F }, "calls every claim true, but 1 of the claims is disputed or believed false.")]
    [TestCase("Heated, but all of the claims made here are likely correct!", new[] { F, F }, "calls every claim true, but 2 of the claims are disputed or believed false.")]
    [TestCase("Both statements are false.", new[] { T, F }, "calls every claim false, but 1 of the claims is verified or believed true.")]
    [TestCase("All claims are true.", new[] { T, U }, null)]
    [TestCase("All claims are false.", new[] { F, U }, null)]
    [TestCase("Not all claims are true.", new[] { T, F }, null)]
    [TestCase("Jonas says that all claims are true.", new[] { T, F }, null)]
    [TestCase("Most claims are true.", new[] { T, F }, null)]
    [TestCase("All claims are loud.", new[] { T, F }, null)]
    public void Contradictions_SummaryOfEveryClaim_MustFitEach(string summary, ModelBelief[] beliefs, string? expected)
    {
        string[] found = [.. Consistency.Contradictions(Analysis(5, summary, AnalysisKind.Debate, beliefs, 0.5))];
        Assert.That(found, expected is null ? Is.Empty : Is.EqualTo(new[] { $"The summary {expected}" }));
        Assert.That(Consistency.Contradictions(Analysis(5, summary, AnalysisKind.Debate, beliefs, 0.4)), Is.Empty, "beliefs without confidence do not count");
    }

    [Test]
    public void Contradictions_DisputedClaim_IsNoTrueOne()
    {
        ContentAnalysis analysis = Analysis(5, "All claims are true.", AnalysisKind.Debate, [T], 0.9);
        Assert.That(
            Consistency.Contradictions(analysis with { Claims = [analysis.Claims[0] with { Verdict = ClaimVerdict.Disputed }] }).Single(),
            Is.EqualTo("The summary calls every claim true, but 1 of the claims is disputed or believed false."));
    }

    [Test]
    public void Contradictions_Several_AreAllReportedWithoutTheSummary()
    {
        string[] found = Find(9, "Zebra: the claims are verified, 2/10.", AnalysisKind.FactCheck, [F, F, T]);

        Assert.That(found, Is.EqualTo(new[]
        {
            "The score of 9 means that the claims are mostly true, but of the 3 believed with a confidence of 0.5 or more, 2 are believed false.",
            "The summary states a score of 2, but the score is 9.",
            "The summary speaks of something as verified or disproved, but every claim is unverified: no evidence settles one.",
        }));
    }

    private static string[] Find(double score, string summary, AnalysisKind kind = AnalysisKind.Debate, ModelBelief[]? beliefs = null) =>
        [.. Consistency.Contradictions(Analysis(score, summary, kind, beliefs ?? [], 0.5))];

    private static ContentAnalysis Analysis(double score, string summary, AnalysisKind kind, ModelBelief[] beliefs, double confidence)
    {
        var quote = new SourceQuote { Text = "words" };
        return new ContentAnalysis
        {
            Kind = kind,
            Score = score,
            Confidence = 0.5,
            Summary = summary,
            KeyPoints = [new KeyPoint { Text = "A point.", Quote = quote }],
            BiasIndicators = [],
            Claims = [.. beliefs.Select(belief => new Claim
            {
                Text = "A claim.", Quote = quote, Verdict = ClaimVerdict.Unverified, Belief = belief, Confidence = confidence,
            })],
        };
    }
}
