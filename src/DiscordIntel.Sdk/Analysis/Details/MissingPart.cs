using DiscordIntel.Results;

namespace DiscordIntel.Analysis.Details;

/// <summary>A part of a long text that could not be read; the rest of the analysis does not cover it.</summary>
public sealed record MissingPart
{
    /// <summary>Which part.</summary>
    public required AnalysisPart Part { get; init; }

    /// <summary>Why it is missing.</summary>
    public required StepErrorKind Reason { get; init; }
}
