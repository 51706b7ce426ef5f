using System.Globalization;
using System.Text.Json;

namespace DiscordIntel.Testing.Checks;

/// <summary>
/// The rules of a strict schema (OpenAI's guide "Structured Outputs", supported schemas), with the words of OpenAI's own errors.
/// Written apart from the library's schema compiler on purpose: it is there to catch its mistakes.
/// </summary>
internal sealed class StrictSchemaCheck
{
    private const int MaxLevels = 10;
    private const int MaxProperties = 5_000;

    private readonly JsonElement _root;
    private readonly SchemaTextBudget _texts = new();
    private int _levels;
    private int _properties;

    private StrictSchemaCheck(JsonElement root) => _root = root;

    /// <summary>The first fault as OpenAI words it after "Invalid schema for …: "; null for a lawful schema.</summary>
    public static string? Find(JsonElement schema)
    {
        string? type = schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out JsonElement given) ? PythonText(given) : "None";
        if (type != "object")
        {
            return $"schema must be a JSON Schema of 'type: \"object\"', got 'type: \"{type}\"'.";
        }

        if (schema.TryGetProperty("anyOf", out _))
        {
            return NotPermitted([], "anyOf");
        }

        var check = new StrictSchemaCheck(schema);
        return check.Visit(schema, [], 0) ?? check.FindInTotals();
    }

    /// <summary>The fault of an object that does not say that it is closed.</summary>
    public static string OpenObject(IReadOnlyList<string> context) =>
        $"{In(context)}, 'additionalProperties' is required to be supplied and to be false.";

    private string? FindInTotals() =>
        _levels > MaxLevels ? string.Create(CultureInfo.InvariantCulture, $"{_levels} levels of nesting exceeds limit of {MaxLevels}.")
        : _properties > MaxProperties ? string.Create(CultureInfo.InvariantCulture, $"{_properties} parameters exceeds limit of {MaxProperties}.")
        : _texts.Find();

    /// <summary>
    /// The first fault in a schema below <paramref name="level"/> objects and arrays. References are not followed: a definition is counted from its own top.
    /// </summary>
    private string? Visit(JsonElement schema, IReadOnlyList<string> context, int level)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return $"{In(context)}, {schema.GetRawText()} is not of type 'object'.";
        }

        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            return VisitReference(schema, reference, context);
        }

        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            if (!StrictKeywords.Permitted.Contains(keyword.Name))
            {
                return NotPermitted(context, keyword.Name);
            }
        }

        return VisitType(schema, context, level) ?? VisitDefinitions(schema, context) ?? VisitBranches(schema, context, level);
    }

    private string? VisitReference(JsonElement schema, JsonElement reference, IReadOnlyList<string> context)
    {
        string[] others = [.. schema.EnumerateObject().Select(keyword => keyword.Name).Where(name => name != "$ref").Order(StringComparer.Ordinal)];
        if (others.Length > 0)
        {
            return $"context={Tuple(context)}, $ref cannot have keywords {{{string.Join(", ", others.Select(name => $"'{name}'"))}}}.";
        }

        return reference.ValueKind == JsonValueKind.String && JsonPointer.TryResolve(_root, reference.GetString()!, out _)
            ? null
            : $"{In(context)}, reference to component '{PythonText(reference)}' which was not found in the schema.";
    }

    private string? VisitType(JsonElement schema, IReadOnlyList<string> context, int level)
    {
        _texts.Add(schema);
        if (!schema.TryGetProperty("type", out JsonElement type))
        {
            return schema.TryGetProperty("anyOf", out _) ? null : $"{In(context)}, schema must have a 'type' key.";
        }

        JsonElement[] types = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray()] : [type];
        if (types.Length == 0 || Array.Exists(types, one => one.ValueKind != JsonValueKind.String || !StrictKeywords.Types.Contains(one.GetString()!)))
        {
            return $"{In(context)}, {PythonValue(type)} is not valid under any of the given schemas.";
        }

        if (schema.TryGetProperty("format", out JsonElement format) && !StrictKeywords.Formats.Contains(PythonText(format)))
        {
            return $"{In(context)}, '{PythonText(format)}' is not a valid format.";
        }

        return (Array.Exists(types, one => one.ValueEquals("object")) ? VisitObject(schema, context, level + 1) : null)
            ?? (Array.Exists(types, one => one.ValueEquals("array")) ? VisitArray(schema, context, level + 1) : null);
    }

    private string? VisitObject(JsonElement schema, IReadOnlyList<string> context, int level)
    {
        _levels = Math.Max(_levels, level);
        if (!schema.TryGetProperty("additionalProperties", out JsonElement additional) || additional.ValueKind != JsonValueKind.False)
        {
            return OpenObject(context);
        }

        if (!schema.TryGetProperty("properties", out JsonElement properties) || properties.ValueKind != JsonValueKind.Object)
        {
            return $"{In(context)}, object schema missing properties.";
        }

        string[] names = [.. properties.EnumerateObject().Select(property => property.Name)];
        string[] required = schema.TryGetProperty("required", out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(PythonText)]
            : [];
        string? wrong = names.Except(required).FirstOrDefault() is { } missing ? $"Missing '{missing}'."
            : required.Except(names).FirstOrDefault() is { } extra ? $"Extra required key '{extra}' supplied."
            : null;
        if (wrong is not null)
        {
            return $"{In(context)}, 'required' is required to be supplied and to be an array including every key in properties. {wrong}";
        }

        _properties += names.Length;
        return properties.EnumerateObject().Select(property => Visit(property.Value, [.. context, "properties", property.Name], level)).FirstOrDefault(fault => fault is not null);
    }

    private string? VisitArray(JsonElement schema, IReadOnlyList<string> context, int level)
    {
        _levels = Math.Max(_levels, level);
        return schema.TryGetProperty("items", out JsonElement items)
            ? Visit(items, [.. context, "items"], level)
            : $"{In(context)}, array schema missing items.";
    }

    private string? VisitDefinitions(JsonElement schema, IReadOnlyList<string> context)
    {
        foreach (string keyword in StrictKeywords.Definitions)
        {
            if (schema.TryGetProperty(keyword, out JsonElement definitions) && definitions.ValueKind == JsonValueKind.Object
                && definitions.EnumerateObject().Select(one => Visit(one.Value, [.. context, keyword, one.Name], 0)).FirstOrDefault(fault => fault is not null) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private string? VisitBranches(JsonElement schema, IReadOnlyList<string> context, int level)
    {
        if (!schema.TryGetProperty("anyOf", out JsonElement branches))
        {
            return null;
        }

        return branches.ValueKind != JsonValueKind.Array
            ? $"{In([.. context, "anyOf"])}, {branches.GetRawText()} is not of type 'array'."
            : branches.EnumerateArray()
                .Select((branch, index) => Visit(branch, [.. context, "anyOf", index.ToString(CultureInfo.InvariantCulture)], level))
                .FirstOrDefault(fault => fault is not null);
    }

    private static string NotPermitted(IReadOnlyList<string> context, string keyword) => $"{In(context)}, '{keyword}' is not permitted.";

    private static string In(IReadOnlyList<string> context) => $"In context={Tuple(context)}";

    // OpenAI prints a Python tuple: (), ('a',), ('a', 'b').
    private static string Tuple(IReadOnlyList<string> context) =>
        context.Count == 1 ? $"('{context[0]}',)" : $"({string.Join(", ", context.Select(part => $"'{part}'"))})";

    private static string PythonText(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static string PythonValue(JsonElement value) => value.ValueKind == JsonValueKind.String ? $"'{value.GetString()}'" : value.GetRawText();
}
