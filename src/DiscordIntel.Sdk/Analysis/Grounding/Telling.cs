using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>
/// The words that turn a statement into another one: figures, words for numbers and denials. A quote with a typo is still a quote; one that differs in any of
/// these is not. Words are known in English, German, French, Spanish, Portuguese, Italian and Russian, and as ideographs.
/// </summary>
internal static class Telling
{
    private const string Ideographs = "〇零一二三四五六七八九十百千万萬亿億兆两兩半不没沒無无非未";

    private const string Denial = "not";

    private static readonly FrozenSet<string> Words = FrozenSet.ToFrozenSet(
    [
        .. Split("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty"),
        .. Split("fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions billion billions trillion trillions dozen dozens half third quarter"),
        .. Split("twice double triple no not none never nobody nothing nowhere neither nor without"),
        .. Split("null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig dreißig vierzig"),
        .. Split("fünfzig sechzig siebzig achtzig neunzig hundert tausend millionen milliarde milliarden halb doppelt nicht nichts nie niemals niemand kein keine keinen keiner"),
        .. Split("keinem keines ohne weder"),
        .. Split("zéro deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante cent mille milliard milliards"),
        .. Split("ne pas jamais aucun aucune rien sans"),
        .. Split("cero dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento mil"),
        .. Split("millón millones nunca jamás ningún ninguno ninguna nada nadie sin tampoco"),
        .. Split("dois três quatro sete oito dez vinte trinta quarenta cinquenta cem milhão milhões bilhão bilhões não nem sem nenhum nenhuma"),
        .. Split("due tre quattro cinque sei sette otto nove dieci venti trenta quaranta cinquanta cento mila milione milioni miliardo miliardi non mai nessuno nessuna niente senza"),
        .. Split("ноль один одна два две три четыре пять шесть семь восемь девять десять двадцать тридцать сорок пятьдесят сто тысяча тысячи тысяч миллион миллиона миллионов"),
        .. Split("миллиард миллиарда миллиардов не нет ни никогда никто ничего без"),
    ]);

    private static readonly FrozenSet<string> Short = FrozenSet.ToFrozenSet(
        Split("dont doesnt didnt isnt arent wasnt werent wont wouldnt cant couldnt shouldnt hasnt havent hadnt aint mustnt neednt cannot"));

    /// <summary>Whether two texts have the same of them, in the same order. "Don't" and "do not" are the same.</summary>
    public static bool AreSame(string text, string other) => Of(text).SequenceEqual(Of(other));

    private static IEnumerable<string> Of(string text)
    {
        var word = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isIdeograph = rune.IsBmp && Ideographs.Contains((char)rune.Value);
            if (Rune.IsLetter(rune) && !isIdeograph)
            {
                word.Append(Rune.ToLowerInvariant(rune));
                continue;
            }

            if (IsWithinWord(rune))
            {
                continue;
            }

            if (Known(word.ToString()) is { } known)
            {
                yield return known;
            }

            word.Clear();
            if (isIdeograph || Rune.IsDigit(rune))
            {
                yield return rune.ToString();
            }
        }

        if (Known(word.ToString()) is { } last)
        {
            yield return last;
        }
    }

    private static string? Known(string word) => Short.Contains(word) ? Denial : Words.Contains(word) ? word : null;

    // An apostrophe, or a mark that nobody sees.
    private static bool IsWithinWord(Rune rune) => rune.Value is '\'' or '’' or '‘' or '`' or '´' || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format;

    private static string[] Split(string words) => words.Split(' ');
}
