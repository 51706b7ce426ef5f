namespace DiscordIntel.Analysis.Transcripts;

/// <summary><c>&lt;nick&gt; text</c>, as IRC and the bridges to it write it.</summary>
internal static class AngleLabel
{
    /// <summary>Elements of HTML that are often not closed, or not on their line.</summary>
    private static readonly HashSet<string> Elements = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "b", "i", "u", "s", "p", "br", "hr", "li", "ul", "ol", "dd", "dt", "td", "th", "tr", "em", "div", "img", "sub", "sup", "pre", "code", "span", "strong",
        "body", "head", "html", "title", "summary", "details", "option", "center", "font", "small",
    };

    /// <summary>Reads the label at the beginning of a line. Words must stand behind it: a tag often stands alone.</summary>
    public static bool TryRead(ReadOnlySpan<char> line, out string name, out int length)
    {
        (name, length) = ("", 0);
        int close = line.IsEmpty || line[0] != '<' ? -1 : line[..Math.Min(line.Length, SpeakerName.Longest + 4)].IndexOf('>');
        if (close < 0 || close + 1 >= line.Length || !char.IsWhiteSpace(line[close + 1]) || line[(close + 1)..].IsWhiteSpace() || line.Contains("</", StringComparison.Ordinal))
        {
            return false;
        }

        // Signs of a channel's rights stand before a nick.
        ReadOnlySpan<char> nick = SpeakerName.Trim(SpeakerName.Trim(line[1..close]).TrimStart("@+%&~"));
        if (!SpeakerName.IsPlausible(nick) || Elements.Contains(nick.ToString()))
        {
            return false;
        }

        (name, length) = (nick.ToString(), close + 1);
        return true;
    }
}
