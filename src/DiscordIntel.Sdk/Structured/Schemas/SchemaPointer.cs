using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DiscordIntel.Structured.Schemas;

/// <summary>JSON pointers inside one document, written with a leading <c>#</c>.</summary>
internal static class SchemaPointer
{
    public static string Append(string pointer, string token) =>
        $"{pointer}/{token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    /// <summary>Follows a local reference; the canonical pointer has no percent-encoding.</summary>
    public static bool TryResolve(JsonElement document, string reference, out JsonElement target, out string pointer)
    {
        target = document;
        pointer = "#";
        if (reference is "#")
        {
            return true;
        }

        if (!reference.StartsWith("#/", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (string token in Tokens(Uri.UnescapeDataString(reference)))
        {
            if (!TryStep(target, token, out target))
            {
                return false;
            }

            pointer = Append(pointer, token);
        }

        return true;
    }

    /// <summary>The last name of a pointer, or an empty string for the document itself.</summary>
    public static string LastToken(string pointer) => Tokens(pointer).LastOrDefault("");

    /// <summary>The pointer as people write paths: <c>$.properties.tags</c>.</summary>
    public static string ToPath(string pointer)
    {
        var path = new StringBuilder("$");
        foreach (string token in Tokens(pointer))
        {
            AppendMember(path, token);
        }

        return path.ToString();
    }

    /// <summary>Adds one member to a path: <c>.name</c>, or <c>['a b']</c> for a name that is not a plain word; cut when long.</summary>
    public static void AppendMember(StringBuilder path, string name)
    {
        string shown = Excerpt.Of(name);
        if (name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$' or '-'))
        {
            path.Append('.').Append(shown);
        }
        else
        {
            path.Append("['").Append(shown).Append("']");
        }
    }

    private static IEnumerable<string> Tokens(string pointer) => pointer
        .Split('/')
        .Skip(1)
        .Select(token => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));

    private static bool TryStep(JsonElement from, string token, out JsonElement target)
    {
        if (from.ValueKind == JsonValueKind.Object)
        {
            return from.TryGetProperty(token, out target);
        }

        target = default;
        if (from.ValueKind != JsonValueKind.Array || !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            || index >= from.GetArrayLength())
        {
            return false;
        }

        target = from[index];
        return true;
    }
}
