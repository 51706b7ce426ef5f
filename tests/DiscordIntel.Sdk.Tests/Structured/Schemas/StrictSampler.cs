using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;

namespace DiscordIntel.Tests.Structured.Schemas;

/// <summary>Random answers that a strict schema allows, as a model would give them that keeps to it and knows its calendar.</summary>
internal sealed class StrictSampler
{
    private readonly JsonElement _root;
    private readonly string[] _texts;

    private StrictSampler(JsonElement root, string[] texts) => (_root, _texts) = (root, texts);

    /// <param name="schema">The strict schema.</param>
    /// <param name="tokens">JSON among which texts for patterns are found.</param>
    public static Gen<JsonNode?> Of(JsonElement schema, IEnumerable<string> tokens) =>
        new StrictSampler(schema, [.. tokens.Where(token => token.StartsWith('"')).Select(token => JsonSerializer.Deserialize<string>(token)!)]).Sample(schema, depth: 3);

    private Gen<JsonNode?> Sample(JsonElement schema, int depth)
    {
        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            string path = reference.GetString()!;
            return Sample(path is "#" ? _root : _root.GetProperty("$defs").GetProperty(path["#/$defs/".Length..]), depth - 1);
        }

        if (schema.TryGetProperty("anyOf", out JsonElement branches))
        {
            JsonElement[] all = [.. branches.EnumerateArray()];
            return depth <= 0 ? Sample(all[^1], depth) : Gen.OneOf(all.Select(branch => Sample(branch, depth)));
        }

        if (schema.TryGetProperty("const", out JsonElement constant))
        {
            return Gen.Constant(constant).Select(Node);
        }

        if (schema.TryGetProperty("enum", out JsonElement values))
        {
            return Gen.Elements(values.EnumerateArray().ToArray()).Select(Node);
        }

        JsonElement type = schema.GetProperty("type");
        string[] names = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(name => name.GetString()!)] : [type.GetString()!];
        return depth <= 0 && names.Contains("null") ? Gen.Constant((JsonNode?)null) : Gen.OneOf(names.Select(name => SampleType(schema, name, depth)));
    }

    private Gen<JsonNode?> SampleType(JsonElement schema, string type, int depth) => type switch
    {
        "object" => Gen.CollectToArray(schema.GetProperty("properties").EnumerateObject(), member => Sample(member.Value, depth - 1).Select(value => KeyValuePair.Create(member.Name, value)))
            .Select(members => (JsonNode?)new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())))),
        "array" => Gen.Choose(0, depth <= 0 ? 0 : 3).SelectMany(count => Sample(schema.GetProperty("items"), depth - 1).ArrayOf(count))
            .Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])),
        "integer" => Gen.Choose(0, 250).SelectMany(number => Gen.Elements($"{number}", $"{number}.0", $"{number}e0")).Select(text => JsonNode.Parse(text)),
        "number" => Gen.Choose(-1000, 1000).Select(number => (JsonNode?)(number / 8.0)),
        "boolean" => Gen.Elements(true, false).Select(value => (JsonNode?)value),
        "null" => Gen.Constant((JsonNode?)null),
        _ => Gen.Elements(Texts(schema)).Select(text => (JsonNode?)text),
    };

    private string[] Texts(JsonElement schema)
    {
        string format = schema.TryGetProperty("format", out JsonElement named) ? named.GetString()! : "";
        bool uri = schema.TryGetProperty("description", out JsonElement description) && description.GetString()!.Contains("Format: uri.", StringComparison.Ordinal);
        return format switch
        {
            "date-time" => ["2026-11-20T12:00:00Z", "2026-11-20T12:00:00.5+01:00"],
            "date" => ["2026-11-20", "2024-02-29"],
            "uuid" => ["6f9619ff-8b86-d011-b42d-00cf4fc964ff"],
            _ when uri => ["https://example.com/", "mailto:a@b.c"],
            _ when schema.TryGetProperty("pattern", out JsonElement pattern) => [.. _texts.Where(text => Regex.IsMatch(text, pattern.GetString()!.Replace("$", @"\z", StringComparison.Ordinal)))],
            _ => _texts,
        };
    }

    private static JsonNode? Node(JsonElement value) => JsonNode.Parse(value.GetRawText());
}
