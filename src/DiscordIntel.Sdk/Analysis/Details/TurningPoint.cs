namespace DiscordIntel.Analysis.Details;

/// <summary>A place where the mood turns.</summary>
public sealed record TurningPoint
{
    /// <summary>From what to what, and why.</summary>
    public required string Text { get; init; }

    /// <summary>The words at the turn.</summary>
    public required SourceQuote Quote { get; init; }
}
