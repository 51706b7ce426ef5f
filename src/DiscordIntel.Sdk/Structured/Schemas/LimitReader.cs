using System.Text.Json;

namespace DiscordIntel.Structured.Schemas;

/// <summary>Reads the keywords that limit strings, numbers and arrays.</summary>
internal static class LimitReader
{
    /// <summary>False when the keyword is no limit; a malformed limit is a fault and counts as read.</summary>
    public static bool TryRead(SchemaNode node, JsonProperty keyword, SchemaFaults faults)
    {
        SchemaLimits limits = node.Limits ?? new SchemaLimits();
        JsonElement value = keyword.Value;
        string? form = keyword.Name switch
        {
            "minimum" => Number(value, n => limits.Minimum = n),
            "maximum" => Number(value, n => limits.Maximum = n),
            "exclusiveMinimum" => Number(value, n => limits.ExclusiveMinimum = n),
            "exclusiveMaximum" => Number(value, n => limits.ExclusiveMaximum = n),
            "multipleOf" => Factor(value, n => limits.MultipleOf = n),
            "minLength" => Count(value, n => limits.MinLength = n),
            "maxLength" => Count(value, n => limits.MaxLength = n),
            "minItems" => Count(value, n => limits.MinItems = n),
            "maxItems" => Count(value, n => limits.MaxItems = n),
            "uniqueItems" => Flag(value, b => limits.UniqueItems = b),
            "format" => Text(value, t => limits.Format = t),
            "pattern" => Pattern(value, p => limits.Pattern = p),
            _ => "",
        };
        if (form is "")
        {
            return false;
        }

        node.Limits = limits;
        if (form is not null)
        {
            faults.Add(node.Pointer, $"'{keyword.Name}' is malformed", $"write {form}");
        }

        return true;
    }

    private static string? Number(JsonElement value, Action<SchemaNumber> set)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out double number) || !double.IsFinite(number))
        {
            return "a number";
        }

        set(SchemaNumber.From(value));
        return null;
    }

    private static string? Factor(JsonElement value, Action<SchemaNumber> set) =>
        value.ValueKind == JsonValueKind.Number && SchemaNumber.From(value).IsPositive ? Number(value, set) : "a number above 0";

    private static string? Count(JsonElement value, Action<int> set)
    {
        if (value.ValueKind != JsonValueKind.Number || !SchemaNumber.From(value).IsInteger || value.GetDouble() < 0)
        {
            return "a whole number of at least 0";
        }

        set((int)Math.Min(value.GetDouble(), int.MaxValue));
        return null;
    }

    private static string? Flag(JsonElement value, Action<bool> set)
    {
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            return "true or false";
        }

        set(value.GetBoolean());
        return null;
    }

    private static string? Text(JsonElement value, Action<string> set)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return "a string";
        }

        set(value.GetString()!);
        return null;
    }

    private static string? Pattern(JsonElement value, Action<SchemaPattern> set)
    {
        if (value.ValueKind != JsonValueKind.String || !SchemaPattern.TryCompile(value.GetString()!, out SchemaPattern? pattern))
        {
            return "a regular expression that .NET understands";
        }

        set(pattern);
        return null;
    }
}
