using DiscordIntel.Analysis.Transcripts;

namespace DiscordIntel.Analysis.LongContent;

/// <summary>
/// Splits a content into parts that fit a budget, at the best borders near to even shares. A part is over the budget only when a speaker's label alone is.
/// </summary>
internal sealed class ContentSplitter
{
    private readonly Borders _borders;
    private readonly ByteMeasure _measure;
    private readonly int _length;
    private readonly long _budget;
    private readonly long _overlap;

    private ContentSplitter(string content, Transcript transcript, int maxTokens, int overlapTokens)
    {
        (_borders, _measure, _length) = (new Borders(content, transcript), new ByteMeasure(content), content.Length);
        _budget = Math.Max(1, maxTokens) * (long)TokenEstimate.BytesPerToken;

        // More would leave a part less room for its own text than for that of others.
        _overlap = Math.Min(Math.Max(0, overlapTokens) * (long)TokenEstimate.BytesPerToken, _budget / 2);
    }

    /// <summary>Splits a content.</summary>
    /// <param name="content">The content. An empty one is one empty part.</param>
    /// <param name="transcript">Its turns.</param>
    /// <param name="maxTokens">What a part and its context may take by <see cref="TokenEstimate"/>; at least 1.</param>
    /// <param name="overlapTokens">What the context may take of it; at most half of <paramref name="maxTokens"/>.</param>
    public static IReadOnlyList<ContentPart> Split(string content, Transcript transcript, int maxTokens, int overlapTokens)
    {
        if (content.Length == 0 || TokenEstimate.Of(content) <= maxTokens)
        {
            return [new ContentPart(1, 0, content.Length, 0, null)];
        }

        return new ContentSplitter(content, transcript, maxTokens, overlapTokens).Parts();
    }

    private List<ContentPart> Parts()
    {
        var parts = new List<ContentPart>();
        for (int start = 0; start < _length; start = parts[^1].End)
        {
            int context = _borders.ContextStart(_measure.Back(start, _overlap), start);
            if (End(start, _budget - _measure.Between(context, start)) is not { } end)
            {
                // The next text element does not fit beside the context: the text matters more.
                context = start;
                end = End(start, _budget) ?? Forced(start);
            }

            parts.Add(new ContentPart(parts.Count + 1, start, end, context, _borders.Continued(start)));
        }

        return parts;
    }

    /// <summary>Where the part that begins at a place ends, when so many bytes are left for it; null when not even a text element or a label fits.</summary>
    private int? End(int start, long room)
    {
        int rest = _measure.Between(start, _length);
        if (rest <= room)
        {
            return _length;
        }

        long later = _budget - _overlap;
        long parts = 1 + ((rest - room + later - 1) / later);
        long share = rest / parts;
        int target = _measure.Forward(start, share);
        int limit = _measure.Forward(start, room);

        // Better a somewhat uneven part than a split sentence; better a very uneven one than a split word; but no crumbs.
        return _borders.Best(Math.Max(start + 1, _measure.Forward(start, share * 2 / 3)), Math.Min(limit, _measure.Forward(start, share * 4 / 3)), target)
            ?? _borders.Best(Math.Max(start + 1, _measure.Forward(start, share / 4)), Math.Min(limit, _measure.Forward(start, rest - (share / 4))), target)
            ?? _borders.Element(start, limit, target);
    }

    /// <summary>The end of a part that can hold no whole text element or label: a label stays whole, an element is cut between code points.</summary>
    private int Forced(int start) => _borders.LabelEnd(start + 1) ?? _measure.Forward(start, _budget);
}
