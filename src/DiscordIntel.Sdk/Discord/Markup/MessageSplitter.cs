namespace DiscordIntel.Discord.Markup;

/// <summary>
/// Cuts a text into messages while it comes. What is sealed never changes, and depends on the text alone: a piece is sealed when the next lexeme would not fit
/// with the longest closing marks.
/// </summary>
/// <param name="maxChars">The most characters of a message, marks included.</param>
/// <param name="maxMessages">The most messages; what does not fit into them is kept as text only.</param>
/// <param name="maxText">The most characters of text; what comes beyond is dropped.</param>
internal sealed class MessageSplitter(int maxChars, int maxMessages, int maxText)
{
    private readonly int _longestInfo = Math.Min(20, maxChars / 10);
    private readonly List<MessagePart> _sealed = [];
    private readonly List<Lexeme> _lexemes = [];
    private readonly CutPoints _cuts = new();

    private int _maxChars = maxChars;
    private int _maxMessages = maxMessages;

    // The message that grows: where it begins and ends, how much it may hold, and which lexeme is next.
    private MarkupOpening _opening;
    private MarkupScan _scan;
    private MessagePart _last;
    private string _info = "";
    private int _start;
    private int _end;
    private int _next;
    private int _room = maxChars - MarkupOpening.LongestClosing;
    private bool _hasText;
    private bool _fenceHasText;

    /// <summary>The whole text.</summary>
    public CharBuffer Text { get; } = new();

    /// <summary>The messages that will not change.</summary>
    public IReadOnlyList<MessagePart> Sealed => _sealed;

    /// <summary>The message that grows; after an overflow the last one that is shown.</summary>
    public MessagePart Tail => Overflowed ? _last : new(_start, _end, _opening, MarkupOpening.Close(_scan, _info, inCode: false).Marks);

    /// <summary>Whether the text goes on behind the last message.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>Whether text was dropped.</summary>
    public bool Truncated { get; private set; }

    public void Append(LexemeKind kind, ReadOnlySpan<char> text)
    {
        Truncated = Truncated || Text.Length + text.Length > maxText;
        if (Truncated)
        {
            return;
        }

        Text.Append(text);
        Add(new(kind, text.Length));
    }

    public string Render(MessagePart part, string atTheEnd = "") => string.Concat(
        part.Opening.Marks, Text.Span[part.Start..part.End], atTheEnd, part.Close);

    public bool IsBlank(MessagePart part) => Text.Span[part.Start..part.End].IsWhiteSpace();

    /// <summary>
    /// Cuts anew from message <paramref name="index"/> on, for the end of the text: none is longer than <paramref name="chars"/>, and
    /// there are no more than <paramref name="messages"/>.
    /// </summary>
    public void Recut(int index, int chars, int messages)
    {
        MessagePart part = index < _sealed.Count ? _sealed[index] : Tail;
        _sealed.RemoveRange(index, _sealed.Count - index);
        (_maxChars, _maxMessages, Overflowed) = (chars, messages, false);
        _lexemes.Clear();
        Begin(part.Start, part.Opening);

        var context = new LexerContext(part.Opening.Info is not null, HasUnpaired: false);
        ReadOnlySpan<char> rest = Text.Span[part.Start..];
        if (part.Opening.InCode)
        {
            // What is left of the code comes first: read as text, its last backtick would begin another one.
            foreach (Lexeme piece in LongLexeme.RestOfCode(rest))
            {
                Add(piece);
                rest = rest[piece.Length..];
            }
        }

        while (!Overflowed && MarkupLexer.Read(rest, context, complete: true, out int length) is not LexemeKind.Undecided and var kind)
        {
            Add(new(kind, length));
            context = context.After(kind, length);
            rest = rest[length..];
        }
    }

    private void Add(Lexeme lexeme)
    {
        if (Overflowed)
        {
            return;
        }

        _lexemes.Add(lexeme);
        while (_next < _lexemes.Count && !Overflowed)
        {
            Place(_lexemes[_next]);
        }
    }

    private void Place(Lexeme lexeme)
    {
        NoteCut(lexeme);
        bool isLong = lexeme.Length > _maxChars - MarkupOpening.LongestClosing || _cuts.IsEmpty;

        // Within code there is always a place left for the backtick at its end, which no cut may come before.
        int room = _room - (lexeme.IsWithinCode && lexeme.Kind != LexemeKind.Backticks ? 1 : 0);
        if (_end - _start + lexeme.Length <= room)
        {
            Accept(lexeme);
        }
        else if (isLong && lexeme.Length > 1 && lexeme.Kind is not (LexemeKind.Char or LexemeKind.Backticks or LexemeKind.Bars))
        {
            List<Lexeme> pieces = LongLexeme.Pieces(Text.Span.Slice(_end, lexeme.Length), lexeme);
            _lexemes.RemoveAt(_next);
            _lexemes.InsertRange(_next, pieces);
        }
        else
        {
            Seal(_cuts.Best(_start, _room));
        }
    }

    private void NoteCut(Lexeme lexeme)
    {
        ReadOnlySpan<char> text = Text.Span;
        if (_end == _start || (lexeme.IsWithinCode && (text[_end - 1] == '`' || text[_end] == '`')))
        {
            return;
        }

        var cut = new Cut(_end, _next, _scan, _info, lexeme.IsWithinCode);
        _cuts.Add(TextBorder.LastResort, cut);

        // A code block of nothing but line breaks is none to Discord: its end would be the beginning of the next one.
        bool leavesEmptyBlock = _scan.InFence && (!_fenceHasText || lexeme.Kind == LexemeKind.Fence || text[_end] == '\n');
        if (_hasText && !leavesEmptyBlock)
        {
            _cuts.Add(TextBorder.Any, cut);
            _cuts.Add(TextBorder.Rank(text, _end), cut);
        }
    }

    private void Accept(Lexeme lexeme)
    {
        ReadOnlySpan<char> text = Text.Span.Slice(_end, lexeme.Length);
        bool isText = !text.IsWhiteSpace();
        switch (lexeme.Kind)
        {
            case LexemeKind.Fence:
                _scan.Backticks(3);
                _info = text.Length - 3 <= _longestInfo ? text[3..].ToString() : "";
                _fenceHasText = false;
                break;
            case LexemeKind.Backticks:
                _scan.Backticks(lexeme.Length);
                break;
            case LexemeKind.Bars:
                _scan.Bars(lexeme.Length);
                break;
            case LexemeKind.Code:
                _scan.Backticks(1);
                _scan.Bars(text.Count("||") % 2 * 2);
                _scan.Backticks(1);
                break;
        }

        _fenceHasText |= isText && lexeme.Kind != LexemeKind.Fence;
        _hasText |= isText;
        _end += lexeme.Length;
        _next++;
    }

    private void Seal(Cut cut)
    {
        (string close, MarkupOpening next) = MarkupOpening.Close(cut.Scan, cut.Info, cut.InCode);
        var part = new MessagePart(_start, cut.At, _opening, close);
        if (_sealed.Count == _maxMessages - 1)
        {
            Overflowed = true;
            _last = part;
            return;
        }

        _sealed.Add(part);
        _lexemes.RemoveRange(0, cut.Lexeme);
        Begin(cut.At, next);
    }

    private void Begin(int start, MarkupOpening opening)
    {
        _start = _end = start;
        _next = 0;
        _opening = opening;
        _scan = opening.Scan;
        _info = opening.Info ?? "";
        _room = _maxChars - opening.Marks.Length - MarkupOpening.LongestClosing;
        _hasText = _fenceHasText = false;
        _cuts.Clear();
    }
}
