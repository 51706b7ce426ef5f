using System.Collections.Frozen;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>
/// Letters that are one character or a letter and an accent. A table of the European ones, as <see cref="string.Normalize()"/> does nothing when
/// globalization is invariant, and gives no map of places.
/// </summary>
internal static class Accents
{
    private static readonly FrozenDictionary<(char Letter, char Accent), char> Table = new Dictionary<char, string>
    {
        ['\u0300'] = "aàeèiìoòuùnǹ",
        ['\u0301'] = "aáeéiíoóuúyýcćnńsśzźlĺrŕαάεέηήιίοόυύωώ",
        ['\u0302'] = "aâeêiîoôuûcĉgĝhĥjĵsŝwŵyŷ",
        ['\u0303'] = "aãnñoõiĩuũ",
        ['\u0304'] = "aāeēiīoōuū",
        ['\u0306'] = "aăgğuŭий",
        ['\u0307'] = "cċeėgġzż",
        ['\u0308'] = "aäeëiïoöuüyÿеёії",
        ['\u030A'] = "aåuů",
        ['\u030B'] = "oőuű",
        ['\u030C'] = "cčdďeěnňrřsštťzž",
        ['\u0327'] = "cçgģkķlļnņsştţ",
        ['\u0328'] = "aąeęiįuų",
    }
        .SelectMany(row => row.Value.Chunk(2).Select(pair => KeyValuePair.Create((pair[0], row.Key), pair[1])))
        .ToFrozenDictionary();

    // The short i of Russian is a letter of its own.
    private static readonly FrozenDictionary<char, char> Letters = Table.Where(pair => pair.Value != 'й')
        .DistinctBy(pair => pair.Value).ToFrozenDictionary(pair => pair.Value, pair => pair.Key.Letter);

    /// <summary>A small letter without its accent.</summary>
    public static char Bare(char letter) => Letters.GetValueOrDefault(letter, letter);

    /// <summary>The one character for a small letter and its accent; null when there is none.</summary>
    public static char? Joined(char letter, char accent) =>
        IsAccent(accent) && Table.TryGetValue((letter, accent), out char joined) ? joined : null;

    public static bool IsAccent(char c) => c is >= '\u0300' and <= '\u036F';
}
