using System.Globalization;

namespace DiscordIntel.Discord.Cards;

/// <summary>How <see cref="DiscordCards"/> are written.</summary>
public sealed record DiscordCardOptions
{
    internal static readonly DiscordCardOptions Default = new();

    /// <summary>
    /// The most characters of all cards together, counted as the text that <see cref="DiscordCards.ToText"/> makes of them, in UTF-16 units.
    /// </summary>
    /// <value>4000 (fits the text displays of a message, and its embeds) to 6000 (fits its embeds). Default: 4000.</value>
    /// <exception cref="ArgumentOutOfRangeException">The number is not in this range.</exception>
    public int MaxChars
    {
        get;
        init => field = value is >= 4000 and <= 6000 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "MaxChars is a number from 4000 to 6000.");
    }

    = 4000;

    /// <summary>How numbers are written.</summary>
    /// <value>Default: the invariant culture.</value>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>Whether the footer tells the model, the tokens and the cost, as far as they are known.</summary>
    /// <value>Default: true.</value>
    public bool ShowUsage { get; init; } = true;

    /// <summary>The words around what the model found.</summary>
    /// <value>Default: English.</value>
    public DiscordCardLabels Labels { get; init; } = new();
}
