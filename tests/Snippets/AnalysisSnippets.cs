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

    [Test]
    public async Task ReadALongText()
    {
        AnalysisClient analysis = Emulated.Client().Analysis;
        IntelScope scope = Emulated.Scope;
        CancellationToken ct = CancellationToken.None;
        string transcript = string.Concat(Enumerable.Repeat("Ann: The pilot carried nine thousand people.\nBob: It carried two hundred a night.\n", 700));

        #region analysis-long
        var request = new AnalysisRequest
        {
            Content = transcript,
            Kind = AnalysisKind.Debate,
            Progress = new Progress<AnalysisProgress>(now => Console.WriteLine(
                now.IsMerging ? $"merged {now.MergesDone} of {now.MergesTotal}" : $"read {now.PartsDone} of {now.PartsTotal}")),
        };
        StepResult<ContentAnalysis> result = await analysis.AnalyzeAsync(request, scope, ct);
        if (result.TryGetValue(out ContentAnalysis? debate))
        {
            string score = debate.MergeFailure is null ? $"{debate.Score:0.0}" : $"about {debate.Score:0.0}, the mean of its parts";
            Console.WriteLine($"{score} of 10; {debate.MissingParts.Count} parts could not be read");
        }
        #endregion

        Assert.That(result.ValueOrThrow().MergeFailure, Is.Null);
        Assert.That(result.Receipt.Attempts, Is.GreaterThan(2));
    }
}
