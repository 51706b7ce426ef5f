using System.Text.Json;
using DiscordIntel.Testing.Checks;

namespace DiscordIntel.Testing.Shaping;

/// <summary>How deep the shallowest value of a schema is: the way out of a recursive one.</summary>
internal sealed class SchemaHeight
{
    // Far above any real height, far below overflow.
    private const int Endless = 1_000_000;

    private readonly Dictionary<string, int> _references = [];

    public SchemaHeight(JsonElement root)
    {
        Collect(root);

        // Every round settles at least one reference, as the shortest ways settle first.
        for (bool changed = true; changed;)
        {
            changed = false;
            foreach (string reference in _references.Keys)
            {
                int height = JsonPointer.TryResolve(root, reference, out JsonElement target) ? Of(target) : Endless;
                changed |= height < _references[reference];
                _references[reference] = Math.Min(height, _references[reference]);
            }
        }
    }

    public int Of(JsonElement schema)
    {
        if (schema.TextKeyword("$ref") is { } reference)
        {
            return _references.GetValueOrDefault(reference, Endless);
        }

        if (schema.Keyword("const") is not null || schema.Keyword("enum") is not null)
        {
            return 1;
        }

        JsonElement[] branches = schema.Branches();
        return branches.Length > 0 ? branches.Min(Of) : schema.Types() is { Count: > 0 } types ? types.Min(type => Of(schema, type)) : 1;
    }

    public int Of(JsonElement schema, string type) => type switch
    {
        "object" => Math.Min(Endless, 1 + schema.Properties().Select(property => Of(property.Value)).DefaultIfEmpty(0).Max()),
        "array" when schema.CountKeyword("minItems") is > 0 => Math.Min(Endless, 1 + (schema.Keyword("items") is { } items ? Of(items) : 1)),
        _ => 1,
    };

    private void Collect(JsonElement node)
    {
        if (node.ValueKind == JsonValueKind.Object)
        {
            if (node.TextKeyword("$ref") is { } reference)
            {
                _references[reference] = Endless;
            }

            foreach (JsonProperty member in node.EnumerateObject())
            {
                Collect(member.Value);
            }
        }
        else if (node.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in node.EnumerateArray())
            {
                Collect(item);
            }
        }
    }
}
