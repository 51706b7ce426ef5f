namespace DiscordIntel.Analysis.Details;

/// <summary>An answer to what somebody else said.</summary>
public sealed record Rebuttal
{
    /// <summary>Who answers; null when that is not known.</summary>
    public string? Speaker { get; init; }

    /// <summary>Whom they answer; null when that is not known.</summary>
    public string? Answers { get; init; }

    /// <summary>What is answered, and with what.</summary>
    public required string Text { get; init; }

    /// <summary>The words of the answer.</summary>
    public required SourceQuote Quote { get; init; }
}
