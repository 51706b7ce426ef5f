using System.Globalization;
using System.Text.Json;

namespace DiscordIntel.Testing.Checks;

/// <summary>
/// The limits on names and enum values of a strict schema. The limits are OpenAI's; the words follow those of its other limits,
/// because no answer to these was at hand.
/// </summary>
internal sealed class SchemaTextBudget
{
    private const int MaxCharacters = 120_000;
    private const int MaxEnumValues = 1_000;
    private const int LongEnum = 250;
    private const int MaxLongEnumCharacters = 15_000;

    private int _characters;
    private int _enumValues;
    private int _longEnum;

    public void Add(JsonElement schema)
    {
        foreach (string keyword in new[] { "properties", "$defs", "definitions" })
        {
            if (schema.TryGetProperty(keyword, out JsonElement named) && named.ValueKind == JsonValueKind.Object)
            {
                _characters += named.EnumerateObject().Sum(one => one.Name.Length);
            }
        }

        if (schema.TryGetProperty("const", out JsonElement constant))
        {
            _characters += TextLength(constant);
        }

        if (schema.TryGetProperty("enum", out JsonElement values) && values.ValueKind == JsonValueKind.Array)
        {
            int length = values.EnumerateArray().Sum(TextLength);
            _characters += length;
            _enumValues += values.GetArrayLength();
            _longEnum = Math.Max(_longEnum, values.GetArrayLength() > LongEnum ? length : 0);
        }
    }

    public string? Find() =>
        Exceeds(_enumValues, MaxEnumValues, "enum values")
        ?? Exceeds(_longEnum, MaxLongEnumCharacters, "characters in one enum")
        ?? Exceeds(_characters, MaxCharacters, "characters of names and enum values");

    private static int TextLength(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()!.Length : 0;

    private static string? Exceeds(int count, int limit, string what) =>
        count > limit ? string.Create(CultureInfo.InvariantCulture, $"{count} {what} exceeds limit of {limit}.") : null;
}
