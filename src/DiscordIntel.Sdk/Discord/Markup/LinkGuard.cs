namespace DiscordIntel.Discord.Markup;

/// <summary>
/// The rules of <see cref="DiscordText.ApplyLinkPolicy"/> between lexer and splitter. A blocked link becomes inline code where the code can be relied on, else
/// <c>hxxp</c>, which is a link nowhere.
/// </summary>
internal sealed class LinkGuard(LinkPolicy policy, MessageSplitter target)
{
    private readonly CodeTrust _trust = new();

    // "](" or "](<": held back until it is clear whether the target of a masked link follows.
    private string _held = "";
    private bool _isTarget;
    private char _last;
    private bool _isEscape;
    private bool _inAngles;

    /// <returns>How many characters of <paramref name="text"/> were taken; what is left is to be read anew.</returns>
    public int Take(LexemeKind kind, ReadOnlySpan<char> text, ReadOnlySpan<char> rest, LexerContext context)
    {
        if (kind == LexemeKind.Link)
        {
            return TakeLink(text, rest);
        }

        if (context.InFence)
        {
            // Whether it would be the target of a masked link is not followed through a block.
            bool isTarget = kind == LexemeKind.Char && (_last is '(' or '<' || char.IsWhiteSpace(_last)) && IsScheme(text, rest);
            bool isLink = isTarget || (kind == LexemeKind.Token && text[0] != '<');
            if (isLink && !policy.AllowInCodeBlocks && !IsAllowed(text, rest))
            {
                return Disarm(text);
            }
        }
        else if (kind == LexemeKind.Char && Hold(text[0]))
        {
            return text.Length;
        }
        else if (kind == LexemeKind.Char && (_isTarget || _held.Length > 1) && IsScheme(text, rest))
        {
            // Browsers need no slashes, and the target of a masked link is what they make of it.
            Flush();
            _isTarget = false;
            return Disarm(text);
        }

        _isTarget = kind == LexemeKind.Char && (_isTarget || _held.Length > 1) && (text[0] == '<' || char.IsWhiteSpace(text[0]));
        Flush();
        if (kind == LexemeKind.Code && !_trust.Has(text[1..^1]))
        {
            char[] code = text.ToArray();
            DisarmAll(code);
            Put(kind, code, context.InFence);
        }
        else
        {
            Put(kind, text, context.InFence);
        }

        return text.Length;
    }

    public void Flush()
    {
        string held = _held;
        _held = "";
        foreach (char c in held)
        {
            Put(LexemeKind.Char, [c], inFence: false);
        }
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

    private int TakeLink(ReadOnlySpan<char> link, ReadOnlySpan<char> rest)
    {
        bool isMasked = _held.Length > 1;
        bool isAllowed = !_isTarget && IsAllowed(link, rest);
        if (isMasked && isAllowed)
        {
            // Apart from its bracket, the target is a link of its own, in full sight.
            _held = _held.Insert(1, " ");
        }

        Flush();
        _isTarget = false;
        if (isAllowed)
        {
            Put(LexemeKind.Token, link, inFence: false);
            if (LinkHost.GoesOn(LinkLexer.Terminator(link.Length, rest)))
            {
                // The marks up to the next blank are marks here and part of the link to Discord.
                _trust.Break();
            }

            return link.Length;
        }

        if (!_trust.Has(link) || _last == '`' || (!rest.IsEmpty && rest[0] == '`'))
        {
            return Disarm(link);
        }

        Put(LexemeKind.Code, ['`', .. link, '`'], inFence: false);
        return link.Length;
    }

    // The rest is read anew: there may be another link in it.
    private int Disarm(ReadOnlySpan<char> link)
    {
        Put(LexemeKind.Char, link[..1], inFence: false);
        Put(LexemeKind.Char, "x", inFence: false);
        Put(LexemeKind.Char, "x", inFence: false);
        return 3;
    }

    private void DisarmAll(Span<char> code)
    {
        for (int at = 0; at < code.Length; at++)
        {
            ReadOnlySpan<char> text = code[at..];
            if ((text[0] | 0x20) != 'h')
            {
                continue;
            }

            // Where the code is none to Discord, the target of a masked link needs no slashes.
            bool isLink = LinkLexer.Read(text, inFence: false, complete: true, out int length) == LexemeKind.Link;
            if (isLink ? !IsAllowed(text[..length], text[length..]) : LinkLexer.IsScheme(text[1..]))
            {
                code[at + 1] = code[at + 2] = 'x';
            }
        }
    }

    private static bool IsScheme(ReadOnlySpan<char> text, ReadOnlySpan<char> rest) => text[0] is 'h' or 'H' && LinkLexer.IsScheme(rest);

    private bool IsAllowed(ReadOnlySpan<char> link, ReadOnlySpan<char> rest) =>
        LinkHost.IsAllowed(policy, link, LinkLexer.Terminator(link.Length, rest), _inAngles || _held.EndsWith('<'));

    private void Put(LexemeKind kind, ReadOnlySpan<char> text, bool inFence)
    {
        bool isMark = kind is LexemeKind.Backticks or LexemeKind.Fence or LexemeKind.Code;
        if (isMark && _isEscape)
        {
            // An escaped backtick is no mark to Discord. Here it is one, so the backslash is made to escape itself.
            target.Append(LexemeKind.Char, "\\");
        }

        _isEscape = !inFence && kind == LexemeKind.Char && text[0] == '\\' && !_isEscape;
        _last = text[^1];
        _inAngles = _last == '<' || (_inAngles && _last is ('\n' or '\t'));
        _trust.Note(kind, text, inFence);
        target.Append(kind, text);
    }
}
