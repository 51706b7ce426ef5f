namespace DiscordIntel.Discord.Cards;

/// <summary>What the colour of a card should say. Which colour says it is the host's choice; a score alone is neither good nor bad.</summary>
public enum DiscordCardAccent
{
    /// <summary>Nothing in particular.</summary>
    Neutral,

    /// <summary>A result to be taken with care (a warning, a quote that is not in the text, a part that was not read), or a failure that may pass.</summary>
    Warning,

    /// <summary>A failure that does not pass by itself.</summary>
    Failure,
}
