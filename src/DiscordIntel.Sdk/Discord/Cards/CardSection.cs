namespace DiscordIntel.Discord.Cards;

/// <summary>A list of findings. With headings its items stand in fields under them, without in the body of its card.</summary>
internal sealed record CardSection(string Title, IReadOnlyList<CardItem> Items)
{
    public IReadOnlyList<string> Headings { get; init; } = [];

    public DiscordCardAccent Accent { get; init; }
}
