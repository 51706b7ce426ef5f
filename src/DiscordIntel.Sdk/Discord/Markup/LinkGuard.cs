namespace DiscordIntel.Discord.Markup;

/// <summary>
/// The rules of <see cref="DiscordText.ApplyLinkPolicy"/> between lexer and splitter. A blocked link becomes inline code; where a backtick before or beside it
/// could take that code apart, <c>hxxp</c>.
/// </summary>
internal sealed class LinkGuard(LinkPolicy policy, MessageSplitter target)
{
    // "](" or "](<": held back until it is clear whether the target of a masked link follows.
    private string _held = "";
    private bool _isTarget;
    private char _last;

    public void Take(LexemeKind kind, ReadOnlySpan<char> text, ReadOnlySpan<char> rest, LexerContext context)
    {
        if (kind == LexemeKind.Link)
        {
            TakeLink(text, rest, context);
            return;
        }

        if (kind == LexemeKind.Char && !context.InFence && Hold(text[0]))
        {
            return;
        }

        _isTarget = kind == LexemeKind.Char && (_isTarget || _held.Length > 1) && (text[0] == '<' || char.IsWhiteSpace(text[0]));
        Flush();
        Put(kind, text);
    }

    public void Flush()
    {
        foreach (char c in _held)
        {
            Put(LexemeKind.Char, [c]);
        }

        _held = "";
    }

    private bool Hold(char c)
    {
        string? longer = (_held, c) switch
        {
            ("", ']') => "]",
            ("]", '(') => "](",
            ("](", '<') => "](<",
            _ => null,
        };
        if (longer is null && c == ']' && _held.Length > 0)
        {
            Flush();
            longer = "]";
        }

        _held = longer ?? _held;
        return longer is not null;
    }

    private void TakeLink(ReadOnlySpan<char> link, ReadOnlySpan<char> rest, LexerContext context)
    {
        bool isMasked = _held.Length > 1;
        bool isAllowed = !_isTarget && LinkHost.IsAllowed(policy, link, LinkLexer.Terminator(rest));
        if (isMasked && isAllowed)
        {
            // Apart from its bracket, the target is a link of its own, in full sight.
            _held = _held.Insert(1, " ");
        }

        Flush();
        _isTarget = false;
        if (isAllowed)
        {
            Put(LexemeKind.Token, link);
            return;
        }

        bool isSafeInCode = !context.HasUnpaired && _last != '`' && (rest.IsEmpty || rest[0] != '`');
        char[] shown = isSafeInCode ? ['`', .. link, '`'] : [link[0], 'x', 'x', .. link[3..]];
        Put(isSafeInCode ? LexemeKind.Code : LexemeKind.Token, shown);
    }

    private void Put(LexemeKind kind, ReadOnlySpan<char> text)
    {
        _last = text[^1];
        target.Append(kind, text);
    }
}
