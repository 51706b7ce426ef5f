using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DiscordIntel.Structured.Schemas;

/// <summary>
/// Writes the strict form. References lead only to <c>#</c> and <c>#/$defs/...</c>: a pointer into the middle of the original could mean
/// something else once optional properties are widened with null.
/// </summary>
internal sealed class StrictWriter : IDisposable
{
    private readonly SchemaNode _root;
    private readonly HashSet<SchemaNode> _shared;
    private readonly Dictionary<SchemaNode, string> _names = [];
    private readonly Queue<SchemaNode> _definitions = [];
    private readonly Utf8JsonWriter _writer;

    private StrictWriter(SchemaNode root, IBufferWriter<byte> output)
    {
        _root = root;
        _shared = [.. root.Reachable().Select(node => node.Ref).OfType<SchemaNode>().Select(Target)];
        _writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    public static JsonElement Write(SchemaNode root)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new StrictWriter(root, output))
        {
            writer.WriteDocument();
        }

        return JsonElement.Parse(output.WrittenSpan, new JsonDocumentOptions { MaxDepth = 1000 });
    }

    public void Dispose() => _writer.Dispose();

    private void WriteDocument()
    {
        _writer.WriteStartObject();
        WriteTyped(_root, orNull: false);
        if (_definitions.Count > 0)
        {
            _writer.WriteStartObject("$defs");
            while (_definitions.TryDequeue(out SchemaNode? definition))
            {
                _writer.WriteStartObject(_names[definition]);
                WriteBody(definition, orNull: false);
                _writer.WriteEndObject();
            }

            _writer.WriteEndObject();
        }

        _writer.WriteEndObject();
    }

    private void WriteSchema(SchemaNode node, bool orNull)
    {
        _writer.WriteStartObject();
        if (_shared.Contains(node))
        {
            WriteReference(node, description: null, orNull);
        }
        else
        {
            WriteBody(node, orNull);
        }

        _writer.WriteEndObject();
    }

    private void WriteBody(SchemaNode node, bool orNull)
    {
        if (node.Ref is { } reference)
        {
            SchemaNode target = Target(reference);
            string? description = SchemaSentences.Describe(node);
            WriteReference(target, description == target.Description ? null : description, orNull);
        }
        else if ((node.AnyOf ?? node.OneOf) is { } branches)
        {
            WriteUnion(SchemaSentences.Describe(node), () => Array.ForEach(branches, branch => WriteSchema(branch, orNull: false)), orNull);
        }
        else if (node.Const is not null && orNull)
        {
            WriteUnion(description: null, () => WriteWrapped(() => WriteTyped(node, orNull: false)), orNull);
        }
        else
        {
            WriteTyped(node, orNull);
        }
    }

    /// <summary>The API refuses <c>$ref</c> beside other keywords, so what must stand beside it wraps it.</summary>
    private void WriteReference(SchemaNode target, string? description, bool orNull)
    {
        string reference = target == _root ? "#" : $"#/$defs/{NameOf(target)}";
        if (description is null && !orNull)
        {
            _writer.WriteString("$ref", reference);
            return;
        }

        WriteUnion(description, () => WriteWrapped(() => _writer.WriteString("$ref", reference)), orNull);
    }

    private void WriteUnion(string? description, Action writeBranches, bool orNull)
    {
        WriteDescription(description);
        _writer.WriteStartArray("anyOf");
        writeBranches();
        if (orNull)
        {
            WriteWrapped(() => _writer.WriteString("type", "null"));
        }

        _writer.WriteEndArray();
    }

    private void WriteTyped(SchemaNode node, bool orNull)
    {
        WriteDescription(SchemaSentences.Describe(node));
        JsonKinds kinds = orNull ? node.Kinds | JsonKinds.Null : node.Kinds;
        if (kinds.IsSingle)
        {
            _writer.WriteString("type", kinds.ToNames().Single());
        }
        else
        {
            WriteArray("type", kinds.ToNames(), _writer.WriteStringValue);
        }

        if (node.Enum is { } values)
        {
            IEnumerable<string> texts = values.Select(value => value.GetRawText());
            WriteArray("enum", (orNull ? texts.Append("null") : texts).Distinct(), text => _writer.WriteRawValue(text));
        }

        if (node.Const is { } constant)
        {
            _writer.WritePropertyName("const");
            constant.WriteTo(_writer);
        }

        WriteMembers(node, kinds);
        LimitWriter.Write(_writer, node.Limits, kinds);
    }

    private void WriteMembers(SchemaNode node, JsonKinds kinds)
    {
        if (kinds.Has(JsonKinds.Object))
        {
            _writer.WriteStartObject("properties");
            foreach (SchemaProperty property in node.Properties!)
            {
                _writer.WritePropertyName(property.Name);
                WriteSchema(property.Schema!, property.NullMeansAbsent);
            }

            _writer.WriteEndObject();
            WriteArray("required", node.Properties!.Select(property => property.Name), _writer.WriteStringValue);
            _writer.WriteBoolean("additionalProperties", false);
        }

        if (kinds.Has(JsonKinds.Array))
        {
            _writer.WritePropertyName("items");
            WriteSchema(node.Items!, orNull: false);
        }
    }

    private void WriteDescription(string? description)
    {
        if (description is not null)
        {
            _writer.WriteString("description", description);
        }
    }

    private void WriteWrapped(Action write)
    {
        _writer.WriteStartObject();
        write();
        _writer.WriteEndObject();
    }

    private void WriteArray(string name, IEnumerable<string> values, Action<string> write)
    {
        _writer.WriteStartArray(name);
        foreach (string value in values)
        {
            write(value);
        }

        _writer.WriteEndArray();
    }

    private string NameOf(SchemaNode definition)
    {
        if (!_names.TryGetValue(definition, out string? name))
        {
            string wanted = SchemaNames.Lawful(SchemaPointer.LastToken(definition.Pointer)) ?? "part";
            name = wanted;
            for (int i = 2; _names.ContainsValue(name); i++)
            {
                name = $"{wanted}_{i}";
            }

            _names.Add(definition, name);
            _definitions.Enqueue(definition);
        }

        return name;
    }

    /// <summary>Skips references that add nothing.</summary>
    private static SchemaNode Target(SchemaNode node)
    {
        while (node.Ref is { } next && SchemaSentences.Describe(node) is null)
        {
            node = next;
        }

        return node;
    }
}
