using System.Globalization;
using System.Text.Json;

namespace DiscordIntel.Testing.Checks;

/// <summary>Follows a local reference such as <c>#/$defs/Point</c> (RFC 6901).</summary>
internal static class JsonPointer
{
    public static bool TryResolve(JsonElement root, string reference, out JsonElement target)
    {
        target = root;
        if (reference == "#")
        {
            return true;
        }

        if (!reference.StartsWith("#/", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (string part in reference[2..].Split('/'))
        {
            string name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (!TryStep(target, name, out JsonElement next))
            {
                return false;
            }

            target = next;
        }

        return true;
    }

    private static bool TryStep(JsonElement from, string name, out JsonElement next)
    {
        next = default;
        switch (from.ValueKind)
        {
            case JsonValueKind.Object:
                return from.TryGetProperty(name, out next);
            case JsonValueKind.Array when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < from.GetArrayLength():
                next = from[index];
                return true;
            default:
                return false;
        }
    }
}
