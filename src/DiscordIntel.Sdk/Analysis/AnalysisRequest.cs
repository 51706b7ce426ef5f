namespace DiscordIntel.Analysis;

/// <summary>What <see cref="AnalysisClient"/> reads.</summary>
public sealed record AnalysisRequest
{
    /// <summary>The text: a message, a thread, a transcript. It is data to the model; instructions in it are not followed.</summary>
    public required string Content { get; init; }

    /// <summary>What it is read for.</summary>
    public required AnalysisKind Kind { get; init; }

    /// <summary>How to answer this one; null for the configured way.</summary>
    public GenerationOptions? Generation { get; init; }
}
