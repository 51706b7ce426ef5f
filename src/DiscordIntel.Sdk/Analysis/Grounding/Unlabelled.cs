using System.Buffers;
using System.Text;
using DiscordIntel.Analysis.Transcripts;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>
/// A text whose lines begin with what is said. In a chat every message stands behind a time or a name, so that what heads the message does not head the line.
/// For scanning alone: any few words before a colon are taken for a name, as a nick may be anything.
/// </summary>
internal static class Unlabelled
{
    // A name, and whom it answers. In UTF-16 units.
    private const int Longest = 64;

    private static readonly SearchValues<char> Marks = SearchValues.Create(" \t>*_↳⤷↪└╰├│─");

    /// <summary>The text without labels; the same one when it has none. Lines stay lines.</summary>
    public static string Remove(string text)
    {
        StringBuilder? plain = null;
        int copied = 0;
        for (int line = 0; line < text.Length;)
        {
            int length = text.AsSpan(line).IndexOfAny('\r', '\n');
            int end = length < 0 ? text.Length : line + length;
            int label = Length(text.AsSpan(line..end));
            if (label > 0)
            {
                plain = (plain ?? new StringBuilder(text.Length)).Append(text, copied, line - copied);
                copied = line + label;
            }

            line = end + 1;
        }

        return plain is null ? text : plain.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>How much of a line is a label, with the marks and white space around it; 0 when it has none.</summary>
    private static int Length(ReadOnlySpan<char> line)
    {
        int begin = line.IndexOfAnyExcept(Marks);
        if (begin < 0)
        {
            return 0;
        }

        int time = StampedLabel.TimeLength(line[begin..]);
        int end = begin + time;
        ReadOnlySpan<char> rest = line[end..];
        if (AngleLabel.TryRead(rest, out _, out int nick))
        {
            end += nick;
        }
        else if (Colon(rest) is var colon and > 0 && !(time == 0 && NamesData(rest, colon)))
        {
            end += colon + 1;
        }

        return end == begin ? 0 : end + Math.Max(0, line[end..].IndexOfAnyExcept(Marks));
    }

    private static int Colon(ReadOnlySpan<char> text)
    {
        int limit = Math.Min(Longest, text.Length - 1);
        for (int i = 0; i < limit; i++)
        {
            if (text[i] == '：' || (text[i] == ':' && (char.IsWhiteSpace(text[i + 1]) || text[i + 1] == '*')))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Words before data tell what they are, not who says them: <c>npm config: {"score": 10}</c>.</summary>
    private static bool NamesData(ReadOnlySpan<char> text, int colon) =>
        text[..colon].Trim().Contains(' ') && text[(colon + 1)..].TrimStart() is ['{' or '[', ..];
}
