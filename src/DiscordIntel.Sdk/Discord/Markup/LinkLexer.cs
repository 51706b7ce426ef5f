using System.Buffers;

namespace DiscordIntel.Discord.Markup;

/// <summary>
/// Finds links as Discord does: <c>http://</c> or <c>https://</c> anywhere, also in the middle of a word, up to a blank. The end is ours: code marks, spoiler
/// marks and characters beyond ASCII end a link here, and punctuation at its end belongs to the sentence. So is the number of slashes: within angle brackets
/// Discord asks for one, and browsers take any number of them and of backslashes for two.
/// </summary>
internal static class LinkLexer
{
    // ASCII but blanks, controls, angle brackets and backticks.
    private static readonly SearchValues<char> LinkChars = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%\\\"^{}|");

    // As many as two with a backslash before each; more of them are read with the rest of the link.
    private const int MostSlashes = 4;

    /// <summary>Reads a link from the front of a text that begins with an h.</summary>
    public static LexemeKind Read(ReadOnlySpan<char> text, bool inFence, bool complete, out int length)
    {
        LexemeKind kind = Head(text, out length);
        if (kind == LexemeKind.Char || (kind == LexemeKind.Undecided && complete))
        {
            length = 1;
            return LexemeKind.Char;
        }

        int head = length;
        int end = kind == LexemeKind.Undecided ? 0 : End(text, head, complete);
        length = end == 0 ? 0 : Trim(text[..end], head);
        return end == 0 ? LexemeKind.Undecided : inFence ? LexemeKind.Token : kind;
    }

    /// <summary>
    /// The character that ended the link of that length, before its punctuation was taken off; NUL at the end of the text, DEL for a link that is longer than what
    /// is looked at.
    /// </summary>
    public static char Terminator(int length, ReadOnlySpan<char> afterLink)
    {
        // No further than the link was read: how much more is known by now depends on the pieces that the text came in.
        ReadOnlySpan<char> read = afterLink[..Math.Min(afterLink.Length, MarkupLexer.Longest - length)];
        int end = Body(read);
        return end >= 0 ? read[end] : read.Length < afterLink.Length ? '\x7F' : '\0';
    }

    /// <summary>Whether an h and this text begin with a scheme and its colon. What is not a link was read that far, so this does not depend on the pieces.</summary>
    public static bool IsScheme(ReadOnlySpan<char> afterH)
    {
        int at = 0;
        return Scheme(afterH, ref at);
    }

    /// <summary>Where the host of a link ends; the whole length for one without a path, and for anything else.</summary>
    public static int HostEnd(ReadOnlySpan<char> token)
    {
        int scheme = token.IndexOf("://");
        int host = scheme < 0 ? -1 : token[(scheme + 3)..].IndexOfAny("/?#");
        return host < 0 ? token.Length : scheme + 3 + host;
    }

    // In the target of a masked link Discord takes backslashes away that stand before punctuation.
    private static LexemeKind Head(ReadOnlySpan<char> text, out int length)
    {
        length = 1;
        bool fits = Scheme(text, ref length);
        int slashes = 0;
        while (fits && slashes < MostSlashes && (Take(text, ref length, '/') || Take(text, ref length, '\\')))
        {
            slashes++;
        }

        bool mayGoOn = length == text.Length && slashes < 2;
        return fits && slashes > 0 && !mayGoOn ? LexemeKind.Link : mayGoOn ? LexemeKind.Undecided : LexemeKind.Char;
    }

    private static bool Scheme(ReadOnlySpan<char> text, ref int at) =>
        Take(text, ref at, 't') && Take(text, ref at, 't') && Take(text, ref at, 'p')
        && (Take(text, ref at, 's') || true) && (Take(text, ref at, '\\') || true) && Take(text, ref at, ':');

    private static bool Take(ReadOnlySpan<char> text, ref int at, char expected)
    {
        bool fits = at < text.Length && (text[at] == expected || (char.IsAsciiLetter(expected) && (text[at] | 0x20) == expected));
        at += fits ? 1 : 0;
        return fits;
    }

    private static int End(ReadOnlySpan<char> text, int head, bool complete)
    {
        ReadOnlySpan<char> body = text[head..Math.Min(text.Length, MarkupLexer.Longest)];
        int end = Body(body);
        if (end >= 0)
        {
            return head + end;
        }

        // The character after the longest link must be known, too.
        return complete || text.Length > MarkupLexer.Longest ? head + body.Length : 0;
    }

    private static int Body(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAnyExcept(LinkChars);
        int spoiler = text[..(end < 0 ? text.Length : end)].IndexOf("||");
        return spoiler >= 0 ? spoiler : end;
    }

    private static int Trim(ReadOnlySpan<char> link, int head)
    {
        while (link.Length > head && (".,:;!?\"'*_~|]".Contains(link[^1], StringComparison.Ordinal) || (link[^1] == ')' && link.Count(')') > link.Count('('))))
        {
            link = link[..^1];
        }

        return link.Length;
    }
}
