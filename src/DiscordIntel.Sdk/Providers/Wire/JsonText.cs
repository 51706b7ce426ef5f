using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace DiscordIntel.Providers.Wire;

/// <summary>
/// Reads a JSON string that may hold half of a surrogate pair, as answers cut inside an emoji do. <see cref="Utf8JsonReader.GetString"/> throws there;
/// one broken character is no reason to lose an answer, so it becomes U+FFFD.
/// </summary>
internal static class JsonText
{
    private const int MaxOnStack = 256;

    /// <summary>The text of the current string token.</summary>
    public static string Read(ref Utf8JsonReader json)
    {
        ReadOnlySpan<byte> raw = json.HasValueSequence ? json.ValueSequence.ToArray() : json.ValueSpan;
        return json.ValueIsEscaped ? Unescape(Encoding.UTF8.GetString(raw)) : Encoding.UTF8.GetString(raw);
    }

    /// <summary>The text of a string element.</summary>
    public static string Read(JsonElement element)
    {
        // The bytes as they are, quotes included: GetRawText and GetString throw where they are not UTF-8.
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(element);
        return Unescape(Encoding.UTF8.GetString(raw[1..^1]));
    }

    /// <summary>The name of the current member, or the current string, which holds U+FFFD where it is broken text. The text that is read is in one piece.</summary>
    public static ReadOnlySpan<byte> Name(ref Utf8JsonReader json) => json.ValueIsEscaped ? Encoding.UTF8.GetBytes(Read(ref json)) : json.ValueSpan;

    /// <summary>Finds a member; the last of that name. (<see cref="JsonElement.TryGetProperty(string, out JsonElement)"/> throws at a name that is broken text.)</summary>
    public static bool TryGetMember(JsonElement parent, ReadOnlySpan<byte> name, out JsonElement value)
    {
        bool found = false;
        value = default;
        foreach (JsonProperty member in parent.EnumerateObject())
        {
            if (JsonMarshal.GetRawUtf8PropertyName(member).SequenceEqual(name))
            {
                (found, value) = (true, member.Value);
            }
        }

        return found;
    }

    // Never longer than what it is made of.
    private static string Unescape(string raw)
    {
        char[]? rented = raw.Length > MaxOnStack ? ArrayPool<char>.Shared.Rent(raw.Length) : null;
        Span<char> text = rented ?? stackalloc char[MaxOnStack];
        int length = 0;
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text[length++] = raw[i];
                continue;
            }

            i++;
            text[length++] = raw[i] switch
            {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'b' => '\b',
                'f' => '\f',
                'u' => (char)ushort.Parse(raw.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                char literal => literal,
            };
            i += raw[i] == 'u' ? 4 : 0;
        }

        ReplaceHalves(text[..length]);
        string unescaped = new(text[..length]);
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented, clearArray: true);
        }

        return unescaped;
    }

    // What stands alone of a pair.
    private static void ReplaceHalves(Span<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                text[i] = '\uFFFD';
            }
        }
    }
}
