using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace DiscordIntel.Structured.Schemas;

/// <summary>
/// Reads a JSON schema of a closed set of keywords into nodes. A keyword outside the set is a fault, never ignored. What the strict form
/// demands beyond that is the business of <see cref="StrictRules"/>.
/// </summary>
internal sealed class SchemaReader
{
    /// <summary>Marks a property that is described only because others refer to it: it is no member of the answer.</summary>
    public const string ComputedMarker = "x-discordintel-computed";

    /// <summary>Marks a type that no answer can be read into; its value says why, and a way out.</summary>
    public const string UnreadableMarker = "x-discordintel-unreadable";

    /// <summary>Marks the schema of a .NET type that takes less than its keywords say; its value is a <see cref="ClrScalar"/>.</summary>
    public const string ScalarMarker = "x-discordintel-scalar";

    private const int DeepestSchema = 128;
    private const int MostSchemas = 50_000;

    private readonly JsonElement _document;
    private readonly SchemaFaults _faults;
    private readonly Dictionary<string, SchemaNode> _byPointer = [];
    private readonly List<SchemaNode> _nodes = [];
    private readonly Queue<(SchemaNode From, string Target)> _references = [];
    private readonly List<string> _nestedIds = [];

    private SchemaReader(JsonElement document, SchemaFaults faults)
    {
        _document = document;
        _faults = faults;
    }

    /// <summary>Null when the schema is not sound JSON. What was read is usable only when there are no faults.</summary>
    public static SchemaDocument? Read(JsonElement schema, SchemaFaults faults)
    {
        if (!TryDetach(schema, out JsonElement document, out string? fault))
        {
            faults.Add("#", $"the schema cannot be read: {fault}", $"give at most {DeepestSchema} levels");
            return null;
        }

        var reader = new SchemaReader(document, faults);
        SchemaNode root = reader.ReadSchema(document, "#");
        bool hasReferences = reader._references.Count > 0;
        reader.ResolveReferences();
        foreach (string id in hasReferences ? reader._nestedIds : [])
        {
            faults.Add(id, "an inner $id changes what a $ref means", "remove the $id");
        }

        DoubleMembers.Find(document, "#", faults);
        SchemaCycles.Find(reader._nodes, faults);
        return new SchemaDocument(root, document);
    }

    private static bool TryDetach(JsonElement schema, out JsonElement document, [NotNullWhen(false)] out string? fault)
    {
        document = default;
        if (schema.ValueKind == JsonValueKind.Undefined)
        {
            fault = "it is empty";
            return false;
        }

        var options = new JsonDocumentOptions { MaxDepth = DeepestSchema };
        if (!JsonText.TryParse(JsonMarshal.GetRawUtf8Value(schema).ToArray(), options, out JsonDocument? parsed, out fault))
        {
            return false;
        }

        using (parsed)
        {
            document = parsed.RootElement.Clone();
            return true;
        }
    }

    private SchemaNode ReadSchema(JsonElement schema, string pointer)
    {
        if (_byPointer.TryGetValue(pointer, out SchemaNode? known))
        {
            return known;
        }

        var node = new SchemaNode(pointer);
        _byPointer.Add(pointer, node);
        _nodes.Add(node);
        switch (schema.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                node.Boolean = schema.GetBoolean();
                break;
            case JsonValueKind.Object when _nodes.Count > MostSchemas:
                _faults.Add("#", $"more than {MostSchemas} schemas in one document", "split it into several calls");
                break;
            case JsonValueKind.Object:
                ReadKeywords(node, schema);
                break;
            default:
                _faults.Add(pointer, $"a schema cannot be {Excerpt.Of(schema)}", "write a JSON object such as {\"type\": \"string\"}");
                break;
        }

        return node;
    }

    private void ReadKeywords(SchemaNode node, JsonElement schema)
    {
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            if (!LimitReader.TryRead(node, keyword, _faults))
            {
                ReadKeyword(node, keyword.Name, keyword.Value);
            }
        }

