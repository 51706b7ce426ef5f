namespace DiscordIntel.Analysis.Evidence;

/// <summary>A passage of a text that may settle a claim.</summary>
public sealed record EvidencePassage
{
    /// <summary>The title of the text.</summary>
    public required string Title { get; init; }

    /// <summary>Where the text is found: an address, or a relative one for a file in a folder of the host's; null when it has none.</summary>
    public Uri? Url { get; init; }

    /// <summary>When the text was written or last changed; null when that is not known.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The passage, word for word: a citation has to stand in it.</summary>
    public required string Text { get; init; }
}
