using System.Text;

namespace DiscordIntel.Analysis.LongContent;

/// <summary>Parts that are merged by one request, with their notes.</summary>
/// <param name="Parts">One or more, neighbours in order; one alone needs no merging.</param>
/// <param name="Text">The notes.</param>
/// <param name="LeftOut">Findings that the notes had no room for.</param>
internal sealed record NoteGroup(IReadOnlyList<ReadPart> Parts, string Text, int LeftOut)
{
    // Room for the line that names the missing parts.
    private const int HeadTokens = 100;
    private const int MostRanges = 20;

    /// <summary>Groups parts so that the notes of none take more than a number of tokens, and all about the same. Of two parts or more at least two are joined.</summary>
    public static IReadOnlyList<NoteGroup> Of(IReadOnlyList<ReadPart> parts, IReadOnlyList<int> missing, int maxTokens)
    {
        int room = maxTokens - HeadTokens;

        // Any two shall fit together, or the stages would not come to an end.
        PartNotes[] notes = [.. parts.Select(part => PartNotes.Of(part, room / 2))];
        long total = notes.Sum(note => (long)note.Tokens);
        long even = total / Math.Max(1, (total + room - 1) / room);
        var groups = new List<NoteGroup>();
        int first = 0;
        long taken = 0;
        for (int i = 0; i < parts.Count; i++)
        {
            if (i > first && (taken + notes[i].Tokens > room || (total > room && taken >= even)))
            {
                Close(i);
            }

            taken += notes[i].Tokens;
        }

        Close(parts.Count);
        return groups;

        void Close(int end)
        {
            bool isWhole = first == 0 && end == parts.Count;
            int[] absent = [.. missing.Where(part => isWhole || (part > parts[first].First && part < parts[end - 1].Last))];
            groups.Add(new NoteGroup(
                [.. parts.Take(first..end)], Head(absent) + string.Concat(notes[first..end].Select(note => note.Text)), notes[first..end].Sum(note => note.LeftOut)));
            (first, taken) = (end, 0);
        }
    }

    private static string Head(int[] missing)
    {
        if (missing.Length == 0)
        {
            return "";
        }

        List<(int First, int Last)> ranges = [];
        foreach (int part in missing)
        {
            if (ranges.Count > 0 && ranges[^1].Last == part - 1)
            {
                ranges[^1] = (ranges[^1].First, part);
            }
            else
            {
                ranges.Add((part, part));
            }
        }

        var head = new StringBuilder("Missing parts: ").AppendJoin(", ", ranges.Take(MostRanges).Select(range => range.First == range.Last ? $"{range.First}" : $"{range.First} to {range.Last}"));
        return head.Append(ranges.Count > MostRanges ? " and others" : "").Append(". They could not be read; do not speak for them.\n\n").ToString();
    }
}
