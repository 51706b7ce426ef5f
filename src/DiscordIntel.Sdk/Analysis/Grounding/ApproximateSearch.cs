namespace DiscordIntel.Analysis.Grounding;

/// <summary>
/// Finds the place where a pattern stands with the fewest edits: Myers' bit-parallel algorithm over blocks of 64 rows, in which only the blocks that can
/// still hold a value within the bound are computed (G. Myers, "A fast bit-vector algorithm for approximate string matching", J. ACM 46(3), 1999).
/// Ordinary text needs one or two blocks a character; the worst needs all, and is held by <see cref="MostWork"/>.
/// </summary>
internal sealed class ApproximateSearch
{
    /// <summary>The longest pattern, in characters.</summary>
    public const int LongestPattern = 1024;

    /// <summary>The most blocks one search computes; what lies beyond is not searched. A million characters of the worst kind fit.</summary>
    public const int MostWork = 1 << 24;

    private const int Rows = 64;

    private readonly SymbolText _text;
    private readonly int[] _pattern;
    private readonly int _blocks;
    private readonly int[] _kindOf;
    private readonly ulong[] _equal;
    private readonly ulong[] _up;
    private readonly ulong[] _down;
    private readonly int[] _scores;

    private ApproximateSearch(SymbolText text, int[] pattern)
    {
        _text = text;
        _pattern = pattern;
        _blocks = (pattern.Length + Rows - 1) / Rows;
        _up = new ulong[_blocks];
        _down = new ulong[_blocks];
        _scores = new int[_blocks];

        // One row of masks for each kind of character in the pattern; row 0 is for all others.
        _kindOf = new int[text.Kinds];
        _equal = new ulong[(pattern.Length + 1) * _blocks];
        int kinds = 0;
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] is not SymbolText.Foreign and var symbol)
            {
                int kind = _kindOf[symbol] == 0 ? _kindOf[symbol] = ++kinds : _kindOf[symbol];
                _equal[(kind * _blocks) + (i / Rows)] |= 1UL << (i % Rows);
            }
        }
    }

    /// <summary>
    /// The range with the smallest distance that neither begins nor ends with white space, of equal ones the first, in characters of the text.
    /// </summary>
    /// <param name="text">Where to look; no two spaces stand together.</param>
    /// <param name="pattern">What for; at least one and at most <see cref="LongestPattern"/> characters.</param>
    /// <param name="bound">The greatest distance, less than the pattern's length.</param>
    /// <param name="work">How many blocks were computed.</param>
    /// <returns>The match; null when there is none within the bound.</returns>
    public static ApproximateMatch? Find(SymbolText text, int[] pattern, int bound, out int work)
    {
        var search = new ApproximateSearch(text, pattern);
        (int end, int distance) = search.End(bound, out work);
        return end < 0 ? null : new ApproximateMatch(search.Start(end, distance), end, distance);
    }

    private (int End, int Distance) End(int bound, out int work)
    {
        ReadOnlySpan<int> symbols = _text.Symbols;
        int last = -1;
        while (last < _blocks - 1 && (last + 1) * Rows < bound + 1)
        {
            Open(++last, last == 0 ? Above(0) : _scores[last - 1]);
        }

        (int best, int first, int end, work) = (bound + 1, -1, -1, 0);
        for (int i = 0; i < symbols.Length && work < MostWork; i++)
        {
            ReadOnlySpan<ulong> equal = _equal.AsSpan(_kindOf[symbols[i]] * _blocks, _blocks);
            last = Advance(equal, last, Math.Min(best, bound), Above(i + 1) - Above(i));
            work += last + 1;
            if (last < _blocks - 1 || symbols[i] == _text.Space)
            {
                continue;
            }

            int score = _scores[last];
            if (score < best)
            {
                (best, first, end) = (score, i + 1, i + 1);
            }
            else if (score == best && first >= 0 && i + 1 - first <= best && !_text.IsWordBorder(end) && _text.IsWordBorder(i + 1))
            {
                // Of the ends of one match the first is the tightest, and one that ends a word is the best.
                end = i + 1;
            }
        }

        return (end, best);
    }

    /// <summary>Computes the next column and returns the last block that can still matter.</summary>
    private int Advance(ReadOnlySpan<ulong> equal, int last, int bound, int carry)
    {
        for (int block = 0; block <= last; block++)
        {
            carry = Step(block, equal[block], carry);
            _scores[block] += carry;
        }

        if (last < _blocks - 1 && _scores[last] - carry <= bound && (carry < 0 || (equal[last + 1] & 1) != 0))
        {
            Open(last + 1, _scores[last] - carry);
            last++;
            _scores[last] += Step(last, equal[last], carry);
        }

        while (last > 0 && _scores[last] >= bound + Rows)
        {
            last--;
        }

        return last;
    }

    /// <summary>The row above the pattern: a range may begin anywhere. To begin with a space costs what leaving the space out would cost.</summary>
    private int Above(int at) => at < _text.Length && _text.Symbols[at] == _text.Space ? 1 : 0;

    private void Open(int block, int above)
    {
        (_up[block], _down[block]) = (ulong.MaxValue, 0);
        _scores[block] = above + Height(block);
    }

    private int Height(int block) => Math.Min(Rows, _pattern.Length - (block * Rows));

    /// <summary>One block of one column. Takes and returns the difference to the column before, in the row above the block and in its last row.</summary>
    private int Step(int block, ulong equal, int carry)
    {
        (ulong up, ulong down) = (_up[block], _down[block]);
        ulong vertical = equal | down;
        equal |= carry < 0 ? 1UL : 0;
        ulong horizontal = (((equal & up) + up) ^ up) | equal;
        ulong more = down | ~(horizontal | up);
        ulong less = up & horizontal;
        ulong lastRow = 1UL << (Height(block) - 1);
        int result = (more & lastRow) != 0 ? 1 : (less & lastRow) != 0 ? -1 : 0;
        more = (more << 1) | (carry > 0 ? 1UL : 0);
        less = (less << 1) | (carry < 0 ? 1UL : 0);
        _up[block] = less | ~(vertical | more);
        _down[block] = more & vertical;
        return result;
    }

    /// <summary>The start that belongs to an end: the tightest that begins a word, or else the tightest.</summary>
    private int Start(int end, int distance)
    {
        // The table of both read backwards from the end, of which only the diagonals within the distance matter.
        int width = Math.Min(end, _pattern.Length + distance);
        var row = new int[width + 1];
        for (int j = 0; j <= width; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= _pattern.Length; i++)
        {
            int from = Math.Max(1, i - distance);
            int to = Math.Min(width, i + distance);
            int diagonal = row[from - 1];
            row[from - 1] = from == 1 ? i : distance + 1;
            for (int j = from; j <= to; j++)
            {
                int step = diagonal + (_pattern[^i] == _text.Symbols[end - j] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(step, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        int start = -1;
        for (int j = Math.Max(1, _pattern.Length - distance); j <= width; j++)
        {
            int at = end - j;
            if (row[j] == distance && _text.Symbols[at] != _text.Space && (start < 0 || (!_text.IsWordBorder(start) && _text.IsWordBorder(at))))
            {
                start = at;
            }
        }

        return start;
    }
}
