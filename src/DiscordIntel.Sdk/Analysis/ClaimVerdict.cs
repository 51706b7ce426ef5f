namespace DiscordIntel.Analysis;

/// <summary>What evidence says of a claim.</summary>
public enum ClaimVerdict
{
    /// <summary>No evidence settles it, none was found, or none was looked for.</summary>
    Unverified,

    /// <summary>Evidence supports it.</summary>
    Verified,

    /// <summary>Evidence contradicts it.</summary>
    Disputed,
}
