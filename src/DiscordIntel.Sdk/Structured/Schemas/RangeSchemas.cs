using System.Globalization;
using System.Text.Json.Nodes;

namespace DiscordIntel.Structured.Schemas;

/// <summary>
/// The limits of a <c>[Range]</c> that names its type and has its limits as texts: <c>[Range(typeof(decimal), "0.1", "0.2")]</c>, the only way to limit
/// a decimal exactly. They come as strings.
/// </summary>
internal static class RangeSchemas
{
    private static readonly string[] Keywords = ["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"];

    /// <returns>Why the limits cannot be kept, and a way out; null when they can.</returns>
    public static string? Correct(JsonObject schema, Type type)
    {
        foreach (string keyword in Keywords)
        {
            if (schema[keyword] is not JsonValue limit || !limit.TryGetValue(out string? text))
            {
                continue;
            }

            if (ClrScalars.Of(type) is < ClrScalar.SByte or > ClrScalar.Decimal)
            {
                return $"a [Range] of {SchemaText.NameOf(type)} cannot be kept, since JSON Schema limits numbers alone; say it in a [Description] and check it after the call";
            }

            // Texts in source code are read alike on every machine.
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
            {
                return $"the [Range] limit '{Excerpt.Of(text)}' is no number; write it with a decimal point and without separators";
            }

            bool isExact = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact) && (exact != 0 || number == 0);
            schema[keyword] = isExact ? JsonValue.Create(exact) : JsonValue.Create(number);
        }

        return null;
    }
}
