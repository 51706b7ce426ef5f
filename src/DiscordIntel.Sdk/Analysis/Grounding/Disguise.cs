using System.Globalization;
using System.Text;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>
/// A text as a reader sees it: letters that only look like Latin ones are Latin, and what nobody sees is gone. For scanning alone: other scripts do not
/// survive it. Lines stay lines. A table, as <see cref="string.Normalize()"/> does nothing when globalization is invariant.
/// </summary>
internal static class Disguise
{
    private const string LookAlikes =
        "аеорсухѕіїјԁԛԝһѵӏкмтнвгпАЕОРСУХЅІЇЈԚԜКМТНВ" + "αονριικυετηχγωΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "օոսհ" + "ıɡɑɩʟɪɢɴᴏʀᴇᴀʙᴄᴅꜰʜᴊᴋᴍᴘꜱᴛᴜᴠᴡʏᴢ"
        + "ℂℍℕℙℚℝℤℬℰℱℋℐℒℳℛℯℊℴℎℭℌℑℜℨ";

    private const string Latin =
        "aeopcyxsiijdqwhvlkmthbrnAEOPCYXSIIJQWKMTHB" + "aovpiikuetnxywABEZHIKMNOPTYX" + "onuh" + "igailignoreabcdfhjkmpstuvwyz"
        + "CHNPQRZBEFHILMRegohCHIRZ";

    /// <summary>The text without disguise; the same one when it has none.</summary>
    public static string Remove(string text)
    {
        int first = First(text);
        if (first < 0)
        {
            return text;
        }

        var plain = new StringBuilder(text, 0, first, text.Length);
        for (int i = first; i < text.Length; i++)
        {
            if (Letter(text, i) is { } letter)
            {
                plain.Append(letter);
                i++;
            }
            else if (!IsUnseen(text[i]))
            {
                plain.Append(Plain(text[i]));
            }
        }

        return plain.ToString();
    }

    private static int First(string text)
    {
        int i = text.AsSpan().IndexOfAnyExceptInRange('\0', '\u007F');
        for (; i >= 0 && i < text.Length; i++)
        {
            char c = text[i];
            if (c > '\u007F' && (IsUnseen(c) || Plain(c) != c || Letter(text, i) is not null))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsUnseen(char c) =>
        c > '\u007F' && (c is (>= '\u0300' and <= '\u036F') or (>= '\uFE00' and <= '\uFE0F') || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format);

    private static char Plain(char c) => c switch
    {
        <= '\u007F' => c,
        '\u00A0' or (>= '\u2000' and <= '\u200A') or '\u202F' or '\u3000' => ' ',
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        >= 'Ⓐ' and <= 'Ⓩ' => (char)('A' + (c - 'Ⓐ')),
        >= 'ⓐ' and <= 'ⓩ' => (char)('a' + (c - 'ⓐ')),
        (>= '\u0131' and <= '\u058F') or (>= '\u1D00' and <= '\u1D22') or (>= '\u2102' and <= '\u2134') or '\uA730' or '\uA731' =>
            LookAlikes.IndexOf(c, StringComparison.Ordinal) is var at and >= 0 ? Latin[at] : c,
        _ => c,
    };

    /// <summary>The Latin letter or digit for one of two UTF-16 units: mathematical letters, letters in squares and circles, and those that flags are made of.</summary>
    private static char? Letter(string text, int i)
    {
        if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
        {
            return null;
        }

        int point = char.ConvertToUtf32(text[i], text[i + 1]);
        return point switch
        {
            >= 0x1D400 and < 0x1D6A4 => (char)((point - 0x1D400) % 52 is var at and < 26 ? 'A' + at : 'a' + ((point - 0x1D400) % 52) - 26),
            >= 0x1D7CE and <= 0x1D7FF => (char)('0' + ((point - 0x1D7CE) % 10)),
            >= 0x1F130 and <= 0x1F149 => (char)('A' + (point - 0x1F130)),
            >= 0x1F150 and <= 0x1F169 => (char)('A' + (point - 0x1F150)),
            >= 0x1F170 and <= 0x1F189 => (char)('A' + (point - 0x1F170)),
            >= 0x1F1E6 and <= 0x1F1FF => (char)('A' + (point - 0x1F1E6)),
            _ => null,
        };
    }
}
