namespace DiscordIntel.Analysis;

/// <summary>A point that matters in a text.</summary>
public sealed record KeyPoint
{
    /// <summary>The point, in the model's words.</summary>
    public required string Text { get; init; }

    /// <summary>The words it rests on.</summary>
    public required SourceQuote Quote { get; init; }
}
