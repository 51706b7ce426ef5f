using System.Globalization;
using System.Text;
using DiscordIntel.Analysis.Transcripts;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>
/// Quotes so short that they stand in almost any text: "a", "the", "!". One is evidence only when it is a whole line or all that a turn says there, or when
/// it is at least a word and stands in the text only once: a short quote that stands in several places names none of them.
/// </summary>
internal sealed class ShortQuotes(string content, Transcript transcript)
{
    // Letters and digits. From the first on a quote is not short; below the second it is not even a word that says something.
    private const int Long = 8;
    private const int Word = 4;

    /// <summary>A quote that was found, at the place where it is evidence; null when it is too short to be any.</summary>
    /// <param name="quote">What was found.</param>
    /// <param name="given">The words that were looked for: an omission finds more than it quotes.</param>
    public SourceQuote? Evidence(SourceQuote quote, string given)
    {
        int weight = Weight(given);
        if (weight >= Long || !quote.IsFound)
        {
            return quote;
        }

        string words = Words(quote.Text);
        int count = 0;
        int place = -1;
        for (int at = Next(words, 0); at >= 0; at = Next(words, at + 1))
        {
            if (IsWholeLine(at, at + words.Length))
            {
                return At(at, words.Length, quote);
            }

            place = count++ == 0 ? at : place;
        }

        return weight >= Word && count == 1 ? At(place, words.Length, quote) : null;
    }

    /// <summary>Without the marks around them: "No." is said by a line that says "No!", too.</summary>
    private static string Words(string text)
    {
        (int start, int end) = (0, text.Length);
        while (start < end && !Says(text[start]))
        {
            start++;
        }

        while (end > start && !Says(text[end - 1]))
        {
            end--;
        }

        return start < end ? text[start..end] : text;
    }

    /// <summary>How much a quote says, in letters and digits of an alphabet.</summary>
    private static int Weight(string text) => text.EnumerateRunes().Sum(rune => Rune.GetUnicodeCategory(rune) switch
    {
        // An emoji says as much as a word, an ideograph or a syllable of hangul as much as a short one. Scripts without capitals tend to leave vowels out.
        UnicodeCategory.OtherSymbol => 4,
        UnicodeCategory.OtherLetter => rune.Value is (>= 0x3400 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or >= 0x20000 ? 3 : 2,
        _ => Rune.IsLetterOrDigit(rune) ? 1 : 0,
    });

    private int Next(string words, int from)
    {
        int at = from - 1;
        do
        {
            at = at + 1 >= content.Length ? -1 : content.IndexOf(words, at + 1, StringComparison.OrdinalIgnoreCase);
        }
        while (at >= 0 && !(WordBorder.At(content, at) && WordBorder.At(content, at + words.Length)));
        return at;
    }

    private bool IsWholeLine(int start, int end)
    {
        int turn = transcript.IndexAt(start);
        int first = turn >= 0 && transcript.Turns[turn].TextStart <= start ? transcript.Turns[turn].TextStart : 0;
        int before = start;
        while (before > first && !IsBreak(content[before - 1]) && !Says(content[before - 1]))
        {
            before--;
        }

        while (end < content.Length && !IsBreak(content[end]) && !Says(content[end]))
        {
            end++;
        }

        return (before == first || IsBreak(content[before - 1])) && (end == content.Length || IsBreak(content[end]));
    }

    private static bool IsBreak(char c) => c is '\n' or '\r';

    private static bool Says(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is UnicodeCategory.OtherSymbol;

    private SourceQuote At(int place, int length, SourceQuote quote) => new()
    {
        Text = content.Substring(place, length),
        Offset = place,
        Line = 1 + content.AsSpan(0, place).Count('\n'),
        Distance = quote.Distance,
    };
}
