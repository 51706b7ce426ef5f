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
        bool afterNumber = false;
        for (int at = 0; at < text.Length; at++)
        {
            char c = text[at];
            bool isListMark = (atLineStart && c is ('-' or '+')) || (afterNumber && c == '.');
            if (Marks.Contains(c) || isListMark)
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
            afterNumber = char.IsAsciiDigit(c) && (atLineStart || afterNumber);
            atLineStart = c is '\n' or '\r' || (atLineStart && (c is ' ' or '\t' || char.IsControl(c)));
        }

        return escaped.ToString();
    }
}
