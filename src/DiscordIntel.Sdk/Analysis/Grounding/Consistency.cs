using System.Globalization;
using System.Text.RegularExpressions;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>
/// What can be checked without a model between an analysis' score, its claims and its summary. Words are only those of English (and a stated score in
/// German): a contradiction may be missed, but what is reported is meant to be one.
/// </summary>
#pragma warning disable MA0009 // A timeout for patterns that could take long: every repetition is bounded.
internal static partial class Consistency
{
    private const double Tolerance = 0.5;
    private const double High = 7;
    private const double Low = 3;
    private const double Sure = 0.5;

    private static readonly char[] SentenceEnds = ['.', '!', '?', ';', '\n'];

    /// <summary>A sentence for each contradiction. Nothing of the content or the summary is quoted.</summary>
    public static IEnumerable<string> Contradictions(ContentAnalysis analysis) =>
        new[] { BeliefsAgainstScore(analysis), SummaryAgainstScore(analysis), SummaryAgainstVerdicts(analysis), SummaryAgainstClaims(analysis), ScoreAgainstSides(analysis) }
            .OfType<string>().Concat(SpeakerConsistency.Contradictions(analysis));

    private static string? BeliefsAgainstScore(ContentAnalysis analysis)
    {
        if (analysis.Kind is not AnalysisKind.FactCheck)
        {
            return null;
        }

        Claim[] sure = [.. analysis.Claims.Where(claim => claim.Confidence >= Sure)];
        int wrong = sure.Count(claim => claim.Belief is ModelBelief.LikelyFalse);
        int right = sure.Count(claim => claim.Belief is ModelBelief.LikelyTrue);
        return analysis.Score switch
        {
            >= High when wrong * 2 > sure.Length => Against("mostly true", wrong, "false"),
            <= Low when right * 2 > sure.Length => Against("mostly false", right, "true"),
            _ => null,
        };

        string Against(string meaning, int count, string belief) => string.Create(
            CultureInfo.InvariantCulture,
            $"The score of {analysis.Score:0.##} means that the claims are {meaning}, but of the {sure.Length} believed with a confidence of {Sure} or more, {count} are believed {belief}.");
    }

    private static string? SummaryAgainstScore(ContentAnalysis analysis)
    {
        double[] stated = [.. StatedScores.In(analysis.Summary)];
        return stated.Length > 0 && stated.All(score => Math.Abs(score - analysis.Score) > Tolerance)
            ? string.Create(CultureInfo.InvariantCulture, $"The summary states a score of {stated[0]:0.##}, but the score is {analysis.Score:0.##}.")
            : null;
    }

    private static string? ScoreAgainstSides(ContentAnalysis analysis)
    {
        if (analysis.Debate is not { Speakers.Count: > 0 } debate)
        {
            return null;
        }

        (double worst, double best) = (debate.Speakers.Min(side => side.Score), debate.Speakers.Max(side => side.Score));
        return (analysis.Score >= High && best <= Low) || (analysis.Score <= Low && worst >= High)
            ? string.Create(CultureInfo.InvariantCulture, $"The debate has a score of {analysis.Score:0.##}, but its speakers have scores of {worst:0.##} to {best:0.##}.")
            : null;
    }

    private static string? SummaryAgainstVerdicts(ContentAnalysis analysis) =>
        analysis.Claims.Count > 0
        && analysis.Claims.All(claim => claim.Verdict is ClaimVerdict.Unverified)
        && analysis.Summary.Split(SentenceEnds).Any(sentence => Settled().IsMatch(sentence) && !Hedged().IsMatch(sentence))
            ? "The summary speaks of something as verified or disproved, but every claim is unverified: no evidence settles one."
            : null;

