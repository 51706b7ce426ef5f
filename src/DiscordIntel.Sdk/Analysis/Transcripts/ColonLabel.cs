namespace DiscordIntel.Analysis.Transcripts;

/// <summary><c>Name: text</c>, <c>**Name:** text</c>, <c>**Name**: text</c>, each also with what stands in brackets behind the name or with whom it answers.</summary>
internal static class ColonLabel
{
    private const string Bold = "**";
    private const int Longest = (2 * SpeakerName.Longest) + 24;

    private static readonly string[] Replies = [" replying to ", " replied to ", " in reply to ", " → ", " -> "];

    /// <summary>Reads the label at the beginning of a line; its places count from there.</summary>
    public static Label? Read(ReadOnlySpan<char> line)
    {
        int open = line.StartsWith(Bold, StringComparison.Ordinal) ? Bold.Length : 0;
        bool isMention = open < line.Length && line[open] == '@';
        open += isMention ? 1 : 0;
        int colon = Colon(line, open);
        if (colon < 0)
        {
            return null;
        }

        int end = colon + 1;
        ReadOnlySpan<char> head = line[open..colon];
        if (line.StartsWith(Bold, StringComparison.Ordinal))
        {
            bool closesBehind = line[end..].StartsWith(Bold, StringComparison.Ordinal);
            end += closesBehind ? Bold.Length : 0;
            if (!closesBehind && !head.Contains(Bold, StringComparison.Ordinal))
            {
                return null;
            }
        }

        bool isApart = end == line.Length || char.IsWhiteSpace(line[end]) || line[colon] == '：';
        if (!isApart)
        {
            return null;
        }

        ReadOnlySpan<char> told = WithoutBrackets(SpeakerName.Trim(head), out bool isReply);
        ReadOnlySpan<char> name = WithoutAnswered(told);
        isReply |= name.Length < told.Length;
        name = SpeakerName.Trim(name.EndsWith(Bold, StringComparison.Ordinal) ? name[..^Bold.Length] : name);
        return SpeakerName.IsPlausible(name)
            ? new Label(LabelForm.Colon, name.ToString(), 0, end) { FillsLine = line[end..].IsWhiteSpace(), IsMention = isMention, IsReply = isReply }
            : null;
    }

    /// <summary>The first colon that stands in no brackets.</summary>
    private static int Colon(ReadOnlySpan<char> line, int start)
    {
        int limit = Math.Min(line.Length, Longest);
        for (int i = start; i < limit; i++)
        {
            if (line[i] is ':' or '：')
            {
                return i > start ? i : -1;
            }

            if (Closer(line[i]) is not '\0' and var closer && i > start)
            {
                int length = line[i..limit].IndexOf(closer);
                if (length < 0)
                {
                    return -1;
                }

                i += length;
            }
        }

        return -1;
    }

    /// <summary>Without a time, a manner or whom one answers: <c>Ann (replying to Bob)</c>, <c>Ann [12:01]</c>. A number belongs to the name.</summary>
    private static ReadOnlySpan<char> WithoutBrackets(ReadOnlySpan<char> head, out bool isReply)
    {
        isReply = false;
        int open = head.IndexOfAny("([（");
        if (open <= 0 || head[^1] != Closer(head[open]) || head[(open + 1)..^1].Trim() is not { Length: > 0 } note || !note.ContainsAnyExceptInRange('0', '9'))
        {
            return head;
        }

        foreach (string reply in Replies)
        {
            isReply |= note.StartsWith(reply.AsSpan().Trim(), StringComparison.OrdinalIgnoreCase);
        }

        return SpeakerName.Trim(head[..open]);
    }

    private static ReadOnlySpan<char> WithoutAnswered(ReadOnlySpan<char> head)
    {
        foreach (string reply in Replies)
        {
            int at = head.IndexOf(reply, StringComparison.OrdinalIgnoreCase);
            if (at > 0 && SpeakerName.IsPlausible(SpeakerName.Trim(head[(at + reply.Length)..].Trim("*@"))))
            {
                return SpeakerName.Trim(head[..at]);
            }
        }

        return head;
    }

    private static char Closer(char c) => c switch { '(' => ')', '[' => ']', '（' => '）', _ => '\0' };
}
