using DiscordIntel.Analysis;
using DiscordIntel.Results;

namespace DiscordIntel.Snippets;

internal sealed class AnalysisSnippets
{
    [Test]
    public async Task Read()
    {
        AnalysisClient analysis = Emulated.Client().Analysis;
        IntelScope scope = Emulated.Scope;
        CancellationToken ct = CancellationToken.None;
        const string transcript = "Ann: The pilot carried nine thousand people. Bob: It carried two hundred a night.";

        #region analysis-read
        var request = new AnalysisRequest
        {
            Content = transcript,
            Kind = AnalysisKind.FactCheck,
            Generation = new GenerationOptions { ReasoningEffort = "low" },
        };
        StepResult<ContentAnalysis> result = await analysis.AnalyzeAsync(request, scope, ct);
        if (result.TryGetValue(out ContentAnalysis? check))
        {
            foreach (Claim claim in check.Claims.Where(claim => claim.Quote.IsFound))
            {
                Console.WriteLine($"line {claim.Quote.Line}: {claim.Text} ({claim.Verdict}; the model believes: {claim.Belief})");
            }
        }
        #endregion

        Assert.That(result.ValueOrThrow().Claims, Is.Not.Empty.And.All.Matches<Claim>(claim => claim.Verdict is ClaimVerdict.Unverified));
    }
}
