namespace DiscordIntel.Analysis;

/// <summary>How far the analysis of a long text has come.</summary>
public sealed record AnalysisProgress
{
    /// <summary>Parts that have been read, or given up.</summary>
    public required int PartsDone { get; init; }

    /// <summary>Parts in all; 1 for a text that is read at once.</summary>
    public required int PartsTotal { get; init; }

    /// <summary>True while the parts are merged into one result.</summary>
    public bool IsMerging { get; init; }
}
