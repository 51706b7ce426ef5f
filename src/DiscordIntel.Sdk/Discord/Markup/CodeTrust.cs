namespace DiscordIntel.Discord.Markup;

/// <summary>
/// Whether what looks like inline code is code to Discord, too. There the mark that opens first wins: bold that began before the code may end within it, and what
/// follows is text with live links. So code is trusted only while no mark seen before can end in it, or could in a code block before it.
/// </summary>
internal sealed class CodeTrust
{
    private const string Openers = "*_~|[<`";
    private const string Closers = "*_~|]>`";

    // The splitter may part a longer run of line breaks within a code block.
    private const int MostLineBreaks = 20;

    private string _closers = "";
    private int _lineBreaks;
    private bool _hasText;
    private bool _isBroken;

    /// <summary>Whether inline code with this text between its backticks can be relied on.</summary>
    public bool Has(ReadOnlySpan<char> text) => !_isBroken && !_closers.Contains('`', StringComparison.Ordinal) && !text.ContainsAny(_closers);

    /// <summary>Says that no more code can be relied on.</summary>
    public void Break() => _isBroken = true;

    /// <summary>Takes notice of the next piece of the text.</summary>
    public void Note(LexemeKind kind, ReadOnlySpan<char> text, bool inFence)
    {
        if (kind == LexemeKind.Fence)
        {
            // A block of nothing but line breaks is none to Discord: its end is the beginning of the next one.
            _isBroken |= inFence && !_hasText;
            _hasText = false;
            _lineBreaks = 0;
            return;
        }

        if (inFence)
        {
            _hasText |= text[0] != '\n';
            _lineBreaks = text[0] == '\n' ? _lineBreaks + 1 : 0;
            _isBroken |= _lineBreaks > MostLineBreaks || text.ContainsAny(_closers);
        }

        bool isText = inFence ? _isBroken : kind == LexemeKind.Code ? !Has(text[1..^1]) : kind != LexemeKind.Token || text[0] != '<';
        for (int i = 0; isText && i < text.Length; i++)
        {
            int mark = Openers.IndexOf(text[i], StringComparison.Ordinal);
            if (mark >= 0 && !_closers.Contains(Closers[mark], StringComparison.Ordinal))
            {
                _closers += Closers[mark];
            }
        }
    }
}
