using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DiscordIntel.TestKit;

/// <summary>The keywords of objects and arrays.</summary>
internal static partial class ObjectRules
{
    /// <summary>Applies a keyword when it is one of these.</summary>
    /// <returns>False when the keyword is none of these.</returns>
    public static bool TryApply(
        SchemaEvaluator evaluator, JsonProperty keyword, JsonElement schema, JsonElement value, string path, Verdict verdict)
    {
        bool isObject = value.ValueKind == JsonValueKind.Object;
        switch (keyword.Name)
        {
            case "properties":
                if (isObject)
                    Properties(evaluator, keyword.Value, value, path, verdict);
                return true;
            case "additionalProperties":
                if (isObject)
                    AdditionalProperties(evaluator, keyword.Value, schema, value, path, verdict);
                return true;
            case "required":
                foreach (string name in keyword.Value.EnumerateArray().Select(name => name.GetString()!))
                {
                    if (isObject && !value.TryGetProperty(name, out _))
                        verdict.Add(path, $"lacks the required member '{name}'");
                }

                return true;
            case "propertyNames":
                foreach (JsonProperty member in isObject ? value.EnumerateObject() : default)
                    PropertyName(evaluator, keyword.Value, member.Name, path, verdict);
                return true;
            case "maxProperties":
                if (isObject && value.GetPropertyCount() > keyword.Value.GetInt32())
                    verdict.Add(path, $"has {value.GetPropertyCount()} members, more than {keyword.Value.GetInt32()}");
                return true;
            case "items":
                if (value.ValueKind == JsonValueKind.Array)
                {
                    foreach ((int index, JsonElement item) in value.EnumerateArray().Index())
                        verdict.Misfits.AddRange(evaluator.Evaluate(keyword.Value, item, Item(path, index), closed: true).Misfits);
                }

                return true;
            default:
                return false;
        }
    }

    /// <summary>Refuses the members of an object that no part of its schema knows.</summary>
    public static void RefuseUnknown(JsonElement value, string path, Verdict verdict)
    {
        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (!verdict.Knows(member.Name))
                verdict.Add(Member(path, member.Name), "is not a known member");
        }

        verdict.KnowAll();
    }

    private static void Properties(SchemaEvaluator evaluator, JsonElement properties, JsonElement value, string path, Verdict verdict)
    {
        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (!properties.TryGetProperty(member.Name, out JsonElement schema))
                continue;
            verdict.Know(member.Name);
            verdict.Misfits.AddRange(evaluator.Evaluate(schema, member.Value, Member(path, member.Name), closed: true).Misfits);
        }
    }

    private static void AdditionalProperties(
        SchemaEvaluator evaluator, JsonElement rule, JsonElement schema, JsonElement value, string path, Verdict verdict)
    {
        bool lists = schema.TryGetProperty("properties", out JsonElement properties);
        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (lists && properties.TryGetProperty(member.Name, out _))
                continue;
            if (rule.ValueKind == JsonValueKind.False)
                verdict.Add(Member(path, member.Name), "is not a known member");
            else
                verdict.Misfits.AddRange(evaluator.Evaluate(rule, member.Value, Member(path, member.Name), closed: true).Misfits);
        }

        verdict.KnowAll();
    }

    private static void PropertyName(SchemaEvaluator evaluator, JsonElement rule, string name, string path, Verdict verdict)
    {
        using JsonDocument text = JsonDocument.Parse($"\"{JsonEncodedText.Encode(name)}\"");
        verdict.Misfits.AddRange(evaluator.Evaluate(rule, text.RootElement, Member(path, name), closed: true).Misfits);
    }

    private static string Item(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");

    private static string Member(string path, string name) => PlainName().IsMatch(name) ? $"{path}.{name}" : $"{path}['{name}']";

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlainName();
}
