namespace DiscordIntel.Analysis.Transcripts;

/// <summary>Times as chats write them before or behind a name.</summary>
internal static class Moment
{
    /// <summary>In UTF-16 units.</summary>
    public const int Longest = 40;

    private const int MostWords = 4;

    /// <summary>Whether it is a time of day, with or without a date or a few words before it, in any language.</summary>
    public static bool Is(ReadOnlySpan<char> text)
    {
        if (text.Length > Longest)
        {
            return false;
        }

        int words = 0;
        bool inWord = false, clock = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool letter = char.IsLetter(c) || c is '\'' or '’';
            if (!letter && !char.IsAsciiDigit(c) && !SpeakerName.IsUnseen(c) && c is not ('/' or '.' or '-' or ',' or ':' or '+'))
            {
                return false;
            }

            words += letter && !inWord ? 1 : 0;
            inWord = letter;
            clock |= c == ':' && i > 0 && char.IsAsciiDigit(text[i - 1]) && i + 2 < text.Length && char.IsAsciiDigit(text[i + 1]) && char.IsAsciiDigit(text[i + 2]);
        }

        return clock && words <= MostWords;
    }

    /// <summary>Whether it has a day: <c>23/11</c>, <c>2026-11-23</c>, <c>23-Nov-26</c>, <c>23.11.26</c>. Parts of a second have one dot only.</summary>
    public static bool HasDate(ReadOnlySpan<char> text)
    {
        int dots = 0;
        for (int i = 1; i + 1 < text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i - 1]) || !char.IsLetterOrDigit(text[i + 1]))
            {
                continue;
            }

            dots += text[i] == '.' ? 1 : 0;
            if (text[i] is '/' or '-' || dots > 1)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How much of a line is a time in figures and what parts it from a name, such as <c>23/11/2026, 12:01 PM - </c>; 0 when it begins with none.</summary>
    public static int PrefixLength(ReadOnlySpan<char> line)
    {
        int end = 0, time = 0;
        while (end < line.Length && end <= Longest)
        {
            int length = line[end..].IndexOfAny(" \t\u00A0\u202F");
            ReadOnlySpan<char> word = length < 0 ? line[end..] : line[end..(end + length)];
            bool isSeparator = word is "" or "-" or "–" or "—" or "|" or "•" or "·";
            if (length < 0 || !(IsFigure(word) || (end > 0 && (isSeparator || IsHalf(word)))))
            {
                break;
            }

            end += length + 1;
            time = isSeparator ? time : end;
        }

        return end > 0 && Is(line[..time].Trim()) ? end : 0;
    }

    private static bool IsFigure(ReadOnlySpan<char> word)
    {
        foreach (char c in word)
        {
            if (!char.IsAsciiDigit(c) && c is not ('/' or '.' or '-' or ',' or ':' or '+' or 'T' or 'Z'))
            {
                return false;
            }
        }

        return word.ContainsAnyInRange('0', '9');
    }

    private static bool IsHalf(ReadOnlySpan<char> word) =>
        word.Equals("am", StringComparison.OrdinalIgnoreCase) || word.Equals("pm", StringComparison.OrdinalIgnoreCase)
        || word.Equals("a.m.", StringComparison.OrdinalIgnoreCase) || word.Equals("p.m.", StringComparison.OrdinalIgnoreCase)
        || word is "UTC" or "GMT" or "Uhr";
}
