namespace DiscordIntel.Analysis.Details;

/// <summary>An argument of one speaker.</summary>
public sealed record DebateArgument
{
    /// <summary>The argument, in the model's words.</summary>
    public required string Text { get; init; }

    /// <summary>How far it carries, 0 (an assertion) to 10 (sound and relevant).</summary>
    public required double Strength { get; init; }

    /// <summary>The words that make it.</summary>
    public required SourceQuote Quote { get; init; }
}
