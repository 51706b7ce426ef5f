using System.Text.Json;

namespace DiscordIntel.Testing.Shaping;

/// <summary>Reads keywords of a schema, a wrong or absent one as null.</summary>
internal static class SchemaReader
{
    // Beyond it decimal arithmetic on bounds could overflow.
    private const decimal LargestBound = 1e18m;

    private static readonly string[] Unknown = [];

    public static JsonElement? Keyword(this JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out JsonElement value) ? value : null;

    public static string? TextKeyword(this JsonElement schema, string name) =>
        schema.Keyword(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static decimal? NumberKeyword(this JsonElement schema, string name) =>
        schema.Keyword(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out decimal value) && Math.Abs(value) <= LargestBound
            ? value
            : null;

    public static int? CountKeyword(this JsonElement schema, string name) =>
        schema.NumberKeyword(name) is { } number and >= 0 and <= int.MaxValue ? (int)number : null;

    public static IEnumerable<JsonElement> ArrayKeyword(this JsonElement schema, string name) =>
        schema.Keyword(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    public static IEnumerable<JsonProperty> Properties(this JsonElement schema) =>
        schema.Keyword("properties") is { ValueKind: JsonValueKind.Object } properties ? properties.EnumerateObject() : [];

    /// <summary>The alternatives of the schema; <c>oneOf</c> occurs in schemas that are not strict.</summary>
    public static JsonElement[] Branches(this JsonElement schema) => [.. schema.ArrayKeyword("anyOf"), .. schema.ArrayKeyword("oneOf")];

    /// <summary>The allowed types; empty when the schema names none.</summary>
    public static IReadOnlyList<string> Types(this JsonElement schema) => schema.Keyword("type") switch
    {
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { ValueKind: JsonValueKind.Array } many => [.. many.EnumerateArray().Where(type => type.ValueKind == JsonValueKind.String).Select(type => type.GetString()!)],
        _ => schema.Keyword("properties") is not null ? ["object"] : schema.Keyword("items") is not null ? ["array"] : Unknown,
    };

    public static bool AllowsValue(this JsonElement schema, JsonElement value)
    {
        IReadOnlyList<string> types = schema.Types();
        return types.Count == 0 || value.ValueKind switch
        {
            JsonValueKind.String => types.Contains("string"),
            JsonValueKind.True or JsonValueKind.False => types.Contains("boolean"),
            JsonValueKind.Null => types.Contains("null"),
            JsonValueKind.Number => types.Contains("number") || (types.Contains("integer") && value.TryGetDecimal(out decimal number) && decimal.IsInteger(number)),
            JsonValueKind.Object => types.Contains("object"),
            _ => types.Contains("array"),
        };
    }
}
