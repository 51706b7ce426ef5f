namespace DiscordIntel.Analysis.Details;

/// <summary>A speaker whom the text itself names, and their share of it: counted, not judged.</summary>
public sealed record SpeakerShare
{
    /// <summary>The label, as first written.</summary>
    public required string Name { get; init; }

    /// <summary>How often they speak.</summary>
    public required int Turns { get; init; }

    /// <summary>Words in their turns.</summary>
    public required int Words { get; init; }
}
