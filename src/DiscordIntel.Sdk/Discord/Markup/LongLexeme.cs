namespace DiscordIntel.Discord.Markup;

/// <summary>Takes apart what does not fit into any message.</summary>
internal static class LongLexeme
{
    public static List<Lexeme> Pieces(ReadOnlySpan<char> text, Lexeme whole)
    {
        List<Lexeme> pieces = [];
        switch (whole.Kind)
        {
            case LexemeKind.Code:
                pieces.Add(new(LexemeKind.Backticks, 1));
                AddInner(text[1..^1], pieces);
                pieces.Add(new(LexemeKind.Backticks, 1, IsWithinCode: true));
                break;
            case LexemeKind.Fence:
                pieces.Add(new(LexemeKind.Fence, 3));
                AddChars(text[3..], whole.IsWithinCode, pieces);
                break;
            default:
                // Where there is room for it, the host of a link stays whole: a part of it is the name of another host.
                int host = LinkLexer.HostEnd(text);
                if (host < text.Length)
                {
                    pieces.Add(whole with { Length = host });
                    text = text[host..];
                }

                AddChars(text, whole.IsWithinCode, pieces);
                break;
        }

        return pieces;
    }

    /// <summary>The pieces of inline code from the middle of it on, its last backtick included.</summary>
    public static List<Lexeme> RestOfCode(ReadOnlySpan<char> text)
    {
        List<Lexeme> pieces = [];
        AddInner(text[..text.IndexOf('`')], pieces);
        pieces.Add(new(LexemeKind.Backticks, 1, IsWithinCode: true));
        return pieces;
    }

    // The links in a code are whole for as long as they fit.
    private static void AddInner(ReadOnlySpan<char> text, List<Lexeme> pieces)
    {
        while (MarkupLexer.Read(text, new LexerContext(InFence: true, HasUnpaired: false), complete: true, out int length) is not LexemeKind.Undecided and var kind)
        {
            pieces.Add(new(kind, length, IsWithinCode: true));
            text = text[length..];
        }
    }

    private static void AddChars(ReadOnlySpan<char> text, bool isWithinCode, List<Lexeme> pieces)
    {
        while (!text.IsEmpty)
        {
            int length = text.Length > 1 && char.IsSurrogatePair(text[0], text[1]) ? 2 : 1;
            pieces.Add(new(LexemeKind.Char, length, isWithinCode));
            text = text[length..];
        }
    }
}
