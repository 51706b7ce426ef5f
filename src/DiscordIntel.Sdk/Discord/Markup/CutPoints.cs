namespace DiscordIntel.Discord.Markup;

/// <summary>The latest place for a cut of each rank.</summary>
internal sealed class CutPoints
{
    private readonly Cut[] _latest = new Cut[TextBorder.Paragraph + 1];

    public bool IsEmpty => _latest[TextBorder.LastResort].At == 0;

    public void Add(int rank, in Cut cut) => _latest[rank] = cut;

    public void Clear() => Array.Clear(_latest);

    /// <summary>The best place in the last two thirds of a message; where there is none, the latest at all.</summary>
    public Cut Best(int start, int room)
    {
        for (int rank = TextBorder.Paragraph; rank > TextBorder.LastResort; rank--)
        {
            if (_latest[rank].At - start >= room / 3)
            {
                return _latest[rank];
            }
        }

        return _latest[TextBorder.LastResort];
    }
}
