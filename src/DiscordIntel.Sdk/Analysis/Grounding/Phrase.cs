using System.Buffers;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>Words that make a command together when they stand in one sentence, in any order: orders of words differ between languages. No pattern has to be built for it.</summary>
/// <param name="anchor">The words that are looked for first; the rarest.</param>
/// <param name="others">Of each set one must stand near.</param>
internal sealed class Phrase(SearchValues<string> anchor, params SearchValues<string>[] others)
{
    // In UTF-16 units to either side.
    private const int Reach = 60;

    private static readonly SearchValues<char> Ends = SearchValues.Create(".!?\n\r。．！？؟।");

    /// <summary>Where its first word stands; -1 when it is not in the text.</summary>
    public int First(string text)
    {
        for (int from = 0; text.AsSpan(from).IndexOfAny(anchor) is var found and >= 0; from += found + 1)
        {
            int at = from + found;
            int start = Math.Max(0, at - Reach);
            start += text.AsSpan(start..at).LastIndexOfAny(Ends) + 1;
            ReadOnlySpan<char> rest = text.AsSpan(at, Math.Min(Reach, text.Length - at));
            int end = rest.IndexOfAny(Ends) is var length and >= 0 ? at + length : at + rest.Length;
            if (StandIn(text.AsSpan(start..end)))
            {
                return at;
            }
        }

        return -1;
    }

    private bool StandIn(ReadOnlySpan<char> sentence)
    {
        foreach (SearchValues<string> words in others)
        {
            if (!sentence.ContainsAny(words))
            {
                return false;
            }
        }

        return true;
    }
}
