using System.Buffers;
using System.Text;

namespace DiscordIntel.Discord.Markup;

/// <summary>The rules of <see cref="DiscordText.EscapeMarkdown"/>.</summary>
internal static class MarkdownEscape
{
    private static readonly SearchValues<char> Marks = SearchValues.Create("\\*_~`|<>[]()#:@");

    public static string Apply(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        bool atLineStart = true;
        for (int at = 0; at < text.Length; at++)
        {
            char c = text[at];
            bool isListMark = atLineStart && (c is '-' or '+' || (c == '.' && at > 0 && char.IsAsciiDigit(text[at - 1])));
            if (Marks.Contains(c) || isListMark)
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
            atLineStart = c == '\n' || (atLineStart && (c == ' ' || char.IsAsciiDigit(c)));
        }

        return escaped.ToString();
    }
}
