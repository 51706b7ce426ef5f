using System.Text;

namespace DiscordIntel.Analysis.Transcripts;

/// <summary>Finds what looks like a label, line by line, in one pass.</summary>
internal sealed class LabelReader
{
    private const string Fence = "```";
    private const string Bold = "**";

    private readonly string _content;
    private readonly List<Range> _lines;
    private readonly List<Label> _labels = [];

    private LabelReader(string content) => (_content, _lines) = (content, Lines(content));

    public static List<Label> Read(string content)
    {
        var reader = new LabelReader(content);
        reader.Read();
        return reader._labels;
    }

    private void Read()
    {
        // A fence that is never closed hides nothing.
        int fences = _content.AsSpan().Count(Fence) / 2 * 2;
        int passed = 0;
        (bool opens, bool blank, bool finished) = (true, true, true);
        for (int i = 0; i < _lines.Count; i++)
        {
            ReadOnlySpan<char> line = _content.AsSpan(_lines[i]);
            bool isBlank = line.IsWhiteSpace();
            Label? label = null;
            if (!isBlank)
            {
                bool inCode = passed < fences && passed % 2 == 1;
                bool headsText = i + 1 < _lines.Count && !_content.AsSpan(_lines[i + 1]).IsWhiteSpace();
                label = Read(line, _lines[i].Start.Value, inCode, headsText && blank, headsText);
                passed += line.Count(Fence);
            }

            if (label is { } found)
            {
                _labels.Add(found with { OpensContent = opens, FollowsBlank = blank, FollowsFinishedLine = finished });
            }

            opens &= isBlank;
            blank = isBlank;
            finished = isBlank || (label is not null && finished) || line[0] == '>' || Sentences.EndsAt(_content, _lines[i].End.Value);
        }
    }

    private static Label? Read(ReadOnlySpan<char> line, int start, bool inCode, bool isOpenHead, bool isHead)
    {
        // Marks of direction or byte order may stand before a name.
        int skipped = 0;
        while (skipped < line.Length && !char.IsWhiteSpace(line[skipped]) && SpeakerName.IsUnseen(line[skipped]))
        {
            skipped++;
        }

        line = line[skipped..];
        if (line.IsWhiteSpace() || char.IsWhiteSpace(line[0]))
        {
            return null;
        }

        if (StampedLabel.TryRead(line, out string stamped, out int length))
        {
            return new Label(LabelForm.Stamped, stamped, start, start + skipped + length);
        }

        return inCode ? null : Colon(line, start, skipped) ?? OwnLine(line.TrimEnd(), start, skipped, isOpenHead, isHead);
    }

    /// <summary><c>Name: text</c>, <c>**Name:** text</c>, <c>**Name**: text</c>.</summary>
    private static Label? Colon(ReadOnlySpan<char> line, int start, int skipped)
    {
        int open = line.StartsWith(Bold, StringComparison.Ordinal) ? Bold.Length : 0;
        int colon = line[..Math.Min(line.Length, SpeakerName.Longest + (2 * Bold.Length) + 2)].IndexOfAny(':', '：');
        if (colon <= open)
        {
            return null;
        }

        int end = colon + 1;
        ReadOnlySpan<char> name = line[open..colon];
        if (open > 0 && line[end..].StartsWith(Bold, StringComparison.Ordinal))
        {
            end += Bold.Length;
        }
        else if (open > 0)
        {
            if (!name.EndsWith(Bold, StringComparison.Ordinal))
            {
                return null;
            }

            name = name[..^Bold.Length];
        }

        name = SpeakerName.Trim(name);
        bool isApart = end == line.Length || char.IsWhiteSpace(line[end]) || line[colon] == '：';
        return isApart && SpeakerName.IsPlausible(name)
            ? new Label(LabelForm.Colon, name.ToString(), start, start + skipped + end) { FillsLine = line[end..].IsWhiteSpace() }
            : null;
    }

    /// <summary><c>NAME.</c> or <c>NAME</c>; in small letters only without the full stop and after a blank line. Its words must follow.</summary>
    private static Label? OwnLine(ReadOnlySpan<char> line, int start, int skipped, bool isOpenHead, bool isHead)
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
        return (isCaps || (isOpenHead && !isDotted && SpeakerName.IsCapitalised(name))) && SpeakerName.IsPlausible(name) && HasLetter(name)
            ? new Label(LabelForm.OwnLine, name.ToString(), start, start + skipped + line.Length) { IsDotted = isDotted, FillsLine = true }
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
