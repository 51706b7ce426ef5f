namespace DiscordIntel.Testing.Streaming;

/// <summary>Cuts text as a model writes it: piece by piece, never inside a surrogate pair.</summary>
internal static class TextPieces
{
    // Text without blanks, such as JSON, would come at once.
    private const int LongestWord = 12;

    /// <summary>Pieces of so many characters (one more to keep a pair whole); without a length words, each with the blanks before it.</summary>
    public static IEnumerable<string> Of(string text, int? length)
    {
        for (int start = 0; start < text.Length;)
        {
            int end = length is { } fixedLength ? (int)Math.Min(text.Length, (long)start + fixedLength) : EndOfWord(text, start);
            if (end < text.Length && char.IsSurrogatePair(text, end - 1))
            {
                end++;
            }

            yield return text[start..end];
            start = end;
        }
    }

    private static int EndOfWord(string text, int start)
    {
        int end = start;
        while (end < text.Length && char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        int longest = Math.Min(text.Length, end + LongestWord);
        while (end < longest && !char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        return end;
    }
}
