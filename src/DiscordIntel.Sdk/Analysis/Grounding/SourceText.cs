using System.Globalization;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>
/// A text in which quotes are looked up. Both sides are folded: runs of white space, quote marks, dashes and case are no difference; a map leads from the
/// folded text back to the original.
/// </summary>
internal sealed class SourceText
{
    private readonly string _original;
    private readonly string _folded;
    private readonly int[] _origin;

    public SourceText(string text)
    {
        _original = text;
        var folded = new char[text.Length];
        _origin = new int[text.Length];
        int length = Fold(text, folded, _origin);
        _folded = new string(folded, 0, length);
    }

    /// <summary>The quote with its place, or without one when it does not stand in the text.</summary>
    public SourceQuote Find(string quote)
    {
        // As it is given; without quote marks around it; without a full stop or dots of the model's own. Models like to add both.
        string given = Folded(quote).Trim(' ');
        string bare = given.Trim(' ', '"', '\'');
        string wanted = given;
        int at = bare.Length == 0 ? -1 : Place(wanted);
        if (at < 0)
        {
            at = Place(wanted = bare);
        }

        if (at < 0)
        {
            at = Place(wanted = bare.Trim(' ', '"', '\'', '.', '…'));
        }

        if (at < 0)
        {
            return new SourceQuote { Text = quote };
        }

        int start = _origin[at];
        int end = _origin[at + wanted.Length - 1] + 1;
        return new SourceQuote
        {
            Text = _original[start..end],
            Offset = start,
            Line = 1 + _original.AsSpan(0, start).Count('\n'),
        };
    }

    private int Place(string wanted) => wanted.Length == 0 ? -1 : _folded.IndexOf(wanted, StringComparison.Ordinal);

    private static string Folded(string text)
    {
        var folded = new char[text.Length];
        int length = Fold(text, folded, new int[text.Length]);
        return new string(folded, 0, length);
    }

    private static int Fold(string text, Span<char> folded, Span<int> origin)
    {
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsWhiteSpace(c))
            {
                if (length > 0 && folded[length - 1] == ' ')
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

            (folded[length], origin[length]) = (Alike(c), i);
            length++;
        }

        return length;
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
