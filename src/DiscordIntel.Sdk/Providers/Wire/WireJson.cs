using System.Text.Json;

namespace DiscordIntel.Providers.Wire;

/// <summary>Steps through JSON that may hold anything: what is not of the expected type is passed over.</summary>
internal static class WireJson
{
    // No request has a million million tokens: such a number is a fault, and sums and costs made of it would overflow.
    private const long MaxCount = 1_000_000_000_000;

    /// <summary>Moves to the next member of the object and gives its name; false at the end of the object.</summary>
    public static bool NextMember(ref Utf8JsonReader json, out ReadOnlySpan<byte> name)
    {
        bool isMember = json.Read() && json.TokenType is JsonTokenType.PropertyName;
        name = isMember ? JsonText.Name(ref json) : default;
        return isMember;
    }

    /// <summary>Passes over the value of the current member.</summary>
    public static void Pass(ref Utf8JsonReader json)
    {
        json.Read();
        json.Skip();
    }

    /// <summary>The value of the current member, where it is text.</summary>
    public static string? Text(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType is JsonTokenType.String)
        {
            return JsonText.Read(ref json);
        }

        json.Skip();
        return null;
    }

    /// <summary>The value of the current member, where it is a count that can be.</summary>
    public static long? Count(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType is JsonTokenType.Number && json.TryGetInt64(out long count) && count is >= 0 and <= MaxCount)
        {
            return count;
        }

        json.Skip();
        return null;
    }
}
