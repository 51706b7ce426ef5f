namespace DiscordIntel.Analysis.Evidence;

/// <summary>Evidence on which a verdict rests. Its quote was looked up in the passage that the source gave, and stands there.</summary>
public sealed record CitedEvidence
{
    /// <inheritdoc cref="EvidencePassage.Title"/>
    public required string Title { get; init; }

    /// <inheritdoc cref="EvidencePassage.Url"/>
    public Uri? Url { get; init; }

    /// <inheritdoc cref="EvidencePassage.Date"/>
    public DateOnly? Date { get; init; }

    /// <summary>The words that settle the claim; their place is counted in <see cref="EvidencePassage.Text"/>.</summary>
    public required SourceQuote Quote { get; init; }
}
