using System.Globalization;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>
/// A text in which runs of white space, quote marks, dashes and case are no difference, with a map back to the original. When it is loose, neither are the
/// Markdown marks around words, the spaces that French has within its quote marks, nor whether a letter and its accent are one character or two.
/// </summary>
internal sealed class FoldedText
{
    private readonly string _original;
    private readonly int[] _origin;

    public FoldedText(string original, bool loose)
    {
        _original = original;
        var folded = new char[original.Length];
        _origin = new int[original.Length];
        Length = Fold(original, loose, folded, _origin);
        Text = new string(folded, 0, Length);
    }

    public string Text { get; }

    private int Length { get; }

    /// <summary>Where a range of the folded text stands in the original.</summary>
    public Range Origin(int start, int end)
    {
        int last = _origin[end - 1] + 1;

        // An accent that is no character of the folded text was joined to the letter before it.
        bool joined = last < _original.Length && Accents.IsAccent(_original[last]) && (end == Length || _origin[end] != last);
        return _origin[start]..(joined ? last + 1 : last);
    }

    private static int Fold(string text, bool loose, Span<char> folded, Span<int> origin)
    {
        int length = 0;
        int settled = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsWhiteSpace(c))
            {
                if ((length > 0 && folded[length - 1] == ' ') || (loose && IsWithinGuillemets(text, i)))
                {
                    continue;
                }

                c = ' ';
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format)
            {
                // Zero-width characters are not seen, so they are no difference.
                continue;
            }
            else if (loose && i >= settled && IsEmphasis(c))
            {
                settled = i;
                while (settled < text.Length && IsEmphasis(text[settled]))
                {
                    settled++;
                }

                if (StandsAroundWords(text, i, settled))
                {
                    i = settled - 1;
                    continue;
                }
            }
            else if (loose && length > 0 && origin[length - 1] == i - 1 && Accents.Joined(folded[length - 1], c) is { } joined)
            {
                folded[length - 1] = joined;
                continue;
            }

            (folded[length], origin[length]) = (Alike(c), i);
            length++;
        }

        return length;
    }

    /// <summary>French sets its marks apart (« oui »). Where they point the other way (»ja«), what stands outside is a space like any other.</summary>
    private static bool IsWithinGuillemets(string text, int at)
    {
        if (at > 0 && text[at - 1] is '«' or '‹')
        {
            return at == 1 || !char.IsLetterOrDigit(text[at - 2]);
        }

        return at + 1 < text.Length && text[at + 1] is '»' or '›' && (at + 2 == text.Length || !char.IsLetterOrDigit(text[at + 2]));
    }

    private static bool IsEmphasis(char c) => c is '*' or '_' or '~' or '`';

    /// <summary>Not within a word (snake_case, 2*3) and not a sign of its own between spaces.</summary>
    private static bool StandsAroundWords(string text, int start, int end)
    {
        char before = start == 0 ? ' ' : text[start - 1];
        char after = end == text.Length ? ' ' : text[end];
        return !(char.IsLetterOrDigit(before) && char.IsLetterOrDigit(after)) && !(char.IsWhiteSpace(before) && char.IsWhiteSpace(after));
    }

    private static char Alike(char c) => c switch
    {
        '“' or '”' or '„' or '‟' or '«' or '»' or '″' => '"',
        '‘' or '’' or '‚' or '‛' or '‹' or '›' or '′' or '`' or '´' => '\'',
        '‐' or '‑' or '‒' or '–' or '—' or '―' or '−' => '-',

        // By way of the capital: some small letters share one, such as the two forms of sigma.
        _ => char.ToLowerInvariant(char.ToUpperInvariant(c)),
    };
}
