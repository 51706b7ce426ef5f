namespace DiscordIntel.Discord.Cards;

/// <summary>A named value of a <see cref="DiscordCard"/>.</summary>
public sealed record DiscordCardField
{
    /// <summary>The name; never empty.</summary>
    /// <value>At most 256 characters of Markdown.</value>
    public required string Name { get; init; }

    /// <summary>The value; never empty.</summary>
    /// <value>At most 1024 characters of Markdown.</value>
    public required string Value { get; init; }

    /// <summary>Whether it is short enough to stand beside others.</summary>
    public bool Inline { get; init; }
}
