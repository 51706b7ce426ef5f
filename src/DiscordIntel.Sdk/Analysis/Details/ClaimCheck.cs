namespace DiscordIntel.Analysis.Details;

/// <summary>A claim and the way to settle it.</summary>
public sealed record ClaimCheck
{
    /// <summary>The claim with its verdict.</summary>
    public required Claim Claim { get; init; }

    /// <summary>Who makes it; null when that is not known.</summary>
    public string? Speaker { get; init; }

    /// <summary>The evidence that would settle it.</summary>
    public required string WouldSettle { get; init; }
}
