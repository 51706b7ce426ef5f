using System.Text.RegularExpressions;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>Quotes that leave words out: "We left [...] and never came back".</summary>
internal static partial class Omission
{
    /// <summary>The most characters that may lie between two parts.</summary>
    public const int Farthest = 400;

    // Parts that are fewer or shorter would stand in any text by chance, and many would take long to look for.
    private const int MostParts = 8;
    private const int ShortestPart = 3;
    private const int ShortestSum = 16;

    /// <summary>What stands between the omission marks of a folded quote; a single part when none is within it.</summary>
    public static IReadOnlyList<string> Parts(string quote) =>
        [.. Mark().Split(quote).Select(part => part.Trim(' ', '"', '\'')).Where(part => part.Length > 0)];

    /// <summary>Where the parts stand in order, each as whole words and near the one before: the first and tightest such range.</summary>
    public static (int Start, int End)? Place(string text, IReadOnlyList<string> parts)
    {
        if (parts.Count is < 2 or > MostParts || parts.Any(part => part.Length < ShortestPart) || parts.Sum(part => part.Length) < ShortestSum)
        {
            return null;
        }

        // All ways to come as far as this part, by their ends. The last that ends before a place is the nearest to it and starts last.
        List<(int Start, int End)> chains = [.. Places(text, parts[0], 0).Select(at => (at, at + parts[0].Length))];
        foreach (string part in parts.Skip(1))
        {
            var longer = new List<(int Start, int End)>();
            int before = 0;
            foreach (int at in chains.Count == 0 ? [] : Places(text, part, chains[0].End))
            {
                while (before + 1 < chains.Count && chains[before + 1].End <= at)
                {
                    before++;
                }

                if (at - chains[before].End <= Farthest)
                {
                    longer.Add((chains[before].Start, at + part.Length));
                }
            }

            chains = longer;
        }

        return chains.Count == 0 ? null : chains[0];
    }

    private static IEnumerable<int> Places(string text, string part, int from)
    {
        for (int at = from; (at = text.IndexOf(part, at, StringComparison.Ordinal)) >= 0; at++)
        {
            if (WordBorder.At(text, at) && WordBorder.At(text, at + part.Length))
            {
                yield return at;
            }
        }
    }

#pragma warning disable MA0009 // A timeout for patterns that could take long: the only open repetition takes every dot once.
    [GeneratedRegex(@"\[ ?(\.{2,9}|…) ?\]|\( ?(\.{2,9}|…) ?\)|\.{3,}|\. \. \.|…", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Mark();
}
