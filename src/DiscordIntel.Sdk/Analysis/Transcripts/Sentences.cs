namespace DiscordIntel.Analysis.Transcripts;

/// <summary>Where sentences end, as far as punctuation tells.</summary>
internal static class Sentences
{
    // Enough for a quote in brackets; a bound, so that a line of nothing but quote marks costs nothing.
    private const int MostClosers = 4;

    /// <summary>Whether the words before <paramref name="end"/> end a sentence: a stop, with quote marks or brackets after it at most.</summary>
    public static bool EndsAt(string content, int end)
    {
        int at = end - 1;
        for (int closers = 0; at >= 0 && closers < MostClosers && IsCloser(content[at]); closers++)
        {
            at--;
        }

        return at >= 0 && (IsFullWidthStop(content[at]) || content[at] is '.' or '!' or '?' or '…' or '؟' or '۔' or '।');
    }

    /// <summary>Whether it ends a sentence without white space after it.</summary>
    public static bool IsFullWidthStop(char c) => c is '。' or '！' or '？';

    public static bool IsCloser(char c) => c is '"' or '\'' or '”' or '’' or '»' or ')' or ']' or '」' or '』' or '）' or '*' or '_';
}
