using DiscordIntel.Analysis.Replies;
using DiscordIntel.Analysis.Transcripts;
using DiscordIntel.Results;

namespace DiscordIntel.Analysis.LongContent;

/// <summary>
/// Merges what was found in the parts. Their notes go to the model in groups that fit a request, what comes back is merged again, until one is left. A group
/// whose request fails is put together without a model: nothing that was read is lost.
/// </summary>
internal sealed class PartMerge(LongAsk ask, SpeakerLookup names, IReadOnlyList<int> missing, AnalysisOptions options, ProgressTeller progress)
{
    // Below this, two notes of some substance would not fit into one request, and nothing could be merged.
    private const int LeastTokens = 4_000;
    private readonly List<string> _warnings = [];
    private int _leftOut;

    /// <summary>Why the last merge failed; null when it did not, or when there was nothing to merge.</summary>
    public StepErrorKind? Failure { get; private set; }

    /// <summary>What all the merges took.</summary>
    public StepReceipt Receipt { get; private set; } = StepReceipt.None;

    /// <summary>Merges one part or more.</summary>
    public async Task<ReadPart> RunAsync(IReadOnlyList<ReadPart> parts, CancellationToken cancellationToken)
    {
        while (parts.Count > 1)
        {
            IReadOnlyList<NoteGroup> groups = NoteGroup.Of(parts, missing, Math.Max(options.PartTokens, LeastTokens));
            progress.BeginStage(groups.Count(group => group.Parts.Count > 1));
            var merged = new MergedGroup[groups.Count];
            await Parallel.ForEachAsync(
                Enumerable.Range(0, groups.Count),
                new ParallelOptions { MaxDegreeOfParallelism = options.MaxParallelParts, CancellationToken = cancellationToken },
                async (i, token) => merged[i] = await MergeAsync(groups[i], token).ConfigureAwait(false)).ConfigureAwait(false);
            Book(merged);
            parts = [.. merged.Select(group => group.Part)];
        }

        if (_leftOut > 0)
        {
            _warnings.Add($"{_leftOut} {(_leftOut == 1 ? "finding" : "findings")} of the parts did not fit into their merging.");
        }

        Receipt = Receipt with { Warnings = [.. Receipt.Warnings, .. _warnings] };
        return parts[0];
    }

    private async Task<MergedGroup> MergeAsync(NoteGroup group, CancellationToken cancellationToken)
    {
        if (group.Parts.Count == 1)
        {
            return new MergedGroup(group.Parts[0], StepReceipt.None, null, 0);
        }

        StepResult<AnalysisReply> result = await ask.SendAsync(AnalysisPrompts.Merged(ask.Request.Kind, group.Text), cancellationToken).ConfigureAwait(false);
        progress.MergeDone();
        (AnalysisReply reply, int leftOut) = result.IsSuccess ? (result.Value, group.LeftOut) : MechanicalMerge.Of(group.Parts, names);
        var merged = new ReadPart(group.Parts[0].First, group.Parts[^1].Last, group.Parts.Sum(part => part.Length), reply);
        return new MergedGroup(merged, result.Receipt, result.Error?.Kind, leftOut);
    }

    private void Book(MergedGroup[] merged)
    {
        foreach (MergedGroup group in merged)
        {
            Receipt = Receipt.Add(group.Receipt);
            _leftOut += group.LeftOut;
        }

        if (merged.Length == 1)
        {
            Failure = merged[0].Failure;
            if (Failure is { } kind)
            {
                _warnings.Add($"The parts could not be merged by the model ({kind}): the result is put together from theirs without one. "
                    + "Its scores and its confidence are the means of theirs, weighted by length; its summary is made of theirs.");
            }

            return;
        }

        foreach (IGrouping<StepErrorKind, MergedGroup> failed in merged.Where(group => group.Failure is not null).GroupBy(group => group.Failure!.Value))
        {
            _warnings.Add($"Parts {string.Join(", ", failed.Select(group => group.Part.Name))} could not be merged by the model ({failed.Key}): "
                + "their results were put together without one for the merge that followed.");
        }
    }

    private readonly record struct MergedGroup(ReadPart Part, StepReceipt Receipt, StepErrorKind? Failure, int LeftOut);
}
