namespace DiscordIntel.Analysis.Details;

/// <summary>What only a reading of the mood has.</summary>
public sealed record SentimentDetail
{
    /// <summary>The mood in a few words.</summary>
    public required string Overall { get; init; }

    /// <summary>The mood of each speaker.</summary>
    public required IReadOnlyList<SpeakerMood> Speakers { get; init; }

    /// <summary>Feelings that show.</summary>
    public required IReadOnlyList<Emotion> Emotions { get; init; }

    /// <summary>Where the mood turns.</summary>
    public required IReadOnlyList<TurningPoint> TurningPoints { get; init; }
}
