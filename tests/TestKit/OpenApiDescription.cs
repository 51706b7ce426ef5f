using System.Text.Json;

namespace DiscordIntel.TestKit;

/// <summary>
/// OpenAI's own description of its API (OpenAPI 3.1), as an oracle for request bodies. It is strict: a member that the description does not
/// list is an error. It looks neither inside free-form members (<c>parameters</c>, <c>schema</c>) nor at rules across members.
/// </summary>
public sealed class OpenApiDescription
{
    private const string SchemaPrefix = "#/components/schemas/";
    private static readonly Lazy<OpenApiDescription?> s_openAi = new(() =>
        SharedMaterial.Find("openapi/openai.json") is { } path ? new(File.ReadAllBytes(path)) : null);

    private readonly Dictionary<string, JsonElement> _schemas;

    private OpenApiDescription(ReadOnlyMemory<byte> json)
    {
        // Never disposed: the elements are used until the process ends.
        JsonElement root = JsonDocument.Parse(json).RootElement;
        _schemas = root.GetProperty("components").GetProperty("schemas").EnumerateObject()
            .ToDictionary(schema => schema.Name, schema => schema.Value, StringComparer.Ordinal);
    }

    /// <summary>OpenAI's description, read once a process.</summary>
    /// <returns>Null when the shared material is absent.</returns>
    public static OpenApiDescription? Load() => s_openAi.Value;

    /// <summary>Reads a description from its JSON text.</summary>
    /// <param name="json">An OpenAPI document with <c>components.schemas</c>.</param>
    /// <returns>The description.</returns>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static OpenApiDescription Parse(string json) => new(System.Text.Encoding.UTF8.GetBytes(json));

    /// <summary>Checks a body against a named schema.</summary>
    /// <param name="schemaName">For example <c>CreateChatCompletionRequest</c>.</param>
    /// <param name="body">The body.</param>
    /// <returns>One line an error, beginning with its JSON path; empty when the body is valid.</returns>
    /// <exception cref="ArgumentException">The description has no such schema.</exception>
    /// <exception cref="NotSupportedException">A schema uses a keyword that the evaluator does not know.</exception>
    public IReadOnlyList<string> Check(string schemaName, JsonElement body)
    {
        if (!_schemas.TryGetValue(schemaName, out JsonElement schema))
            throw new ArgumentException($"The description has no schema '{schemaName}'.", nameof(schemaName));
        Verdict verdict = new SchemaEvaluator(Resolve).Evaluate(schema, body, "$", closed: true);
        return [.. verdict.Misfits.Select(misfit => $"{misfit.Path}: {misfit.Message}").Distinct(StringComparer.Ordinal)];
    }

    private JsonElement Resolve(string reference) =>
        reference.StartsWith(SchemaPrefix, StringComparison.Ordinal)
        && _schemas.TryGetValue(reference[SchemaPrefix.Length..], out JsonElement schema)
            ? schema
            : throw new NotSupportedException($"The reference '{reference}' leads to no schema of the description.");
}
