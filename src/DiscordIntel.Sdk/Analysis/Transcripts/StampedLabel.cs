namespace DiscordIntel.Analysis.Transcripts;

/// <summary>Labels with a time, as Discord and its exporters write them. The time makes them sure, so the name may be anything.</summary>
internal static class StampedLabel
{
    private const int LongestStamp = 40;
    private const int MostStampWords = 4;
    private const string Reply = " replied to ";

    /// <summary>Reads the label at the beginning of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="name">The name.</param>
    /// <param name="length">How much of the line is the label.</param>
    public static bool TryRead(ReadOnlySpan<char> line, out string name, out int length) =>
        line[0] == '[' ? TryReadBracketed(line, out name, out length) : TryReadDashed(line, out name, out length);

    /// <summary><c>[21:04] nick: text</c>.</summary>
    private static bool TryReadBracketed(ReadOnlySpan<char> line, out string name, out int length)
    {
        (name, length) = ("", 0);
        int close = line[..Math.Min(line.Length, LongestStamp + 2)].IndexOf(']');
        if (close < 0 || !IsMoment(line[1..close]))
        {
            return false;
        }

        int begin = close + 1;
        while (begin < line.Length && SpeakerName.IsUnseen(line[begin]))
        {
            begin++;
        }

        ReadOnlySpan<char> rest = line[begin..];
        int colon = Colon(rest);
        int reply = colon < 0 ? -1 : rest[..colon].IndexOf(Reply, StringComparison.OrdinalIgnoreCase);
        int end = reply < 0 ? colon : reply;
        if (end <= 0 || SpeakerName.Trim(rest[..end]) is not { Length: > 0 and <= SpeakerName.Longest } found)
        {
            return false;
        }

        // To whom one replies is part of what is said.
        (name, length) = (found.ToString(), begin + (reply < 0 ? colon + 1 : reply));
        return true;
    }

    /// <summary><c>nick — Today at 21:04</c>, alone on its line.</summary>
    private static bool TryReadDashed(ReadOnlySpan<char> line, out string name, out int length)
    {
        (name, length) = ("", 0);
        ReadOnlySpan<char> label = line.TrimEnd();
        if (label.Length > SpeakerName.Longest + LongestStamp || label[0] is '>' or '#' or '-' or '*' or '|' or '"' or '{')
        {
            return false;
        }

        int dash = label.LastIndexOfAny('—', '–');
        if (dash < 1 || !char.IsWhiteSpace(label[dash - 1]) || dash + 1 >= label.Length || !char.IsWhiteSpace(label[dash + 1])
            || !IsMoment(label[(dash + 1)..].Trim()) || SpeakerName.Trim(label[..dash]) is not { Length: > 0 and <= SpeakerName.Longest } found)
        {
            return false;
        }

        (name, length) = (found.ToString(), label.Length);
        return true;
    }

    /// <summary>Where the colon stands that ends a name: the first one with white space or nothing after it.</summary>
    private static int Colon(ReadOnlySpan<char> text)
    {
        int end = Math.Min(text.Length, SpeakerName.Longest + Reply.Length + SpeakerName.Longest);
        for (int i = 0; i < end; i++)
        {
            if (text[i] == '：' || (text[i] == ':' && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1]))))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Whether it is a time of day, with or without a date or a few words before it, in any language.</summary>
    private static bool IsMoment(ReadOnlySpan<char> text)
    {
        if (text.Length > LongestStamp)
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

        return clock && words <= MostStampWords;
    }
}
