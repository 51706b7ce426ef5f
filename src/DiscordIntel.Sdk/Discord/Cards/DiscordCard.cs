namespace DiscordIntel.Discord.Cards;

/// <summary>
/// A block of a reply as data, for a host to turn into an embed, a container of text displays, or text (<see cref="DiscordCards.ToText"/>). Every text is ready
/// to be sent: what came from a user or a model is one line, escaped, without a live link, and within Discord's limits. Send it without mentions all the same.
/// </summary>
public sealed record DiscordCard
{
    /// <summary>The heading; empty for a card without one.</summary>
    /// <value>At most 256 characters of Markdown.</value>
    public string Title { get; init; } = "";

    /// <summary>The text under the heading; empty for a card that has only fields.</summary>
    /// <value>At most 4096 characters of Markdown.</value>
    public string Body { get; init; } = "";

    /// <summary>Named values below the body.</summary>
    /// <value>At most 25.</value>
    public IReadOnlyList<DiscordCardField> Fields { get; init; } = [];

    /// <summary>A line for what is beside the point: what was left out, the model, tokens and cost; empty when there is none. It holds no Markdown.</summary>
    /// <value>At most 2048 characters.</value>
    public string Footer { get; init; } = "";

    /// <summary>What the colour of the card should say.</summary>
    public DiscordCardAccent Accent { get; init; }
}
