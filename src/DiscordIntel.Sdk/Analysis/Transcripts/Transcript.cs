namespace DiscordIntel.Analysis.Transcripts;

/// <summary>
/// Who says what in a text: <c>Name: words</c>, <c>[21:04] nick: words</c>, <c>&lt;nick&gt; words</c>, <c>nick — Today at 21:04</c>, or names on lines of
/// their own. A heuristic: plain prose has no turns, and what stands before the first turn belongs to nobody. Quoted lines (<c>&gt; </c>) stand in the turn
/// of who quotes them and are the words of who is quoted; what a chat or its exporter adds is said by nobody.
/// </summary>
internal sealed class Transcript
{
    private readonly List<Turn> _turns = [];
    private readonly List<string> _speakers = [];
    private readonly List<Quoted> _quoted = [];

    private Transcript()
    {
    }

    /// <summary>In order, not overlapping; empty for plain prose.</summary>
    public IReadOnlyList<Turn> Turns => _turns;

    /// <summary>Every speaker once, in the order and the spelling of their first turn.</summary>
    public IReadOnlyList<string> Speakers => _speakers;

    /// <summary>Lines within turns that are not the words of the turn's speaker, in order.</summary>
    public IReadOnlyList<Quoted> Quoted => _quoted;

    /// <summary>Reads a text. Takes any string, in time proportional to its length.</summary>
    public static Transcript Read(string content)
    {
        var transcript = new Transcript();
        List<Label> labels = LabelReader.Read(content, out int lines);
        var roster = new Roster(labels);
        List<Label> chosen = LabelChoice.Choose(labels, lines, roster);
        var spellings = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < chosen.Count; i++)
        {
            Label label = chosen[i];
            if (spellings.TryAdd(roster.Key(label.Name), label.Name))
            {
                transcript._speakers.Add(label.Name);
            }

            int end = i + 1 < chosen.Count ? chosen[i + 1].Start : content.Length;
            int words = content.AsSpan(label.End, end - label.End).TrimStart().Length;
            transcript._turns.Add(new Turn(spellings[roster.Key(label.Name)], label.Start, end - words, end));
        }

        ChatForm form = ChatForm.Of(content, chosen);
        foreach (Turn turn in transcript._turns)
        {
            transcript._quoted.AddRange(QuotedLines.Read(content, turn.TextStart, turn.End, form, name => spellings.GetValueOrDefault(roster.Key(name))));
        }

        return transcript;
    }

    /// <summary>Whose words stand at a place, label included; null before the first turn, in a quote of somebody unknown and outside of the content.</summary>
    public string? SpeakerAt(int offset) =>
        LastAt(_quoted, quote => quote.Start, offset) is var quoted and >= 0 && offset < _quoted[quoted].End ? _quoted[quoted].Speaker
        : IndexAt(offset) is var index and >= 0 && offset < _turns[index].End ? _turns[index].Speaker
        : null;

    /// <summary>Which turn is the last to begin at a place or before it; -1 when none does.</summary>
    public int IndexAt(int offset) => LastAt(_turns, turn => turn.Start, offset);

    private static int LastAt<T>(List<T> items, Func<T, int> startOf, int offset)
    {
        (int low, int high) = (0, items.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = startOf(items[middle]) <= offset ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }
}
