using System.Buffers;

namespace DiscordIntel.Discord.Markup;

/// <summary>
/// Reads one piece from the front of a normalised text. What a piece is depends only on the text itself, never on where a stream cut it: where the text at hand
/// does not decide, the answer is <see cref="LexemeKind.Undecided"/>.
/// </summary>
internal static class MarkupLexer
{
    /// <summary>The longest link or inline code that is kept in one piece, and so the most that is held back.</summary>
    public const int Longest = 1024;

    private const int LongestInfo = 32;
    private const int LongestToken = 100;

    private static readonly SearchValues<char> InfoChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-.#");

    // No slash: a link never hides in a token.
    private static readonly SearchValues<char> TokenChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_:!&-");

    private static readonly SearchValues<char> CommandChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_:!&- ");

    /// <param name="text">The text from here on, as far as it is known.</param>
    /// <param name="context">What came before.</param>
    /// <param name="complete">Whether nothing comes after <paramref name="text"/>.</param>
    /// <param name="length">The length of the piece; 0 when undecided.</param>
    public static LexemeKind Read(ReadOnlySpan<char> text, LexerContext context, bool complete, out int length)
    {
        length = 0;
        if (text.IsEmpty)
        {
            return LexemeKind.Undecided;
        }

        switch (text[0])
        {
            case '`':
                return Backticks(text, context, complete, out length);
            case '|':
                length = Run(text, '|', 2, complete);
                return length == 0 ? LexemeKind.Undecided : LexemeKind.Bars;
            case '<':
                return Token(text, complete, out length);
            case 'h' or 'H':
                return LinkLexer.Read(text, context.InFence, complete, out length);
            default:
                length = text.Length > 1 && char.IsSurrogatePair(text[0], text[1]) ? 2 : 1;
                return LexemeKind.Char;
        }
    }

    private static LexemeKind Backticks(ReadOnlySpan<char> text, LexerContext context, bool complete, out int length)
    {
        length = Run(text, '`', 3, complete);
        return length switch
        {
            0 => LexemeKind.Undecided,
            3 when context.InFence => LexemeKind.Fence,
            3 => Fence(text, complete, out length),
            1 when !context.InFence && !context.HasUnpaired => Code(text, complete, out length),
            _ => LexemeKind.Backticks,
        };
    }

    // The language counts only when it is all there is on the line.
    private static LexemeKind Fence(ReadOnlySpan<char> text, bool complete, out int length)
    {
        ReadOnlySpan<char> line = text[3..Math.Min(text.Length, 3 + LongestInfo + 1)];
        int end = line.IndexOfAnyExcept(InfoChars);
        if (end < 0 && !complete && line.Length <= LongestInfo)
        {
            length = 0;
            return LexemeKind.Undecided;
        }

        length = end > 0 && line[end] == '\n' ? 3 + end : 3;
        return LexemeKind.Fence;
    }

    private static LexemeKind Code(ReadOnlySpan<char> text, bool complete, out int length)
    {
        // A link of full length in code still fits.
        ReadOnlySpan<char> inner = text[1..Math.Min(text.Length, Longest + 2)];
        int end = inner.IndexOfAny('`', '\n');
        bool cutShort = end < 0 ? inner.Length <= Longest : inner[end] == '`' && end + 2 == text.Length;
        if (cutShort && !complete)
        {
            length = 0;
            return LexemeKind.Undecided;
        }

        bool isPair = end > 0 && inner[end] == '`' && (end + 2 == text.Length || text[end + 2] != '`');
        length = isPair ? end + 2 : 1;
        return isPair ? LexemeKind.Code : LexemeKind.Backticks;
    }

    // <@1> <@!1> <@&1> <#1> <:name:1> <a:name:1> <t:1:R> <id:home> </command sub:1>
    private static LexemeKind Token(ReadOnlySpan<char> text, bool complete, out int length)
    {
        length = 1;
        if (text.Length == 1)
        {
            length = complete ? 1 : 0;
            return complete ? LexemeKind.Char : LexemeKind.Undecided;
        }

        if (text[1] is not ('@' or '#' or ':' or 'a' or 't' or 'i' or '/'))
        {
            return LexemeKind.Char;
        }

        ReadOnlySpan<char> inner = text[2..Math.Min(text.Length, LongestToken)];
        int end = inner.IndexOfAnyExcept(text[1] == '/' ? CommandChars : TokenChars);
        if (end < 0 && !complete && text.Length < LongestToken)
        {
            length = 0;
            return LexemeKind.Undecided;
        }

        bool isToken = end > 0 && inner[end] == '>';
        length = isToken ? end + 3 : 1;
        return isToken ? LexemeKind.Token : LexemeKind.Char;
    }

    private static int Run(ReadOnlySpan<char> text, char mark, int most, bool complete)
    {
        int end = text[..Math.Min(text.Length, most)].IndexOfAnyExcept(mark);
        return end >= 0 ? end : text.Length >= most ? most : complete ? text.Length : 0;
    }
}
