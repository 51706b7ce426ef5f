using System.Text;
using DiscordIntel.Analysis.Details;
using DiscordIntel.Analysis.Replies;
using DiscordIntel.Results;

namespace DiscordIntel.Analysis.LongContent;

/// <summary>A long text, read in parts that are then merged. A part that fails is named; the others stand.</summary>
internal sealed class LongReading(AnalysisAsk ask, Outline outline, AnalysisOptions options, TimeProvider time)
{
    private readonly long _startedAt = time.GetTimestamp();
    private StepError? _fatal;
    private readonly Lock _progress = new();
    private int _done;

    public async Task<(StepResult<AnalysisReply> Result, IReadOnlyList<MissingPart> Missing)> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ContentPart> parts = outline.Parts;
        var results = new StepResult<AnalysisReply>[parts.Count];
        Report(parts.Count, done: 0);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, parts.Count),
            new ParallelOptions { MaxDegreeOfParallelism = options.MaxParallelParts, CancellationToken = cancellationToken },
            async (i, token) =>
            {
                // A wrong key or an empty account fails every part alike: what was not sent yet is not sent.
                results[i] = Volatile.Read(ref _fatal) is { } fatal
                    ? StepResult.Failure<AnalysisReply>(fatal)
                    : await ask.SendAsync(
                        AnalysisPrompts.Part(ask.Request.Kind, ask.Request.Content, parts[i], parts.Count), time.GetElapsedTime(_startedAt), null, token).ConfigureAwait(false);
                if (results[i].Error is { Kind: StepErrorKind.Unauthorized or StepErrorKind.QuotaExhausted or StepErrorKind.ModelUnavailable } error)
                {
                    Volatile.Write(ref _fatal, error);
                }

                Report(parts.Count, done: 1);
            }).ConfigureAwait(false);

        MissingPart[] missing = [.. parts.Zip(results).Where(pair => !pair.Second.IsSuccess)
            .Select(pair => new MissingPart { Part = outline.Describe(pair.First), Reason = pair.Second.Error!.Kind })];
        StepReceipt receipt = results.Select(result => result.Receipt).Aggregate((sum, next) => sum.Add(next));
        StepResult<AnalysisReply> merged = await MergeAsync(results, receipt, cancellationToken).ConfigureAwait(false);
        return (merged.WithReceipt(merged.Receipt with { Elapsed = time.GetElapsedTime(_startedAt) }), missing);
    }

    private async Task<StepResult<AnalysisReply>> MergeAsync(StepResult<AnalysisReply>[] results, StepReceipt receipt, CancellationToken cancellationToken)
    {
        var notes = new StringBuilder();
        for (int i = 0; i < results.Length; i++)
        {
            if (results[i].TryGetValue(out AnalysisReply? reply))
            {
                PartNotes.Write(notes, i + 1, reply);
            }
            else
            {
                notes.Append("Missing part: ").Append(i + 1).Append(". It could not be read; do not speak for it.\n\n");
            }
        }

        StepResult<AnalysisReply>[] read = [.. results.Where(result => result.IsSuccess)];
        if (read.Length <= 1)
        {
            // Nothing to merge: the one part that was read, or the failure of the first.
            return (read.Length == 1 ? read[0] : results[0]).WithReceipt(receipt);
        }

        Report(results.Length, done: 0, merging: true);
        StepResult<AnalysisReply> merged = await ask.SendAsync(
            AnalysisPrompts.Merged(ask.Request.Kind, notes.ToString()), time.GetElapsedTime(_startedAt), null, cancellationToken).ConfigureAwait(false);
        return merged.WithReceipt(receipt.Add(merged.Receipt));
    }

    // One at a time: parts end on many threads, and nobody shall be told of the fifth before the fourth.
    private void Report(int total, int done, bool merging = false)
    {
        lock (_progress)
        {
            _done += done;
            ask.Request.Progress?.Report(new AnalysisProgress { PartsDone = _done, PartsTotal = total, IsMerging = merging });
        }
    }
}
