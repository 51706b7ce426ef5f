using System.Runtime.InteropServices;
using System.Text.Json;

namespace DiscordIntel.Structured.Schemas;

/// <summary>Equality of JSON values: numbers by value, members in any order.</summary>
internal static class JsonEquality
{
    public static bool AreEqual(JsonElement left, JsonElement right)
    {
        if (left.ValueKind != right.ValueKind)
        {
            return false;
        }

        ReadOnlySpan<byte> leftText = JsonMarshal.GetRawUtf8Value(left);
        ReadOnlySpan<byte> rightText = JsonMarshal.GetRawUtf8Value(right);
        if (leftText.SequenceEqual(rightText))
        {
            return true;
        }

        if (left.ValueKind == JsonValueKind.String && !leftText.Contains((byte)'\\') && !rightText.Contains((byte)'\\'))
        {
            return false;
        }

        try
        {
            return JsonElement.DeepEquals(left, right);
        }
        catch (ArgumentOutOfRangeException)
        {
            // An exponent beyond 32 bits, which only the same text can equal.
            return false;
        }
    }
}
