namespace DiscordIntel.Discord.Cards;

/// <summary>A finding, as it is shown. A group is the index of a heading of its section; -1 for none.</summary>
internal sealed record CardItem(string Text, int Group = -1);
