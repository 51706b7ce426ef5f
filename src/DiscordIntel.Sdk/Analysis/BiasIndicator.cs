namespace DiscordIntel.Analysis;

/// <summary>A sign of bias or loaded language.</summary>
public sealed record BiasIndicator
{
    /// <summary>What kind of sign, in a few words, such as "loaded language" or "straw man".</summary>
    public required string Type { get; init; }

    /// <summary>Why it is one.</summary>
    public required string Explanation { get; init; }

    /// <summary>The words that show it.</summary>
    public required SourceQuote Quote { get; init; }
}
