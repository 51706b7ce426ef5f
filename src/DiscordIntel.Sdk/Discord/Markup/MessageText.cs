namespace DiscordIntel.Discord.Markup;

/// <summary>A text on its way into messages: normalised, its links judged, cut. Every character is looked at once, whatever the pieces it comes in.</summary>
internal sealed class MessageText
{
    private const int Piece = 1024;

    private readonly TextNormalizer _normalizer = new();
    private readonly CharBuffer _pending = new();
    private readonly LinkGuard? _guard;
    private LexerContext _context;

    /// <param name="links">The link policy; null leaves links alone.</param>
    /// <param name="maxChars">The most characters of a message.</param>
    /// <param name="maxMessages">The most messages.</param>
    /// <param name="maxText">The most characters of text.</param>
    public MessageText(LinkPolicy? links, int maxChars, int maxMessages = int.MaxValue, int maxText = int.MaxValue)
    {
        Messages = new(maxChars, maxMessages, maxText);
        _guard = links is null ? null : new(links, Messages);
    }

    public MessageSplitter Messages { get; }

    /// <summary>Characters held back because what they are is not decided yet.</summary>
    public int Held => _pending.Length;

    public void Append(ReadOnlySpan<char> source)
    {
        while (!source.IsEmpty && !Messages.Truncated)
        {
            ReadOnlySpan<char> piece = source[..Math.Min(source.Length, Piece)];
            _normalizer.Append(piece, _pending);
            Read(complete: false);
            source = source[piece.Length..];
        }
    }

    /// <summary>Says that the text ends here.</summary>
    public void Complete()
    {
        _normalizer.Complete(_pending);
        Read(complete: true);
        _guard?.Flush();
    }

    private void Read(bool complete)
    {
        ReadOnlySpan<char> rest = _pending.Span;
        while (MarkupLexer.Read(rest, _context, complete, out int length) is not LexemeKind.Undecided and var kind)
        {
            ReadOnlySpan<char> text = rest[..length];
            int taken = length;
            if (_guard is null)
            {
                Messages.Append(kind, text);
            }
            else
            {
                taken = _guard.Take(kind, text, rest[length..], _context);
            }

            rest = rest[taken..];
            _context = taken == length ? _context.After(kind, length) : _context;
        }

        _pending.RemoveFirst(_pending.Length - rest.Length);
    }
}
