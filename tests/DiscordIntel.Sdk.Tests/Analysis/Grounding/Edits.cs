using System.Text;
using DiscordIntel.Analysis.Grounding;

namespace DiscordIntel.Tests.Analysis.Grounding;

/// <summary>The plain table of edit distances, by characters, as an oracle for the fast search.</summary>
internal static class Edits
{
    public static int Distance(string a, string b) => Table(Runes(a), Runes(b), free: false).Last;

    /// <summary>The smallest distance of the quote to any range of the text that neither begins nor ends with a space.</summary>
    public static int DistanceToBest(string quote, string text) => Table(Runes(quote), Runes(text), free: true).Least;

    public static string Folded(string text) => new FoldedText(text, loose: true).Text;

    public static int[] Runes(string text) => [.. text.EnumerateRunes().Select(rune => rune.Value)];

    /// <summary>The text after some random edits of single characters.</summary>
    public static string Apply(string text, int edits, int seed)
    {
        const string letters = "abcdefghijklmnopqrstuvwxyzäß漢😭";
        Rune[] alphabet = [.. letters.EnumerateRunes()];
        var random = new System.Random(seed);
        List<Rune> runes = [.. text.EnumerateRunes()];
        for (int i = 0; i < edits; i++)
        {
            int at = random.Next(runes.Count);
            switch (random.Next(3))
            {
                case 0: runes.RemoveAt(at); break;
                case 1: runes.Insert(at, alphabet[random.Next(alphabet.Length)]); break;
                default: runes[at] = alphabet[random.Next(alphabet.Length)]; break;
            }
        }

        return string.Concat(runes);
    }

    private static (int Last, int Least) Table(int[] a, int[] b, bool free)
    {
        int[] column = [.. Enumerable.Range(free && b is [' ', ..] ? b.Length : 0, a.Length + 1)];
        int least = int.MaxValue;
        for (int j = 1; j <= b.Length; j++)
        {
            int diagonal = column[0];
            column[0] = !free ? j : j < b.Length && b[j] == ' ' ? b.Length : 0;
            for (int i = 1; i <= a.Length; i++)
            {
                int best = Math.Min(diagonal + (a[i - 1] == b[j - 1] ? 0 : 1), 1 + Math.Min(column[i], column[i - 1]));
                (diagonal, column[i]) = (column[i], best);
            }

            least = b[j - 1] == ' ' ? least : Math.Min(least, column[^1]);
        }

        return (column[^1], least);
    }
}
