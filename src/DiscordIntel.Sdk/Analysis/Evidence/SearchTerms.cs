using System.Globalization;
using System.Text;
using DiscordIntel.Analysis.Grounding;

namespace DiscordIntel.Analysis.Evidence;

/// <summary>
/// The words of a text as they are compared: without regard to case, accents and Markdown marks, and cut to their first six letters, so that "passengers" finds
/// "passenger" in any language with endings. Scripts that put no blanks between words are compared by pairs of signs.
/// </summary>
internal static class SearchTerms
{
    private const int Stem = 6;

    public static IEnumerable<string> Of(string text)
    {
        var word = new StringBuilder();
        string? sign = null;
        bool isPaired = false;
        foreach (Rune rune in new FoldedText(text, loose: true).Text.EnumerateRunes())
        {
            if (IsUnspaced(rune))
            {
                foreach (string term in Take(word))
                {
                    yield return term;
                }

                string next = rune.ToString();
                if (sign is not null)
                {
                    yield return sign + next;
                }

                (isPaired, sign) = (sign is not null, next);
                continue;
            }

            if (sign is not null && !isPaired)
            {
                yield return sign;
            }

            (sign, isPaired) = (null, false);
            if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(rune.IsBmp ? Accents.Bare((char)rune.Value).ToString() : rune.ToString());
            }
            else if (!IsPartOfWord(rune))
            {
                foreach (string term in Take(word))
                {
                    yield return term;
                }
            }
        }

        if (sign is not null && !isPaired)
        {
            yield return sign;
        }

        foreach (string term in Take(word))
        {
            yield return term;
        }
    }

    private static IEnumerable<string> Take(StringBuilder word)
    {
        if (word.Length == 0)
        {
            yield break;
        }

        string whole = word.ToString();
        word.Clear();

        // A number is another one without its last figures.
        yield return whole.Length <= Stem || whole.Any(char.IsDigit) ? whole : whole[..(char.IsHighSurrogate(whole[Stem - 1]) ? Stem + 1 : Stem)];
    }

    // An accent that made no letter of its own with the one before it; the vowels of some scripts are marks, too, and belong to the word.
    private static bool IsPartOfWord(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Chinese and Japanese signs, Thai, Lao, Burmese and Khmer.</summary>
    private static bool IsUnspaced(Rune rune) => Rune.IsLetter(rune) && rune.Value is
        (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF) or (>= 0x3040 and <= 0x30FF)
        or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
}
