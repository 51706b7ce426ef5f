namespace DiscordIntel.Analysis.Details;

/// <summary>A feeling that shows.</summary>
public sealed record Emotion
{
    /// <summary>The feeling, such as "anger".</summary>
    public required string Name { get; init; }

    /// <summary>Whose it is; null when that is not known.</summary>
    public string? Speaker { get; init; }

    /// <summary>0 a trace, 1 as strong as can be.</summary>
    public required double Intensity { get; init; }

    /// <summary>The words that show it.</summary>
    public required SourceQuote Quote { get; init; }
}