        ReadMembers(node, schema);
    }

    private void ReadKeyword(SchemaNode node, string keyword, JsonElement value)
    {
        switch (keyword)
        {
            case "type":
                node.Kinds = ReadKinds(node, value);
                break;
            case "description" when value.ValueKind == JsonValueKind.String:
                node.Description = value.GetString();
                break;
            case UnreadableMarker when value.ValueKind == JsonValueKind.String:
                node.Unreadable = value.GetString();
                break;
            case ScalarMarker when value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int scalar):
                node.Scalar = (ClrScalar)scalar;
                break;
            case "properties" or "required":
                // Read together by ReadMembers.
                break;
            case "additionalProperties" when value.ValueKind != JsonValueKind.True:
                node.Additional = value.ValueKind == JsonValueKind.False
                    ? new SchemaNode(SchemaPointer.Append(node.Pointer, keyword)) { Boolean = false }
                    : ReadSchema(value, SchemaPointer.Append(node.Pointer, keyword));
                break;
            case "items":
                node.Items = ReadSchema(value, SchemaPointer.Append(node.Pointer, keyword));
                break;
            case "enum" when value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0:
                node.Enum = [.. value.EnumerateArray()];
                break;
            case "const":
                node.Const = value;
                break;
            case "anyOf" when node.AnyOf is null:
                node.AnyOf = ReadBranches(node, keyword, value);
                break;
            case "oneOf":
                node.OneOf = ReadBranches(node, keyword, value);
                break;
            // One part alone means the same under allOf and anyOf.
            case "allOf" when value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 1 && node.AnyOf is null:
                node.AnyOf = ReadBranches(node, keyword, value);
                break;
            case "$ref" when value.ValueKind == JsonValueKind.String:
                _references.Enqueue((node, value.GetString()!));
                break;
            case "$defs" or "definitions" when value.ValueKind == JsonValueKind.Object:
                ReadDefinitions(SchemaPointer.Append(node.Pointer, keyword), value);
                break;
            case "$id" when node.Pointer is not "#":
                _nestedIds.Add(node.Pointer);
                break;
            case "anyOf":
                // The one part of an allOf has taken its place.
                AddUnsupported(node, "allOf");
                break;
            case "description" or "enum" or "$ref" or "$defs" or "definitions":
                AddMalformed(node, keyword);
                break;
            default:
                if (!SchemaKeywords.IsAnnotation(keyword, value))
                {
                    AddUnsupported(node, keyword);
                }

                break;
        }
    }

    private void ReadMembers(SchemaNode node, JsonElement schema)
    {
        bool hasProperties = schema.TryGetProperty("properties", out JsonElement properties);
        bool hasRequired = schema.TryGetProperty("required", out JsonElement required);
        if (hasProperties && properties.ValueKind != JsonValueKind.Object)
        {
            AddMalformed(node, "properties");
            return;
        }

        if (hasRequired && (required.ValueKind != JsonValueKind.Array || required.EnumerateArray().Any(n => n.ValueKind != JsonValueKind.String)))
        {
            AddMalformed(node, "required");
            return;
        }

        if (!hasProperties && !hasRequired)
        {
            return;
        }

        HashSet<string> needed = hasRequired ? [.. required.EnumerateArray().Select(n => n.GetString()!)] : [];
        var members = new List<SchemaProperty>();
        string pointer = SchemaPointer.Append(node.Pointer, "properties");
        foreach (JsonProperty property in hasProperties ? properties.EnumerateObject() : default)
        {
            SchemaNode child = ReadSchema(property.Value, SchemaPointer.Append(pointer, property.Name));
            bool isNeeded = needed.Remove(property.Name);
            if (property.Value.ValueKind != JsonValueKind.Object || !property.Value.TryGetProperty(ComputedMarker, out _))
            {
                members.Add(new SchemaProperty(property.Name, child, isNeeded));
            }
        }

        members.AddRange(needed.Select(name => new SchemaProperty(name, schema: null, required: true)));
        node.Properties = [.. members];
    }

    private JsonKinds ReadKinds(SchemaNode node, JsonElement value)
    {
        JsonKinds kinds = JsonKinds.None;
        JsonElement[] names = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        foreach (JsonElement name in names)
        {
            if (name.ValueKind != JsonValueKind.String || !JsonKindsExtensions.TryParse(name.GetString(), out JsonKinds kind))
            {
                AddMalformed(node, "type");
                return JsonKinds.None;
            }

            kinds |= kind;
        }

        if (kinds == JsonKinds.None)
        {
            AddMalformed(node, "type");
        }

        return kinds;
    }

    private SchemaNode[]? ReadBranches(SchemaNode node, string keyword, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            AddMalformed(node, keyword);
            return null;
        }

        string pointer = SchemaPointer.Append(node.Pointer, keyword);
        return [.. value.EnumerateArray().Select((branch, i) => ReadSchema(branch, SchemaPointer.Append(pointer, $"{i}")))];
    }

    private void ReadDefinitions(string pointer, JsonElement definitions)
    {
        foreach (JsonProperty definition in definitions.EnumerateObject())
        {
            ReadSchema(definition.Value, SchemaPointer.Append(pointer, definition.Name));
        }
    }

    // A queue, not recursion: a chain of definitions may be as long as the document.
    private void ResolveReferences()
    {
        while (_references.TryDequeue(out (SchemaNode From, string Target) reference))
        {
            if (SchemaPointer.TryResolve(_document, reference.Target, out JsonElement target, out string pointer))
            {
                reference.From.Ref = ReadSchema(target, pointer);
            }
            else
            {
                string what = reference.Target.StartsWith('#') ? "leads nowhere" : "leads out of the document";
                _faults.Add(reference.From.Pointer, $"$ref '{Excerpt.Of(reference.Target)}' {what}", "use $ref to a definition, such as #/$defs/Part");
            }
        }
    }

    private void AddMalformed(SchemaNode node, string keyword) =>
        _faults.Add(node.Pointer, $"'{keyword}' is malformed", $"write {SchemaKeywords.FormOf(keyword)}");

    private void AddUnsupported(SchemaNode node, string keyword) =>
        _faults.Add(node.Pointer, $"'{Excerpt.Of(keyword)}' is not supported", SchemaKeywords.WayOutOf(keyword));
}
