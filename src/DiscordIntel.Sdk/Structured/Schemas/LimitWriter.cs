using System.Text.Json;

namespace DiscordIntel.Structured.Schemas;

/// <summary>Writes the limits that strict structured outputs know, each only beside a type it limits.</summary>
internal static class LimitWriter
{
    public static void Write(Utf8JsonWriter writer, SchemaLimits? limits, JsonKinds kinds)
    {
        if (limits is null)
        {
            return;
        }

        if (kinds.Has(JsonKinds.String))
        {
            WriteText(writer, "pattern", limits.Pattern is { IsRegular: true } pattern ? pattern.Source : null);
            WriteText(writer, "format", limits.Format is { } format && SchemaSentences.IsSendable(format) ? format : null);
        }

        if (kinds.Has(JsonKinds.Number | JsonKinds.Integer))
        {
            WriteNumber(writer, "multipleOf", limits.MultipleOf);
            WriteNumber(writer, "minimum", limits.Minimum);
            WriteNumber(writer, "maximum", limits.Maximum);
            WriteNumber(writer, "exclusiveMinimum", limits.ExclusiveMinimum);
            WriteNumber(writer, "exclusiveMaximum", limits.ExclusiveMaximum);
        }

        if (kinds.Has(JsonKinds.Array))
        {
            WriteCount(writer, "minItems", limits.MinItems);
            WriteCount(writer, "maxItems", limits.MaxItems);
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string keyword, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(keyword, text);
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, string keyword, SchemaNumber? number)
    {
        if (number is { } value)
        {
            writer.WritePropertyName(keyword);
            value.WriteTo(writer);
        }
    }

    private static void WriteCount(Utf8JsonWriter writer, string keyword, int? count)
    {
        if (count is { } value)
        {
            writer.WriteNumber(keyword, value);
        }
    }
}
