using System.Globalization;
using DiscordIntel.Analysis.Transcripts;

namespace DiscordIntel.Analysis.LongContent;

/// <summary>The places of a text at which it may be split.</summary>
internal sealed class Borders(string content, Transcript transcript)
{
    // Looked up for every text element where there is nothing better, so white space behind a label must not be measured each time.
    private readonly int[] _labelEnds =
        [.. transcript.Turns.Select(turn => turn.Start + content.AsSpan(turn.Start, turn.TextStart - turn.Start).TrimEnd().Length)];

    /// <summary>The best border in a range, both ends included: of the best kind there is, the nearest to <paramref name="target"/>.</summary>
    public int? Best(int first, int last, int target)
    {
        (BorderKind Kind, int Distance) best = (BorderKind.None, 0);
        int? place = null;
        for (int at = first; at <= last; at++)
        {
            (BorderKind Kind, int Distance) found = (KindAt(at), Math.Abs(at - target));
            if (found.Kind < best.Kind || (place is not null && found.Kind == best.Kind && found.Distance < best.Distance))
            {
                (best, place) = (found, at);
            }
        }

        return place;
    }

    /// <summary>Where to begin what is repeated before <paramref name="end"/>: with a turn, else a sentence, else a line or a word; as early as may be.</summary>
    public int ContextStart(int earliest, int end)
    {
        if (earliest == 0 || earliest == end)
        {
            return earliest;
        }

        int next = transcript.IndexAt(earliest - 1) + 1;
        if (next < transcript.Turns.Count && transcript.Turns[next].Start < end)
        {
            return transcript.Turns[next].Start;
        }

        (int? line, int? word) = (null, null);
        for (int at = earliest; at < end; at++)
        {
            switch (KindAt(at))
            {
                case BorderKind.Turn or BorderKind.Paragraph or BorderKind.SentenceLine or BorderKind.Sentence:
                    return at;
                case BorderKind.Line:
                    line ??= at;
                    break;
                case BorderKind.Space:
                    word ??= at;
                    break;
            }
        }

        return line ?? word ?? end;
    }

    /// <summary>Of the borders between text elements behind <paramref name="start"/> and up to <paramref name="limit"/> the nearest to <paramref name="target"/>.</summary>
    public int? Element(int start, int limit, int target)
    {
        // What an element is cannot be known from the text up to the limit alone, but from one character more.
        int known = Math.Min(content.Length, limit + 2);
        int? best = null;
        int at = start;
        while (at < limit)
        {
            at += StringInfo.GetNextTextElementLength(content.AsSpan(at, known - at));
            if (at > limit || (best is { } before && Math.Abs(at - target) > Math.Abs(before - target)))
            {
                break;
            }

            best = LabelEnd(at) is null ? at : best;
        }

        return best;
    }

    /// <summary>Where the speaker's label ends that a place lies in; null when it lies in none.</summary>
    public int? LabelEnd(int place)
    {
        int index = transcript.IndexAt(place);
        return index >= 0 && place > transcript.Turns[index].Start && place < _labelEnds[index] ? _labelEnds[index] : null;
    }

    /// <summary>Whose turn goes on at a place at which none begins.</summary>
    public string? Continued(int place) => transcript.IndexAt(place) is var index and >= 0 && transcript.Turns[index].Start < place ? transcript.Turns[index].Speaker : null;

    private BorderKind KindAt(int place)
    {
        if (place <= 0 || place >= content.Length || char.IsWhiteSpace(content[place]))
        {
            return BorderKind.None;
        }

        char before = content[place - 1];
        bool isFullWidthStop = Sentences.IsFullWidthStop(before) && !Sentences.IsCloser(content[place]) && !Sentences.IsFullWidthStop(content[place]);
        if ((!char.IsWhiteSpace(before) && !isFullWidthStop) || JoinsNext(place - 1))
        {
            return BorderKind.None;
        }

        if (transcript.IndexAt(place) is var index and >= 0 && place <= transcript.Turns[index].TextStart)
        {
            // A label is not parted from its first word either.
            return place == transcript.Turns[index].Start ? BorderKind.Turn : BorderKind.None;
        }

        return isFullWidthStop ? BorderKind.Sentence : AfterSpace(place);
    }

    private BorderKind AfterSpace(int place)
    {
        int at = place - 1;
        int breaks = 0;
        for (; at >= 0 && char.IsWhiteSpace(content[at]) && breaks < 2; at--)
        {
            bool isBreak = content[at] == '\n' || (content[at] == '\r' && content[at + 1] != '\n');
            breaks += isBreak ? 1 : 0;
        }

        if (breaks > 1)
        {
            return BorderKind.Paragraph;
        }

        bool ends = Sentences.EndsAt(content, at + 1);
        return breaks > 0
            ? ends ? BorderKind.SentenceLine : BorderKind.Line
            : ends && !char.IsLower(content[place]) ? BorderKind.Sentence : BorderKind.Space;
    }

    /// <summary>Whether the character at a place makes one text element with what follows, such as a space with an accent.</summary>
    private bool JoinsNext(int place) => StringInfo.GetNextTextElementLength(content.AsSpan(place, Math.Min(3, content.Length - place))) > 1;
}
