using System.Globalization;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>Where words begin and end.</summary>
internal static class WordBorder
{
    /// <summary>Whether a word could begin or end before this index.</summary>
    public static bool At(string text, int index) =>
        index == 0 || index == text.Length || !(IsInWord(text[index - 1]) && IsInWord(text[index]));

    // Scripts without capitals are often written without spaces; there a word could end anywhere.
    private static bool IsInWord(char c) => char.IsLetterOrDigit(c) && char.GetUnicodeCategory(c) is not UnicodeCategory.OtherLetter;
}
