namespace DiscordIntel.Analysis.Grounding;

/// <summary>Characters that nobody sees but a model reads, in numbers that no language or emoji needs.</summary>
internal static class HiddenCharacters
{
    private const int ManyInvisible = 8;
    private const int ManyOverrides = 3;
    private const char TagHigh = '\uDB40';

    /// <summary>The index of the first one when there are too many; -1 when there are not.</summary>
    public static int First(string text)
    {
        (int invisible, int firstInvisible, int overrides, int firstOverride) = (0, -1, 0, -1);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c < '\u200B')
            {
                continue;
            }

            if (IsTag(text, i))
            {
                int end = i;
                while (IsTag(text, end))
                {
                    end += 2;
                }

                if (!IsFlag(text, i, end))
                {
                    return i;
                }

                i = end - 1;
            }
            else if (c is '\u202D' or '\u202E' && ++overrides > 0)
            {
                firstOverride = firstOverride < 0 ? i : firstOverride;
            }
            else if (IsInvisible(c) && IsOutOfPlace(text, i))
            {
                firstInvisible = firstInvisible < 0 ? i : firstInvisible;
                invisible++;
            }

            if (invisible >= ManyInvisible || overrides >= ManyOverrides)
            {
                return invisible >= ManyInvisible ? firstInvisible : firstOverride;
            }
        }

        return -1;
    }

    private static bool IsTag(string text, int i) =>
        i + 1 < text.Length && text[i] == TagHigh && text[i + 1] is >= '\uDC00' and <= '\uDC7F';

    // The flags of England, Scotland and Wales are a black flag and at most six tags before the one that ends them.
    private static bool IsFlag(string text, int start, int end) =>
        start >= 2 && text[start - 2] == '\uD83C' && text[start - 1] == '\uDFF4' && end - start <= 14 && text[end - 1] == '\uDC7F';

    private static bool IsInvisible(char c) => c is (>= '\u200B' and <= '\u200F') or (>= '\u2060' and <= '\u2064') or '\uFEFF';

    // Joiners belong between the parts of an emoji and the letters of some scripts; between Latin letters or in a row they have no use.
    private static bool IsOutOfPlace(string text, int i)
    {
        char before = i == 0 ? ' ' : text[i - 1];
        char after = i + 1 == text.Length ? ' ' : text[i + 1];
        return IsInvisible(before) || IsInvisible(after) || (char.IsAsciiLetterOrDigit(before) && char.IsAsciiLetterOrDigit(after));
    }
}