    private static string? SummaryAgainstClaims(ContentAnalysis analysis)
    {
        int wrong = analysis.Claims.Count(claim => claim.Verdict is ClaimVerdict.Disputed || claim is { Verdict: ClaimVerdict.Unverified, Belief: ModelBelief.LikelyFalse, Confidence: >= Sure });
        int right = analysis.Claims.Count(claim => claim.Verdict is ClaimVerdict.Verified || claim is { Verdict: ClaimVerdict.Unverified, Belief: ModelBelief.LikelyTrue, Confidence: >= Sure });
        string[] sentences = analysis.Summary.Split(SentenceEnds);
        bool Says(Func<Regex> all) => Array.Exists(sentences, sentence => all().IsMatch(sentence) && !Hedged().IsMatch(sentence));
        return wrong > 0 && Says(AllTrue) ? Against("true", wrong, "disputed or believed false")
            : right > 0 && Says(AllFalse) ? Against("false", right, "verified or believed true")
            : null;

        static string Against(string all, int count, string found) => string.Create(
            CultureInfo.InvariantCulture, $"The summary calls every claim {all}, but {count} of the claims {(count == 1 ? "is" : "are")} {found}.");
    }

    private const RegexOptions Options =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(
        @"\b((claims?|statements?|figures?|facts?|assertions?|numbers?|statistics)(\s{1,3}(of|about|on|for|in|from|the|this|these|[\w'’-]{1,20})){0,4}?|both|it|this|these|they|everything)"
        + @"\s{1,3}(is|are|was|were|has\s{1,3}been|have\s{1,3}been|had\s{1,3}been)\s{1,3}((all|both|fully|independently|already|since|now|clearly|thoroughly|((true|correct|accurate|false|wrong)\s{1,3}and))\s{1,3}){0,2}(verified|fact-checked|debunked|disproved|disproven|refuted|proven\s{1,3}(true|false))\b"
        + @"|\b(claims?|statements?|figures?|facts|assertions?)\s{1,3}(is|are|was|were|has\s{1,3}been|have\s{1,3}been)\s{1,3}(all\s{1,3}|fully\s{1,3}|independently\s{1,3})?confirmed\b"
        + @"|\b(was|were|been)\s{1,3}((all|both|fully|thoroughly|since)\s{1,3})?(debunked|disproved|disproven)\b"
        + @"|\b(verified|confirmed)\s{1,3}(as|to\s{1,3}be)\s{1,3}(true|false|correct)\b|\bproven\s{1,3}(true|false)\b"
        + @"|^\s{0,3}(it|this)\s{1,3}(has\s{1,3}been|is|was)\s{1,3}proven\b",
        Options)]
    private static partial Regex Settled();

    private const string Every =
        @"\b(all|every|each|both)\s{1,3}((of|the|these|those|their|his|her|factual|main|checked)\s{1,3}){0,3}(claims?|statements?|assertions?|facts|figures)\s{1,3}((made|here|given)\s{1,3}){0,2}(is|are|were|was|seems?|appears?)\s{1,3}(to\s{1,3}be\s{1,3})?((likely|probably|factually|entirely|all|completely)\s{1,3}){0,2}";

    [GeneratedRegex(Every + @"(true|accurate|correct|right)\b", Options)]
    private static partial Regex AllTrue();

    [GeneratedRegex(Every + @"(false|wrong|untrue|inaccurate|incorrect)\b", Options)]
    private static partial Regex AllFalse();

    /// <summary>Denied, asked, wished for, or said by somebody who is summed up.</summary>
    [GeneratedRegex(
        @"n[’']t\b|\b(not|no|none|nothing|never|neither|nor|cannot|without|few|if|unless|until|whether|should|must|need|needs|could|can|would|may|might|before|yet|unverified|by(?!\s{1,3}far\b)"
        + @"|says?|said|argues?|argued|insists?|insisted|according|asserts|asserted|alleges|alleged|maintains|maintained|claimed|claims\s{1,3}(that|to)|demands?|demanded|calls?\s{1,3}for|wants?|wanted)\b",
        Options)]
    internal static partial Regex Hedged();
}
