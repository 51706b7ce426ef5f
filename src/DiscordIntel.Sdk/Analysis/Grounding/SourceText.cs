namespace DiscordIntel.Analysis.Grounding;

/// <summary>
/// A text in which quotes are looked up: first as they are, then without regard to Markdown marks, then with what an omission leaves out, then with a few
/// edits. Safe for concurrent use.
/// </summary>
internal sealed class SourceText
{
    // A shorter quote with edits would stand in any text.
    private const int ShortestInexact = 16;
    private const int MostEdits = 40;
    private const int MostEditsPercent = 15;

    private readonly string _original;
    private readonly FoldedText _folded;
    private readonly Lazy<FoldedText> _loose;
    private readonly Lazy<SymbolText> _symbols;

    public SourceText(string text)
    {
        _original = text;
        _folded = new FoldedText(text, loose: false);
        _loose = new Lazy<FoldedText>(() => new FoldedText(text, loose: true));
        _symbols = new Lazy<SymbolText>(() => new SymbolText(_loose.Value.Text));
    }

    /// <summary>The quote with its place, or without one when it does not stand in the text.</summary>
    public SourceQuote Find(string quote) =>
        Exact(_folded, new FoldedText(quote, loose: false).Text)
        ?? Loose(new FoldedText(quote, loose: true).Text)
        ?? new SourceQuote { Text = quote };

    private SourceQuote? Loose(string folded)
    {
        string bare = folded.Trim(' ', '"', '\'');
        if (bare.Length == 0)
        {
            return null;
        }

        FoldedText text = _loose.Value;
        if (Exact(text, folded) is { } exact)
        {
            return exact;
        }

        IReadOnlyList<string> parts = Omission.Parts(bare);
        if (Omission.Place(text.Text, parts) is { } place)
        {
            return At(text.Origin(place.Start, place.End), 0);
        }

        SymbolText symbols = _symbols.Value;
        int[] pattern = symbols.Encode(parts.Count == 1 ? parts[0] : bare);
        if (pattern.Length is < ShortestInexact or > ApproximateSearch.LongestPattern)
        {
            return null;
        }

        int bound = Math.Min(MostEdits, pattern.Length * MostEditsPercent / 100);
        return ApproximateSearch.Find(symbols, pattern, bound, out _) is { } match
            ? At(text.Origin(symbols.Place(match.Start), symbols.Place(match.End)), match.Distance)
            : null;
    }

    private SourceQuote? Exact(FoldedText text, string folded)
    {
        // As it is given; without quote marks around it; without a full stop or dots of the model's own. Models like to add both.
        string given = folded.Trim(' ');
        string bare = given.Trim(' ', '"', '\'');
        string wanted = given;
        int at = bare.Length == 0 ? -1 : Place(wanted);
        if (at < 0)
        {
            at = Place(wanted = bare);
        }

        if (at < 0)
        {
            at = Place(wanted = bare.Trim(' ', '"', '\'', '.', '…'));
        }

        return at < 0 ? null : At(text.Origin(at, at + wanted.Length), 0);

        int Place(string words) => words.Length == 0 ? -1 : text.Text.IndexOf(words, StringComparison.Ordinal);
    }

    private SourceQuote At(Range range, int distance) => new()
    {
        Text = _original[range],
        Offset = range.Start.Value,
        Line = 1 + _original.AsSpan(0, range.Start.Value).Count('\n'),
        Distance = distance,
    };
}
