namespace DiscordIntel.Analysis;

/// <summary>How far the analysis of a long text has come.</summary>
public sealed record AnalysisProgress
{
    /// <summary>Parts that have been read. With <see cref="PartsMissing"/> it comes to <see cref="PartsTotal"/> when the reading is over.</summary>
    public required int PartsDone { get; init; }

    /// <summary>Parts that could not be read, or were not asked for after a fault that each would have met again, such as a wrong key.</summary>
    /// <value>Default: 0.</value>
    public int PartsMissing { get; init; }

    /// <summary>Parts in all; 1 for a text that is read at once.</summary>
    public required int PartsTotal { get; init; }

    /// <summary>True while the parts are merged into one result.</summary>
    public bool IsMerging { get; init; }

    /// <summary>
    /// Which round of merging, from 1; 0 while the parts are read. There is one round, unless the parts are too many to be merged by one request: then
    /// their results are merged in groups first.
    /// </summary>
    public int MergeStage { get; init; }

    /// <summary>Requests of this round that have been answered, or given up.</summary>
    public int MergesDone { get; init; }

    /// <summary>Requests of this round in all; 1 in the last one.</summary>
    public int MergesTotal { get; init; }
}
