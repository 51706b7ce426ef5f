using System.Globalization;
using System.Text;

namespace DiscordIntel.Discord.Cards;

/// <summary>Text of a user or a model, made fit for one line of a card.</summary>
internal static class CardText
{
    private const string Cut = "…";

    /// <summary>
    /// One line of at most <paramref name="max"/> characters, escaped; never empty. What is cut ends with an ellipsis. The colon of a link is escaped, too, so the link is dead.
    /// </summary>
    public static string Line(string text, int max)
    {
        // No more is looked at than can be shown: the text may be of any length.
        string line = OneLine(text, max);
        string whole = DiscordText.EscapeMarkdown(line);
        return line.Length <= max && whole.Length <= max ? NotBlank(whole) : Shortened(line, max, DiscordText.EscapeMarkdown);
    }

    /// <summary>One line of the host's own words, as they are, of at most <paramref name="max"/> characters; never empty.</summary>
    public static string Own(string text, int max) => NotBlank(Clip(OneLine(text, max), max));

    /// <summary>The host's own words, as they are, of at most <paramref name="max"/> characters.</summary>
    public static string Clip(string text, int max) => text.Length <= max ? text : Shortened(text, max, static start => start);

    private static string NotBlank(string text) => text.Length == 0 ? Cut : text;

    private static string Shortened(string text, int max, Func<string, string> write)
    {
        int length = Math.Min(text.Length, max - Cut.Length);
        while (true)
        {
            length = WholeCharacters(text, length);
            string shown = write(text[..length].TrimEnd()) + Cut;
            if (shown.Length <= max)
            {
                return shown;
            }

            length -= Math.Max(1, (shown.Length - max) / 2);
        }
    }

    /// <summary>The longest start of at most <paramref name="max"/> UTF-16 units that ends between two characters as a reader sees them.</summary>
    private static int WholeCharacters(string text, int max)
    {
        int length = 0;
        while (length < text.Length)
        {
            int next = length + StringInfo.GetNextTextElementLength(text, length);
            if (next > max)
            {
                break;
            }

            length = next;
        }

        // A first character that is longer than all of the room is cut between its code points.
        return length > 0 || max <= 0 ? length : char.IsHighSurrogate(text[max - 1]) ? max - 1 : max;
    }

    /// <summary>
    /// The text in one line, up to one character more than <paramref name="max"/>. Control characters, line breaks and marks that turn the writing direction (they
    /// could turn what stands beside them) become one space, half a surrogate pair becomes the sign for it.
    /// </summary>
    private static string OneLine(string text, int max)
    {
        var line = new StringBuilder(Math.Min(text.Length, max + 2));
        bool gap = false;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) || TurnsDirection(rune.Value))
            {
                gap = line.Length > 0;
                continue;
            }

            if (line.Length > max)
            {
                break;
            }

            if (gap)
            {
                line.Append(' ');
                gap = false;
            }

            line.Append(rune.ToString());
        }

        return line.ToString();
    }

    private static bool TurnsDirection(int c) => c is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
