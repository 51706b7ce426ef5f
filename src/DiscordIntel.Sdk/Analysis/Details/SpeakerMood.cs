namespace DiscordIntel.Analysis.Details;

/// <summary>The mood of one speaker.</summary>
public sealed record SpeakerMood
{
    /// <summary>The speaker, as the text names them where the text has speakers.</summary>
    public required string Name { get; init; }

    /// <summary>0 hostile, 5 neutral, 10 warm.</summary>
    public required double Score { get; init; }

    /// <summary>The mood in one sentence.</summary>
    public required string Summary { get; init; }
}
