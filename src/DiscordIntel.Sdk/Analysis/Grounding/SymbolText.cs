using System.Runtime.InteropServices;
using System.Text;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>
/// A folded text as numbers, one for each character, so that a character outside the basic plane counts once and is never cut. The same character has the
/// same number; a character that is not in the text has <see cref="Foreign"/>.
/// </summary>
internal sealed class SymbolText
{
    public const int Foreign = -1;

    private readonly Dictionary<Rune, int> _numbers = [];
    private readonly string _text;
    private readonly int[] _symbols;
    private readonly int[] _places;

    public SymbolText(string text)
    {
        _text = text;
        _symbols = new int[text.Length];
        _places = new int[text.Length + 1];
        int length = 0;
        for (int i = 0; i < text.Length; length++)
        {
            Rune rune = RuneAt(text, i);
            ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, rune, out bool known);
            if (!known)
            {
                number = _numbers.Count - 1;
            }

            (_symbols[length], _places[length]) = (number, i);
            i += rune.Utf16SequenceLength;
        }

        Length = length;
        _places[length] = text.Length;
        Space = _numbers.GetValueOrDefault(new Rune(' '), Foreign);
    }

    public int Length { get; }

    /// <summary>How many different characters there are.</summary>
    public int Kinds => _numbers.Count;

    /// <summary>The number of the space.</summary>
    public int Space { get; }

    public ReadOnlySpan<int> Symbols => _symbols.AsSpan(0, Length);

    /// <summary>The numbers of another folded text's characters.</summary>
    public int[] Encode(string text)
    {
        var symbols = new List<int>(text.Length);
        for (int i = 0; i < text.Length;)
        {
            Rune rune = RuneAt(text, i);
            symbols.Add(_numbers.GetValueOrDefault(rune, Foreign));
            i += rune.Utf16SequenceLength;
        }

        return [.. symbols];
    }

    /// <summary>Where the character stands in the folded text.</summary>
    public int Place(int symbol) => _places[symbol];

    /// <summary>Whether a word could begin or end between this character and the one before it.</summary>
    public bool IsWordBorder(int symbol) => WordBorder.At(_text, _places[symbol]);

    // A lone half of a surrogate pair is one character as well, and all of them are alike.
    private static Rune RuneAt(string text, int i) => Rune.TryGetRuneAt(text, i, out Rune rune) ? rune : Rune.ReplacementChar;
}
