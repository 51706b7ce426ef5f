namespace DiscordIntel.Analysis.Details;

/// <summary>A fault of reasoning.</summary>
public sealed record Fallacy
{
    /// <summary>Its usual name, such as "straw man".</summary>
    public required string Name { get; init; }

    /// <summary>Who commits it; null when that is not known.</summary>
    public string? Speaker { get; init; }

    /// <summary>Why it is one.</summary>
    public required string Explanation { get; init; }

    /// <summary>The words that commit it.</summary>
    public required SourceQuote Quote { get; init; }
}
