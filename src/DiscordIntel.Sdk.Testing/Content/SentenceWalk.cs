namespace DiscordIntel.Testing.Content;

/// <summary>Walks through the sentences of a content, so that neighbouring fields say different things; starts anew at the end.</summary>
internal sealed class SentenceWalk(IReadOnlyList<string> sentences)
{
    private const string NoContent = "The emulator found no text to quote.";

    private int _next;

    public bool IsEmpty => sentences.Count == 0;

    /// <summary>The next sentence that meets <paramref name="accept"/>, without going round twice; null when none does.</summary>
    public string? NextWhere(Func<string, bool> accept)
    {
        for (int step = 0; step < sentences.Count; step++)
        {
            int index = (_next + step) % sentences.Count;
            if (accept(sentences[index]))
            {
                _next = index + 1;
                return sentences[index];
            }
        }

        return null;
    }

    /// <summary>
    /// The next sentence of <paramref name="minimum"/> to <paramref name="maximum"/> characters. Where the content has none, several are joined
    /// or one is cut at a word.
    /// </summary>
    public string Next(int maximum, int minimum = 0)
    {
        if (NextWhere(sentence => sentence.Length >= minimum && sentence.Length <= maximum) is { } fitting)
        {
            return fitting;
        }

        string text = NextWhere(_ => true) ?? NoContent;
        while (text.Length < minimum)
        {
            text = $"{text} {NextWhere(_ => true) ?? NoContent}";
        }

        return Cut(text, minimum, maximum);
    }

    private static string Cut(string text, int minimum, int maximum)
    {
        if (text.Length <= maximum)
        {
            return text;
        }

        // Not between the two halves of a surrogate pair.
        int end = maximum > 0 && char.IsHighSurrogate(text[maximum - 1]) ? maximum - 1 : maximum;
        int word = text.LastIndexOf(' ', Math.Max(end - 1, 0));
        return word > minimum ? text[..word].TrimEnd() : text[..end];
    }
}
