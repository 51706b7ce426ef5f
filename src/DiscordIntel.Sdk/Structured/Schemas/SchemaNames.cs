using System.Text.Json;

namespace DiscordIntel.Structured.Schemas;

/// <summary>Names as the API takes them: 1 to 64 of <c>a-z A-Z 0-9 _ -</c>.</summary>
internal static class SchemaNames
{
    private const int Longest = 64;

    /// <summary>The name with each other character replaced, or null when nothing readable is left.</summary>
    public static string? Lawful(string? name)
    {
        if (name is null || !name.Any(char.IsAsciiLetterOrDigit))
        {
            return null;
        }

        ReadOnlySpan<char> kept = name.AsSpan().Trim();
        kept = kept[..Math.Min(kept.Length, Longest)];
        return string.Create(kept.Length, kept, static (span, source) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAsciiLetterOrDigit(source[i]) || source[i] is '_' or '-' ? source[i] : '_';
            }
        });
    }

    /// <summary>The name found in a schema: a <c>name</c> that was put inside by mistake, else the title.</summary>
    public static string? Find(JsonElement schema) => Text(schema, "name") ?? Text(schema, "title");

    /// <summary>The name of a type, with its type arguments: <c>Page_Claim</c>.</summary>
    public static string? Of(Type type) => Lawful(Spell(type));

    private static string? Text(JsonElement schema, string member) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? Lawful(value.GetString())
            : null;

    private static string Spell(Type type)
    {
        string name = type.Name.Split('`')[0];
        return string.Join('_', type.GenericTypeArguments.Select(Spell).Prepend(name));
    }
}
