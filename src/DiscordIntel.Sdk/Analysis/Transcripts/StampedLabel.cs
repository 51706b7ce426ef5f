namespace DiscordIntel.Analysis.Transcripts;

/// <summary>Labels with a time, as Discord, other chats and their exporters write them. A time in brackets or a date makes them sure, so the name may be anything.</summary>
internal static class StampedLabel
{
    private const string Reply = " replied to ";
    private const string Pinned = "(pinned)";

    /// <summary>Reads the label at the beginning of a line; its places count from there.</summary>
    /// <param name="line">The line, without white space before it.</param>
    /// <param name="next">The line after it.</param>
    public static Label? Read(ReadOnlySpan<char> line, ReadOnlySpan<char> next) => line[0] switch
    {
        '[' or '(' => Bracketed(line, next),
        >= '0' and <= '9' => Bare(line) ?? Dashed(line),
        _ => Dashed(line),
    };

    /// <summary><c>[21:04] nick: text</c>, <c>[21:04] &lt;nick&gt; text</c>, or <c>[23-Nov-26 09:04 PM] nick</c> alone on its line.</summary>
    private static Label? Bracketed(ReadOnlySpan<char> line, ReadOnlySpan<char> next)
    {
        int begin = Bracket(line);
        if (begin == 0)
        {
            return null;
        }

        ReadOnlySpan<char> stamp = line[1..(begin - 1)];
        while (begin < line.Length && SpeakerName.IsUnseen(line[begin]))
        {
            begin++;
        }

        ReadOnlySpan<char> rest = line[begin..];
        if (AngleLabel.TryRead(rest, out string nick, out int length))
        {
            return new Label(LabelForm.Stamped, nick, 0, begin + length);
        }

        if (Aside.IsEvent(rest))
        {
            return null;
        }

        int colon = Colon(rest);
        if (colon < 0)
        {
            return line[0] == '[' ? Alone(rest.TrimEnd(), begin, next, Moment.HasDate(stamp)) : null;
        }

        int reply = rest[..colon].IndexOf(Reply, StringComparison.OrdinalIgnoreCase);
        int end = reply < 0 ? colon : reply;

        // To whom one replies is part of what is said.
        return end > 0 && SpeakerName.Trim(rest[..end]) is { Length: > 0 and <= SpeakerName.Longest } name
            ? new Label(LabelForm.Stamped, name.ToString(), 0, begin + (reply < 0 ? colon + 1 : reply))
            : null;
    }

    /// <summary>The name alone behind its time; the words follow on the next line, unless the message has none.</summary>
    private static Label? Alone(ReadOnlySpan<char> rest, int begin, ReadOnlySpan<char> next, bool isDated)
    {
        ReadOnlySpan<char> name = rest.EndsWith(Pinned, StringComparison.OrdinalIgnoreCase) ? rest[..^Pinned.Length] : rest;
        name = SpeakerName.Trim(name);
        bool isTagged = SpeakerName.WithoutTag(name).Length < name.Length;
        return name.Length is > 0 and <= SpeakerName.Longest && Bracket(next.TrimStart()) == 0
            ? new Label(LabelForm.Stamped, name.ToString(), 0, begin + rest.Length)
            {
                FillsLine = true, LacksText = next.IsWhiteSpace(), IsLoose = !isDated && !isTagged,
            }
            : null;
    }

    /// <summary><c>2026-11-23 21:04 nick: text</c>, <c>21:04 - nick: text</c>, <c>21:04 &lt;nick&gt; text</c>.</summary>
    private static Label? Bare(ReadOnlySpan<char> line)
    {
        int begin = Moment.PrefixLength(line);
        if (begin == 0)
        {
            return null;
        }

        ReadOnlySpan<char> rest = line[begin..];
        bool isLoose = !Moment.HasDate(line[..begin]);
        if (AngleLabel.TryRead(rest, out string nick, out int length))
        {
            return new Label(LabelForm.Stamped, nick, 0, begin + length) { IsLoose = isLoose };
        }

        int colon = Colon(rest);
        return colon > 0 && SpeakerName.Trim(rest[..colon]) is var name && SpeakerName.IsPlausible(name)
            ? new Label(LabelForm.Stamped, name.ToString(), 0, begin + colon + 1) { IsLoose = isLoose }
            : null;
    }

    /// <summary><c>nick — Today at 21:04</c>, alone on its line.</summary>
    private static Label? Dashed(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> label = line.TrimEnd();
        if (label.Length > SpeakerName.Longest + Moment.Longest || label[0] is '>' or '#' or '-' or '*' or '|' or '"' or '{')
        {
            return null;
        }

        int dash = label.LastIndexOfAny('—', '–');
        dash = dash < 0 ? label.LastIndexOf(" - ") + 1 : dash;
        return dash > 0 && char.IsWhiteSpace(label[dash - 1]) && dash + 1 < label.Length && char.IsWhiteSpace(label[dash + 1])
            && Moment.Is(label[(dash + 1)..].Trim()) && SpeakerName.Trim(label[..dash]) is { Length: > 0 and <= SpeakerName.Longest } name
            ? new Label(LabelForm.Stamped, name.ToString(), 0, label.Length)
            : null;
    }

    /// <summary>The length of a time at the beginning of a line, in brackets or in figures alone; 0 when there is none.</summary>
    public static int TimeLength(ReadOnlySpan<char> line)
    {
        int length = Bracket(line);
        while (length > 0 && length < line.Length && SpeakerName.IsUnseen(line[length]))
        {
            length++;
        }

        return length > 0 ? length : Moment.PrefixLength(line);
    }

    /// <summary>The length of a time in brackets at the beginning of a line; 0 when there is none.</summary>
    private static int Bracket(ReadOnlySpan<char> line)
    {
        if (line.IsEmpty || line[0] is not ('[' or '('))
        {
            return 0;
        }

        int close = line[..Math.Min(line.Length, Moment.Longest + 2)].IndexOf(line[0] == '[' ? ']' : ')');
        return close > 0 && Moment.Is(line[1..close]) ? close + 1 : 0;
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
}
