namespace DiscordIntel.Analysis.Transcripts;

/// <summary>
/// The lines of a turn that quote somebody (<c>&gt; text</c>, or all that follows <c>&gt;&gt;&gt; </c>) or that nobody says (see <see cref="Aside"/>): they stand
/// in the turn, but are not the words of its speaker.
/// </summary>
internal static class QuotedLines
{
    /// <summary>The runs of quoted lines of a turn, in order. Who is quoted is known where the quote has a label of somebody who speaks in the text.</summary>
    /// <param name="content">The whole text.</param>
    /// <param name="start">Where the words of the turn begin.</param>
    /// <param name="end">Where the turn ends.</param>
    /// <param name="form">Where the text is from.</param>
    /// <param name="speakerOf">The speaker of a name; null when nobody has it.</param>
    public static IEnumerable<Quoted> Read(string content, int start, int end, ChatForm form, Func<string, string?> speakerOf)
    {
        string? quoted = null;
        for (int line = start, next; line < end; line = next)
        {
            next = NextLine(content, line, end);
            int marks = Marks(content.AsSpan(line..end));
            if (marks == 0)
            {
                quoted = null;
                if (AsideAt(content, line, end, form, speakerOf) is { } aside)
                {
                    yield return aside;
                    next = aside.End;
                }

                continue;
            }

            // Discord quotes the rest of a message after three marks at once; mail quotes one line of a quote of a quote.
            bool takesRest = content.AsSpan(line, marks).Contains(">>>", StringComparison.Ordinal);
            next = takesRest ? end : next;
            quoted = Name(content.AsSpan((line + marks)..next)) is { } name ? speakerOf(name) : quoted;
            yield return new Quoted(line, next, quoted);
            if (takesRest)
            {
                yield break;
            }
        }
    }

    /// <summary>The length of the marks; 0 when the line quotes nothing, as <c>&gt;_&lt;</c> does not.</summary>
    private static int Marks(ReadOnlySpan<char> text)
    {
        int marks = 0, length = 0;
        for (; length < text.Length && (text[length] is '>' or ' '); length++)
        {
            marks += text[length] == '>' ? 1 : 0;
        }

        bool isApart = length == text.Length || text[length] is '\r' or '\n' || (length > 0 && text[length - 1] == ' ');
        return marks > 0 && isApart ? length : 0;
    }

    private static Quoted? AsideAt(string content, int line, int end, ChatForm form, Func<string, string?> speakerOf)
    {
        bool isWhole = line == 0 || content[line - 1] is '\n' or '\r';
        int next = NextLine(content, line, end);
        ReadOnlySpan<char> text = content.AsSpan(line..next).TrimEnd();
        if (!isWhole || !(form.IsTimed || form.IsIrc))
        {
            return null;
        }

        if (form.IsExport && Aside.IsFurniture(text))
        {
            return new Quoted(line, Blank(content, next, end), null);
        }

        return Aside.IsEvent(text, form.IsIrc, out string actor) ? new Quoted(line, next, speakerOf(actor)) : null;
    }

    /// <summary>Where the next blank line begins.</summary>
    private static int Blank(string content, int from, int end)
    {
        // A line feed of a pair is the end of its line, not a blank line.
        for (int line = Skip(content, from, end); line < end; line = Skip(content, NextLine(content, line, end), end))
        {
            if (content.AsSpan(line..NextLine(content, line, end)).IsWhiteSpace())
            {
                return line;
            }
        }

        return end;
    }

    private static int Skip(string content, int from, int end) => from < end && content[from] == '\n' && content[from - 1] == '\r' ? from + 1 : from;

    private static string? Name(ReadOnlySpan<char> text)
    {
        int length = text.IndexOfAny('\r', '\n');
        ReadOnlySpan<char> line = length < 0 ? text : text[..length];
        return line.IsWhiteSpace() ? null
            : StampedLabel.Read(line, []) is { } stamped ? stamped.Name
            : AngleLabel.TryRead(line, out string nick, out _) ? nick
            : ColonLabel.Read(line)?.Name;
    }

    private static int NextLine(string content, int from, int end)
    {
        int length = content.AsSpan(from..end).IndexOfAny('\r', '\n');
        return length < 0 ? end : from + length + 1;
    }
}
