using DiscordIntel.Analysis.Grounding;

namespace DiscordIntel.Analysis;

/// <summary>Turns the model's answer into the public result: every quote is looked up, no verdict is taken on trust.</summary>
internal static class AnalysisReader
{
    public static ContentAnalysis Read(AnalysisReply reply, AnalysisKind kind, SourceText source, List<string> warnings)
    {
        return new ContentAnalysis
        {
            Kind = kind,
            Score = reply.Score,
            Confidence = reply.Confidence,
            Summary = reply.Summary,
            KeyPoints = [.. reply.KeyPoints.Select((point, i) => new KeyPoint { Text = point.Text, Quote = Find(point.Quote, "Key point", i) })],
            BiasIndicators = [.. reply.BiasIndicators.Select((bias, i) => new BiasIndicator
            {
                Type = bias.Type,
                Explanation = bias.Explanation,
                Quote = Find(bias.Quote, "Bias indicator", i),
            })],
            Claims = [.. reply.Claims.Select((claim, i) => new Claim
            {
                Text = claim.Text,
                Quote = Find(claim.Quote, "Claim", i),

                // Only evidence makes a verdict, and none was looked for.
                Verdict = ClaimVerdict.Unverified,
                Belief = claim.Belief,
                Confidence = claim.Confidence,
            })],
        };

        SourceQuote Find(string quote, string what, int index)
        {
            SourceQuote found = source.Find(quote);
            if (!found.IsFound)
            {
                warnings.Add($"{what} {index + 1}: its quote is not in the content.");
            }

            return found;
        }
    }
}
