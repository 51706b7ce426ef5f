namespace DiscordIntel.Usage;

/// <summary>The part that one user or one feature had.</summary>
public sealed record UsageLine
{
    /// <summary>The user's id, or the operation.</summary>
    public required string Name { get; init; }

    /// <summary>Calls made.</summary>
    public required long Calls { get; init; }

    /// <summary>What they cost, in US dollars.</summary>
    public required decimal Cost { get; init; }
}
