using System.Text;

namespace DiscordIntel.Discord.Streaming;

/// <summary>The lines that are added to the model's text, made so that they can change nothing else in the message.</summary>
internal static class SmallPrint
{
    private const string Mark = "\n-# ";

    /// <summary>The lines that say something, each after a line break, together no longer than <paramref name="most"/>.</summary>
    public static string Format(int most, params ReadOnlySpan<string?> lines)
    {
        int count = 0;
        foreach (string? line in lines)
        {
            count += string.IsNullOrWhiteSpace(line) ? 0 : 1;
        }

        var text = new StringBuilder();
        foreach (string? line in lines)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                text.Append(Mark);

                AppendLine(text, line.Trim(), (most / count) - Mark.Length);
            }
        }

        return text.ToString();
    }

    private static void AppendLine(StringBuilder text, string line, int most)
    {
        int end = text.Length + most;
        foreach (Rune rune in line.EnumerateRunes())
        {
            // Without its colon next to a slash no link is live. Bars become slashes, and to browsers backslashes are some.
            string gap = text[^1] == ':' && (rune.Value is '/' or '|' or '\\') ? " " : "";

            // The last place is for the sign of what is left out.
            if (text.Length + gap.Length + rune.Utf16SequenceLength >= end)
            {
                text.Append('…');
                return;
            }

            text.Append(gap);

            switch (rune.Value)
            {
                case '`':
                    text.Append('\'');
                    break;
                case '|':
                    text.Append('/');
                    break;
                case < ' ':
                    text.Append(' ');
                    break;
                default:
                    text.Append(rune);
                    break;
            }
        }
    }
}
