namespace DiscordIntel.Analysis.LongContent;

/// <summary>
/// Makes one list of the lists of several parts: the first items of all parts come before the second ones of any, and where not all of a rank have room,
/// those that are taken come evenly from the whole text. What is said twice is taken once. The order is that of the text.
/// </summary>
internal sealed class FairShare
{
    /// <summary>Items that had no room in any list so far.</summary>
    public int LeftOut { get; private set; }

    /// <summary>At most so many items.</summary>
    /// <param name="lists">The lists, in the order of the parts.</param>
    /// <param name="most">How many there may be.</param>
    /// <param name="sameAs">What makes two items one, regardless of case.</param>
    public List<T> Take<T>(IEnumerable<IEnumerable<T>> lists, int most, Func<T, string> sameAs)
    {
        T[][] parts = [.. lists.Select(list => list.ToArray())];
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var taken = new List<(int Part, int Rank)>();
        int ranks = parts.Max(part => part.Length);
        for (int rank = 0; rank < ranks; rank++)
        {
            (int Part, int Rank)[] level =
                [.. Enumerable.Range(0, parts.Length).Where(part => rank < parts[part].Length && seen.Add(sameAs(parts[part][rank]))).Select(part => (part, rank))];
            (int Part, int Rank)[] chosen = [.. Evenly(level, most - taken.Count)];
            LeftOut += level.Length - chosen.Length;
            taken.AddRange(chosen);
        }

        return [.. taken.Order().Select(place => parts[place.Part][place.Rank])];
    }

    /// <summary>Counts items that were left out elsewhere.</summary>
    public void LeaveOut(int items) => LeftOut += items;

    /// <summary>So many items, or all if there are fewer, from the first to the last at even distances.</summary>
    public static IEnumerable<T> Evenly<T>(IReadOnlyList<T> items, int count) => count >= items.Count
        ? items
        : Enumerable.Range(0, count).Select(i => items[count == 1 ? 0 : (int)((long)i * (items.Count - 1) / (count - 1))]);
}
