using System.Text.Json;

namespace DiscordIntel.TestKit;

/// <summary>
/// Evaluates the part of JSON Schema 2020-12, and of what came before it (<c>nullable</c>, <c>$recursiveRef</c>), that OpenAI's description
/// uses. An unknown keyword throws: ignoring it would be a silent pass. One evaluator serves one check.
/// </summary>
internal sealed class SchemaEvaluator(Func<string, JsonElement> resolve)
{
    private static readonly HashSet<string> s_annotations = new(StringComparer.Ordinal)
    {
        "title", "description", "default", "example", "examples", "deprecated", "discriminator", "externalDocs", "readOnly", "writeOnly",
        "$recursiveAnchor", "nullable",
    };

    private readonly Stack<JsonElement> _recursive = new();

    /// <summary>Evaluates one schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="value">The value to look at.</param>
    /// <param name="path">The value's JSON path.</param>
    /// <param name="closed">
    /// Whether this schema alone describes the value, so that members it does not list are refused. A part of an <c>allOf</c> is not
    /// closed: the schema around it is, over the members of all parts.
    /// </param>
    /// <returns>The verdict.</returns>
    public Verdict Evaluate(JsonElement schema, JsonElement value, string path, bool closed)
    {
        Verdict verdict = new();
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            if (schema.ValueKind == JsonValueKind.False)
                verdict.Add(path, "is not allowed here");
            verdict.KnowAll();
            return verdict;
        }

        if (!ScalarRules.CheckType(schema, value, path, verdict))
            return verdict;
        if (value.ValueKind == JsonValueKind.Null && ScalarRules.IsNullable(schema))
            return verdict;

        bool lists = schema.TryGetProperty("properties", out _) || schema.TryGetProperty("allOf", out _);
        foreach (JsonProperty keyword in schema.EnumerateObject())
            Apply(keyword, schema, value, path, closed && !lists, verdict);
        if (closed && lists && value.ValueKind == JsonValueKind.Object && !schema.TryGetProperty("additionalProperties", out _))
            ObjectRules.RefuseUnknown(value, path, verdict);
        return verdict;
    }

    private void Apply(JsonProperty keyword, JsonElement schema, JsonElement value, string path, bool closed, Verdict verdict)
    {
        switch (keyword.Name)
        {
            case "$ref":
                verdict.Merge(Follow(resolve(keyword.Value.GetString()!), value, path, closed));
                break;
            case "$recursiveRef":
                verdict.Merge(Evaluate(_recursive.Peek(), value, path, closed));
                break;
            case "allOf":
                foreach (JsonElement part in keyword.Value.EnumerateArray())
                    verdict.Merge(Evaluate(part, value, path, closed: false));
                break;
            case "anyOf" or "oneOf":
                Verdict[] branches = [.. keyword.Value.EnumerateArray().Select(branch => Evaluate(branch, value, path, closed))];
                verdict.Merge(Union.Judge(branches, path));
                break;
            default:
                if (!ScalarRules.TryApply(keyword, value, path, verdict)
                    && !ObjectRules.TryApply(this, keyword, schema, value, path, verdict)
                    && !s_annotations.Contains(keyword.Name)
                    && !keyword.Name.StartsWith("x-", StringComparison.Ordinal))
                {
                    throw new NotSupportedException($"{path}: the evaluator does not know the keyword '{keyword.Name}'.");
                }

                break;
        }
    }

    private Verdict Follow(JsonElement target, JsonElement value, string path, bool closed)
    {
        bool anchor = target.ValueKind == JsonValueKind.Object && target.TryGetProperty("$recursiveAnchor", out JsonElement flag)
            && flag.ValueKind == JsonValueKind.True;
        if (anchor)
            _recursive.Push(target);
        Verdict verdict = Evaluate(target, value, path, closed);
        if (anchor)
            _recursive.Pop();
        return verdict;
    }
}
