using DiscordIntel.Analysis.LongContent;
using DiscordIntel.Analysis.Replies;
using DiscordIntel.Results;

namespace DiscordIntel.Analysis.Evidence;

/// <summary>
/// Looks the claims of a fact check up and has them judged by what was found. It can only add to an analysis: whatever fails leaves claims unverified, with a warning.
/// </summary>
internal sealed class EvidenceCheck(EvidenceSearch search, AnalysisAsk ask, AnalysisOptions options)
{
    // Below this, one claim with its passages would not fit into a request.
    private const int LeastTokens = 4_000;

    /// <returns>The claims with their verdicts, in the same order, and what the requests took.</returns>
    public async Task<(IReadOnlyList<Claim> Claims, StepReceipt Receipt)> RunAsync(
        IReadOnlyList<Claim> claims, List<string> warnings, CancellationToken cancellationToken)
    {
        IReadOnlyList<EvidenceGroup> groups = EvidenceGroup.Of(
            await FindAsync(claims, warnings, cancellationToken).ConfigureAwait(false), Math.Max(options.PartTokens, LeastTokens));
        var results = new StepResult<RulingsReply>[groups.Count];
        await EachAsync(groups.Count, async (i, token) => results[i] = await ask.JudgeAsync(EvidencePrompts.Judge(groups[i]), token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

        Claim[] judged = [.. claims];
        StepReceipt receipt = StepReceipt.None;
        foreach ((EvidenceGroup group, StepResult<RulingsReply> result) in groups.Zip(results))
        {
            receipt = receipt.Add(result.Receipt);
            if (result.Error is { } error)
            {
                warnings.Add($"{Numbered(group.Claims.Keys)} could not be judged by {(group.Claims.Count == 1 ? "its" : "their")} evidence ({error.Kind}): unverified.");
                continue;
            }

            var rulings = new EvidenceRulings(group, result.Value!.Rulings, warnings);
            foreach (int number in group.Claims.Keys)
            {
                judged[number - 1] = rulings.Judge(number, judged[number - 1]);
            }
        }

        return (judged, receipt);
    }

    /// <summary>The claims for which something was found.</summary>
    private async Task<IEnumerable<(int Number, string Claim, IReadOnlyList<EvidencePassage> Passages)>> FindAsync(
        IReadOnlyList<Claim> claims, List<string> warnings, CancellationToken cancellationToken)
    {
        var found = new (IReadOnlyList<EvidencePassage> Passages, int LeftOut)[claims.Count];
        await EachAsync(claims.Count, async (i, token) => found[i] = await search.FindAsync(claims[i].Text, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        warnings.AddRange(search.Warnings);
        int[] suspect = [.. Enumerable.Range(1, claims.Count).Where(number => found[number - 1].LeftOut > 0)];
        if (suspect.Length > 0)
        {
            warnings.Add($"{Numbered(suspect)}: evidence that looks like instructions to the model was left out.");
        }

        return claims.Index().Where(claim => found[claim.Index].Passages.Count > 0).Select(claim => (claim.Index + 1, claim.Item.Text, found[claim.Index].Passages));
    }

    private Task EachAsync(int count, Func<int, CancellationToken, Task> run, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Enumerable.Range(0, count),
        new ParallelOptions { MaxDegreeOfParallelism = options.MaxParallelParts, CancellationToken = cancellationToken },
        async (i, token) => await run(i, token).ConfigureAwait(false));

    private static string Numbered(IEnumerable<int> numbers)
    {
        int[] all = [.. numbers];
        return $"{(all.Length == 1 ? "Claim" : "Claims")} {string.Join(", ", all)}";
    }
}
