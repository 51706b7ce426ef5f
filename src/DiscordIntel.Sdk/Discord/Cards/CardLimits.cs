namespace DiscordIntel.Discord.Cards;

/// <summary>What Discord takes (Discord's documentation, "Embed Limits"), and what this library shows of a single text.</summary>
internal static class CardLimits
{
    public const int Cards = 10;
    public const int Body = 4096;
    public const int Fields = 25;
    public const int FieldValue = 1024;
    public const int Footer = 2048;

    // Small enough that the overview, the headings and the footer fit into 4000 characters whatever the words are.
    public const int Label = 64;
    public const int Summary = 1000;
    public const int Text = 500;
    public const int Quote = 200;
    public const int Note = 300;
    public const int Name = 100;
}
