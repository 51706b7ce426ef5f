namespace DiscordIntel.Analysis.LongContent;

/// <summary>Tells the host how far an analysis has come, one thing at a time. What the host's handler throws is kept for a warning and ends nothing.</summary>
internal sealed class ProgressTeller(IProgress<AnalysisProgress>? handler, int parts)
{
    private readonly Lock _telling = new();
    private AnalysisProgress _now = new() { PartsDone = 0, PartsTotal = parts };
    private string? _fault;

    /// <summary>What to say of a handler that failed; empty when it did not.</summary>
    public IReadOnlyList<string> Warnings => _fault is null ? [] : [$"The host's progress handler failed ({_fault}); the analysis went on."];

    public void Begin() => Tell(static now => now);

    public void PartEnded(bool isRead) =>
        Tell(now => isRead ? now with { PartsDone = now.PartsDone + 1 } : now with { PartsMissing = now.PartsMissing + 1 });

    public void BeginStage(int merges) =>
        Tell(now => now with { IsMerging = true, MergeStage = now.MergeStage + 1, MergesDone = 0, MergesTotal = merges });

    public void MergeDone() => Tell(static now => now with { MergesDone = now.MergesDone + 1 });

    // Parts end on many threads, and nobody shall be told of the fifth before the fourth.
    private void Tell(Func<AnalysisProgress, AnalysisProgress> change)
    {
        lock (_telling)
        {
            _now = change(_now);
            try
            {
                handler?.Report(_now);
            }
            catch (Exception fault)
            {
                // Whatever it is, it is the host's and no reason to lose what has been read and paid. Its message may hold anything.
                _fault ??= fault.GetType().Name;
            }
        }
    }
}
