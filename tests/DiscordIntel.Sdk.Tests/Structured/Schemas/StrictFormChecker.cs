using System.Text.Json;

namespace DiscordIntel.Tests.Structured.Schemas;

/// <summary>The rules of strict structured outputs, written from OpenAI's guide and not from the code under test.</summary>
internal static class StrictFormChecker
{
    private static readonly HashSet<string> TypeNames = ["string", "number", "integer", "boolean", "object", "array", "null"];
    private static readonly HashSet<string> Formats = ["date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"];
    private static readonly HashSet<string> Keywords =
    [
        "type", "properties", "required", "additionalProperties", "items", "enum", "const", "anyOf", "$ref", "$defs", "description", "pattern",
        "format", "multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minItems", "maxItems",
    ];

    public static IReadOnlyList<string> Check(JsonElement schema)
    {
        var faults = new List<string>();
        if (!schema.TryGetProperty("type", out JsonElement type) || type.ValueKind != JsonValueKind.String || type.GetString() != "object")
        {
            faults.Add("$: the root is not an object");
        }

        Visit(schema, schema, "$", faults);
        return faults;
    }

    private static void Visit(JsonElement root, JsonElement schema, string path, List<string> faults)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            faults.Add($"{path}: is {schema.ValueKind}");
            return;
        }

        string[] names = [.. schema.EnumerateObject().Select(member => member.Name)];
        faults.AddRange(names.Where(name => !Keywords.Contains(name)).Select(name => $"{path}: has {name}"));
        if (names.Count(name => name is "type" or "anyOf" or "$ref") != 1)
        {
            faults.Add($"{path}: needs exactly one of type, anyOf, $ref");
        }

        if (names.Contains("$ref"))
        {
            VisitReference(root, schema, path, names, faults);
        }

        if (names.Contains("anyOf"))
        {
            faults.AddRange(names.Where(name => name is not ("anyOf" or "description")).Select(name => $"{path}: {name} beside anyOf"));
            foreach (JsonElement branch in schema.GetProperty("anyOf").EnumerateArray())
            {
                Visit(root, branch, $"{path}.anyOf", faults);
            }
        }

        if (names.Contains("type"))
        {
            VisitTyped(root, schema, path, names, faults);
        }

        if (names.Contains("$defs"))
        {
            if (path is not "$")
            {
                faults.Add($"{path}: inner $defs");
            }

            foreach (JsonProperty definition in schema.GetProperty("$defs").EnumerateObject())
            {
                Visit(root, definition.Value, $"{path}.$defs.{definition.Name}", faults);
            }
        }
    }

    private static void VisitReference(JsonElement root, JsonElement schema, string path, string[] names, List<string> faults)
    {
        string reference = schema.GetProperty("$ref").GetString()!;
        if (names.Length != 1)
        {
            faults.Add($"{path}: $ref has siblings");
        }

        bool known = reference is "#"
            || (reference.StartsWith("#/$defs/", StringComparison.Ordinal) && root.TryGetProperty("$defs", out JsonElement definitions) && definitions.TryGetProperty(reference[8..], out _));
        if (!known)
        {
            faults.Add($"{path}: {reference} leads nowhere");
        }
    }

    private static void VisitTyped(JsonElement root, JsonElement schema, string path, string[] names, List<string> faults)
    {
        JsonElement type = schema.GetProperty("type");
        string[] types = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString()!)] : [type.GetString()!];
        if (types.Length == 0 || types.Distinct().Count() != types.Length || !types.All(TypeNames.Contains))
        {
            faults.Add($"{path}: bad type");
        }

        if (types.Contains("object"))
        {
            VisitObject(root, schema, path, faults);
        }

        if (types.Contains("array"))
        {
            Visit(root, schema.GetProperty("items"), $"{path}.items", faults);
        }

        if (names.Contains("format") && !Formats.Contains(schema.GetProperty("format").GetString()!))
        {
            faults.Add($"{path}: unknown format");
        }

        if (names.Contains("pattern") && schema.GetProperty("pattern").GetString()!.Contains("(?", StringComparison.Ordinal))
        {
            faults.Add($"{path}: lookaround");
        }

        if (names.Contains("enum") && types.Contains("null") != schema.GetProperty("enum").EnumerateArray().Any(v => v.ValueKind == JsonValueKind.Null))
        {
            faults.Add($"{path}: null in type and enum differ");
        }
    }

    private static void VisitObject(JsonElement root, JsonElement schema, string path, List<string> faults)
    {
        if (!schema.TryGetProperty("additionalProperties", out JsonElement additional) || additional.ValueKind != JsonValueKind.False)
        {
            faults.Add($"{path}: not closed");
        }

        if (!schema.TryGetProperty("properties", out JsonElement properties) || !schema.TryGetProperty("required", out JsonElement required))
        {
            faults.Add($"{path}: no properties or no required");
            return;
        }

        string[] names = [.. properties.EnumerateObject().Select(property => property.Name)];
        if (!names.SequenceEqual(required.EnumerateArray().Select(name => name.GetString())))
        {
            faults.Add($"{path}: required is incomplete");
        }

        foreach (JsonProperty property in properties.EnumerateObject())
        {
            Visit(root, property.Value, $"{path}.{property.Name}", faults);
        }
    }
}
