using System.Text;

namespace DiscordIntel.Analysis.Transcripts;

/// <summary>Finds what looks like a label, line by line, in one pass.</summary>
internal sealed class LabelReader
{
    private const string Fence = "```";
    private const string Bold = "**";
    private const string ThreadSigns = "↳⤷↪└╰├│─";

    private readonly string _content;
    private readonly List<Range> _lines;
    private readonly List<Label> _labels = [];

    private LabelReader(string content) => (_content, _lines) = (content, Lines(content));

    /// <summary>Reads a text.</summary>
    /// <param name="content">Any text.</param>
    /// <param name="lines">How many of its lines are not blank.</param>
    public static List<Label> Read(string content, out int lines)
    {
        var reader = new LabelReader(content);
        lines = reader.Read();
        return reader._labels;
    }

    private int Read()
    {
        // A fence that is never closed hides nothing.
        int fences = _content.AsSpan().Count(Fence) / 2 * 2;
        int passed = 0;
        int filled = 0;
        (bool opens, bool blank, bool finished, bool underLabel) = (true, true, true, false);
        for (int i = 0; i < _lines.Count; i++)
        {
            ReadOnlySpan<char> line = _content.AsSpan(_lines[i]);
            bool isBlank = line.IsWhiteSpace();
            Label? label = null;
            if (!isBlank)
            {
                bool inCode = passed < fences && passed % 2 == 1;
                ReadOnlySpan<char> next = i + 1 < _lines.Count ? _content.AsSpan(_lines[i + 1]) : [];
                label = Read(line, next, inCode, isOpenHead: blank, underLabel);
                passed += line.Count(Fence);
                filled++;
            }

            if (label is { } found)
            {
                int start = _lines[i].Start.Value;
                _labels.Add(found with { Start = start, End = start + found.End, OpensContent = opens, FollowsBlank = blank, FollowsFinishedLine = finished });
            }

            opens &= isBlank;
            blank = isBlank;

            // Of a line in the midst of others nothing is known yet.
            label = label is { IsTight: true } ? null : label;

            // What stands right under a name on its own line is what that one says.
            underLabel = label is { FillsLine: true };
            finished = isBlank || (label is not null && finished) || line[0] == '>' || Sentences.EndsAt(_content, _lines[i].End.Value);
        }

        return filled;
    }

    private static Label? Read(ReadOnlySpan<char> whole, ReadOnlySpan<char> next, bool inCode, bool isOpenHead, bool underLabel)
    {
        // Marks of direction or byte order may stand before a name, and the arrows and lines with which threads are drawn.
        int skipped = 0;
        bool isIndented = false, isThreaded = false;
        while (skipped < whole.Length && (SpeakerName.IsUnseen(whole[skipped]) || ThreadSigns.Contains(whole[skipped])))
        {
            isThreaded |= ThreadSigns.Contains(whole[skipped]);
            isIndented |= char.IsWhiteSpace(whole[skipped++]);
        }

        ReadOnlySpan<char> line = whole[skipped..];
        if (line.IsEmpty || line[0] == '>')
        {
            return null;
        }

        Label? found = StampedLabel.Read(line, next);
        if (found is null && !inCode)
        {
            Label? angle = AngleLabel.TryRead(line, out string nick, out int length) ? new Label(LabelForm.Angle, nick, 0, length) : null;
            Label? colon = ColonLabel.Read(line);
            found = angle ?? (colon is { IsReply: true } && underLabel ? null : colon) ?? OwnLine(line.TrimEnd(), isOpenHead, isHead: !next.IsWhiteSpace());
        }

        return found is { } read ? read with { End = read.End + skipped, IsIndented = isIndented && !isThreaded } : null;
    }

    /// <summary><c>NAME.</c> or <c>NAME</c>; in small letters only without the full stop. Its words must follow.</summary>
    private static Label? OwnLine(ReadOnlySpan<char> line, bool isOpenHead, bool isHead)
    {
        if (!isHead || line.Length > SpeakerName.Longest + (2 * Bold.Length) + 1)
        {
            return null;
        }

        ReadOnlySpan<char> name = line;
        if (name.Length > 2 * Bold.Length && name.StartsWith(Bold, StringComparison.Ordinal) && name.EndsWith(Bold, StringComparison.Ordinal))
        {
            name = name[Bold.Length..^Bold.Length];
        }

        bool isDotted = name[^1] == '.';
        name = SpeakerName.Trim(isDotted ? name[..^1] : name);
        bool isCaps = SpeakerName.IsAllCaps(name);
        return (isCaps || (!isDotted && SpeakerName.IsCapitalised(name))) && SpeakerName.IsPlausible(name) && HasLetter(name)
            ? new Label(LabelForm.OwnLine, name.ToString(), 0, line.Length) { IsDotted = isDotted, FillsLine = true, IsTight = !isCaps && !isOpenHead }
            : null;
    }

    private static bool HasLetter(ReadOnlySpan<char> name)
    {
        foreach (Rune rune in name.EnumerateRunes())
        {
            if (Rune.IsLetter(rune))
            {
                return true;
            }
        }

        return false;
    }

    private static List<Range> Lines(string content)
    {
        var lines = new List<Range>();
        int start = 0;
        while (start < content.Length)
        {
            int length = content.AsSpan(start).IndexOfAny('\r', '\n');
            int end = length < 0 ? content.Length : start + length;
            lines.Add(start..end);
            start = end + (content.AsSpan(end).StartsWith("\r\n", StringComparison.Ordinal) ? 2 : 1);
        }

        return lines;
    }
}
