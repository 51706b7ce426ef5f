using DiscordIntel.Analysis.Details;
using DiscordIntel.Analysis.Replies;
using DiscordIntel.Analysis.Transcripts;
using DiscordIntel.Results;

namespace DiscordIntel.Analysis.LongContent;

/// <summary>A long text, read in parts that are then merged. A part that fails is named; the others stand, merged or not.</summary>
internal sealed class LongReading(LongAsk ask, Outline outline, AnalysisOptions options, ProgressTeller progress)
{
    public async Task<LongResult> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ContentPart> parts = outline.Parts;
        StepResult<AnalysisReply>[] results = await ReadAsync(parts, cancellationToken).ConfigureAwait(false);
        MissingPart[] missing = [.. parts.Zip(results).Where(pair => !pair.Second.IsSuccess)
            .Select(pair => new MissingPart { Part = outline.Describe(pair.First), Reason = pair.Second.Error!.Kind })];
        StepReceipt receipt = results.Select(result => result.Receipt).Aggregate((sum, next) => sum.Add(next));
        ReadPart[] read = [.. parts.Zip(results).Where(pair => pair.Second.IsSuccess)
            .Select(pair => new ReadPart(pair.First.Number, pair.First.Number, pair.First.End - pair.First.Start, pair.Second.Value!))];
        if (read.Length == 0)
        {
            return new LongResult(results[0].WithReceipt(receipt with { Elapsed = ask.Elapsed }), missing, null);
        }

        var merge = new PartMerge(ask, new SpeakerLookup(outline.Content, outline.Transcript), [.. missing.Select(part => part.Part.Number)], options, progress);
        ReadPart whole = await merge.RunAsync(read, cancellationToken).ConfigureAwait(false);
        receipt = receipt.Add(merge.Receipt) with { Elapsed = ask.Elapsed };
        return new LongResult(StepResult.Success(whole.Reply, receipt), missing, merge.Failure);
    }

    private async Task<StepResult<AnalysisReply>[]> ReadAsync(IReadOnlyList<ContentPart> parts, CancellationToken cancellationToken)
    {
        var results = new StepResult<AnalysisReply>[parts.Count];
        progress.Begin();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, parts.Count),
            new ParallelOptions { MaxDegreeOfParallelism = options.MaxParallelParts, CancellationToken = cancellationToken },
            async (i, token) =>
            {
                results[i] = await ask.SendAsync(
                    AnalysisPrompts.Part(ask.Request.Kind, ask.Request.Content, parts[i], parts.Count).With(ask.Material), token).ConfigureAwait(false);
                progress.PartEnded(results[i].IsSuccess);
            }).ConfigureAwait(false);
        return results;
    }
}
