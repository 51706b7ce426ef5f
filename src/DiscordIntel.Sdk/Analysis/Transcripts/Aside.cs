namespace DiscordIntel.Analysis.Transcripts;

/// <summary>Lines of a chat that nobody says: what IRC tells of a nick (<c>* Ann waves</c>, <c>-!- Cy has joined</c>), and what an exporter adds to a message.</summary>
internal static class Aside
{
    private const int ShortestRule = 20;

    private static readonly string[] Signs = ["-!-", "***", "-->", "<--"];

    private static readonly HashSet<string> Furniture = new(StringComparer.OrdinalIgnoreCase) { "{Attachments}", "{Embed}", "{Embeds}", "{Reactions}", "{Stickers}" };

    /// <summary>Whether it tells what happens, where a name could stand behind a time.</summary>
    public static bool IsEvent(ReadOnlySpan<char> text) => IsAction(text) || BeginsWithSign(text);

    /// <summary>Whether a line tells what happens, and to whom.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isIrc">Whether the text names its speakers as IRC does; else an event has a time before it.</param>
    /// <param name="actor">Who acts; empty when that is not told.</param>
    public static bool IsEvent(ReadOnlySpan<char> line, bool isIrc, out string actor)
    {
        actor = "";
        ReadOnlySpan<char> text = line.TrimStart();
        int time = text.IsEmpty ? 0 : StampedLabel.TimeLength(text);
        text = text[time..];
        if ((time == 0 && !isIrc) || !IsEvent(text))
        {
            return false;
        }

        if (IsAction(text))
        {
            ReadOnlySpan<char> rest = text[1..].TrimStart().TrimStart("@+%&~");
            int end = rest.IndexOfAny(' ', '\t');
            actor = (end < 0 ? rest : rest[..end]).ToString();
        }

        return true;
    }

    /// <summary>Whether what stands on this line and under it, up to a blank line, is what DiscordChatExporter adds to a message or closes the export with.</summary>
    public static bool IsFurniture(ReadOnlySpan<char> line) =>
        Furniture.GetAlternateLookup<ReadOnlySpan<char>>().Contains(line.Trim()) || (line.Length >= ShortestRule && !line.ContainsAnyExcept('='));

    private static bool IsAction(ReadOnlySpan<char> text) => text is ['*', ' ', _, ..];

    private static bool BeginsWithSign(ReadOnlySpan<char> text)
    {
        foreach (string sign in Signs)
        {
            if (text.StartsWith(sign, StringComparison.Ordinal) && text.Length > sign.Length && text[sign.Length] == ' ')
            {
                return true;
            }
        }

        return false;
    }
}
