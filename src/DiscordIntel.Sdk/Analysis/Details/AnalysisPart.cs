namespace DiscordIntel.Analysis.Details;

/// <summary>A part of a long text, as it is read.</summary>
public sealed record AnalysisPart
{
    /// <summary>The part, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Where it begins: the index of its first UTF-16 unit.</summary>
    public required int Offset { get; init; }

    /// <summary>Its length in UTF-16 units.</summary>
    public required int Length { get; init; }

    /// <summary>The line on which it begins, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>Its size, estimated: UTF-8 bytes / 4. What is repeated before it for context is not counted.</summary>
    public required int Tokens { get; init; }

    /// <summary>The speaker whose turn it continues; null when it begins with a turn, or the text has no speakers.</summary>
    public string? ContinuedSpeaker { get; init; }
}
