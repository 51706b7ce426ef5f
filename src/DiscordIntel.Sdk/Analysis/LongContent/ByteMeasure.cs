namespace DiscordIntel.Analysis.LongContent;

/// <summary>How many UTF-8 bytes lie between places of a text, and how far a number of bytes reaches.</summary>
internal sealed class ByteMeasure
{
    // For each place the bytes before it. Both places of a surrogate pair count all of it, so that a reach never ends between them.
    private readonly int[] _before;

    public ByteMeasure(string text)
    {
        _before = new int[text.Length + 1];
        for (int i = 0; i < text.Length; i++)
        {
            bool second = i > 0 && char.IsSurrogatePair(text[i - 1], text[i]);
            bool pair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            _before[i + 1] = _before[i] + (second ? 0 : pair ? 4 : text[i] < 0x80 ? 1 : text[i] < 0x800 ? 2 : 3);
        }
    }

    public int Between(int start, int end) => _before[end] - _before[start];

    /// <summary>The last place that is at most so many bytes behind a place.</summary>
    public int Forward(int start, long bytes) => Last(start, _before.Length, _before[start] + bytes);

    /// <summary>The first place that is at most so many bytes before a place.</summary>
    public int Back(int start, long bytes) => _before[start] <= bytes ? 0 : Last(0, start, _before[start] - bytes - 1) + 1;

    /// <summary>The last place in a range with at most so many bytes before it.</summary>
    private int Last(int low, int high, long bytes)
    {
        while (high - low > 1)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = _before[middle] <= bytes ? (middle, high) : (low, middle);
        }

        return low;
    }
}
