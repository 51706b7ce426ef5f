namespace DiscordIntel.Analysis.Details;

/// <summary>What only a fact check has.</summary>
public sealed record FactCheckDetail
{
    /// <summary>The claims, each with what would settle it; the same claims as <see cref="ContentAnalysis.Claims"/>, in the same order.</summary>
    public required IReadOnlyList<ClaimCheck> Checks { get; init; }
}
