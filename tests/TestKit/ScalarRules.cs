using System.Text.Json;
using System.Text.RegularExpressions;

namespace DiscordIntel.TestKit;

/// <summary>The keywords of single values and of counts: type, enum, const, bounds, lengths, pattern and format.</summary>
internal static partial class ScalarRules
{
    private static readonly TimeSpan s_patternTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Whether null is allowed the OpenAPI 3.0 way: <c>nullable</c> beside a <c>type</c>.</summary>
    public static bool IsNullable(JsonElement schema) =>
        schema.TryGetProperty("type", out JsonElement type)
        && ((type.ValueKind == JsonValueKind.Array && Types(type).Contains("null", StringComparer.Ordinal))
            || (schema.TryGetProperty("nullable", out JsonElement flag) && flag.ValueKind == JsonValueKind.True));

    /// <summary>Checks the JSON type first: with a wrong one the other rules would only add noise.</summary>
    public static bool CheckType(JsonElement schema, JsonElement value, string path, Verdict verdict)
    {
        if (!schema.TryGetProperty("type", out JsonElement type))
            return true;
        string[] types = IsNullable(schema) ? [.. Types(type).Union(["null"], StringComparer.Ordinal)] : [.. Types(type)];
        if (types.Any(name => IsOf(name, value)))
            return true;
        verdict.Misfits.Add(Misfit.Of(path, MisfitKind.Type, TypeOf(value), types));
        return false;
    }

    /// <summary>Applies a keyword when it is one of these.</summary>
    /// <returns>False when the keyword is none of these.</returns>
    public static bool TryApply(JsonProperty keyword, JsonElement value, string path, Verdict verdict)
    {
        JsonElement rule = keyword.Value;
        switch (keyword.Name)
        {
            case "type":
                return true;
            case "enum":
                OneOf([.. rule.EnumerateArray()], value, path, verdict);
                return true;
            case "const":
                OneOf([rule], value, path, verdict);
                return true;
            case "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum":
                if (value.ValueKind == JsonValueKind.Number && !InBounds(keyword.Name, rule, value.GetDouble()))
                    verdict.Add(path, $"{value.GetRawText()} breaks {keyword.Name} {rule.GetRawText()}");
                return true;
            case "minLength" or "maxLength":
                if (value.ValueKind == JsonValueKind.String)
                    Size(keyword, value.GetString()!.EnumerateRunes().Count(), path, verdict);
                return true;
            case "minItems" or "maxItems":
                if (value.ValueKind == JsonValueKind.Array)
                    Size(keyword, value.GetArrayLength(), path, verdict);
                return true;
            case "pattern":
                if (value.ValueKind == JsonValueKind.String
                    && !Regex.IsMatch(value.GetString()!, rule.GetString()!, RegexOptions.CultureInvariant, s_patternTimeout))
                {
                    verdict.Add(path, $"does not match {rule.GetString()}");
                }

                return true;
            case "format":
                // The other formats (unixtime, binary, float) say nothing that the type does not.
                if (rule.ValueEquals("uri") && value.ValueKind == JsonValueKind.String && !AbsoluteUri().IsMatch(value.GetString()!))
                    verdict.Add(path, "is not an absolute URI");
                return true;
            default:
                return false;
        }
    }

    private static bool InBounds(string keyword, JsonElement rule, double number) => (keyword, rule.ValueKind) switch
    {
        // OpenAPI 3.0 wrote a flag here, 3.1 writes the bound.
        (_, not JsonValueKind.Number) => true,
        ("minimum", _) => number >= rule.GetDouble(),
        ("maximum", _) => number <= rule.GetDouble(),
        ("exclusiveMinimum", _) => number > rule.GetDouble(),
        _ => number < rule.GetDouble(),
    };

    private static void Size(JsonProperty keyword, int size, string path, Verdict verdict)
    {
        int bound = keyword.Value.GetInt32();
        if (keyword.Name.StartsWith("min", StringComparison.Ordinal) ? size < bound : size > bound)
            verdict.Add(path, $"its size {size} breaks {keyword.Name} {bound}");
    }

    private static void OneOf(JsonElement[] allowed, JsonElement value, string path, Verdict verdict)
    {
        if (allowed.Any(item => JsonElement.DeepEquals(item, value)))
            return;
        string found = value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? TypeOf(value) : value.GetRawText();
        verdict.Misfits.Add(Misfit.Of(path, MisfitKind.Value, found, [.. allowed.Select(item => item.GetRawText())]));
    }

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(name => name.GetString()!) : [type.GetString()!];

    private static bool IsOf(string type, JsonElement value) =>
        TypeOf(value) == type || (type == "integer" && value.ValueKind == JsonValueKind.Number && double.IsInteger(value.GetDouble()));

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => "number",
        JsonValueKind.String => "string",
        JsonValueKind.Array => "array",
        JsonValueKind.Object => "object",
        _ => "null",
    };

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9+.-]*:[^\s<>""{}|\\^`]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AbsoluteUri();
}
