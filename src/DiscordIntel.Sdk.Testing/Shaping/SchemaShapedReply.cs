using System.Globalization;
using System.Text.Json;
using DiscordIntel.Testing.Checks;
using DiscordIntel.Testing.Content;

namespace DiscordIntel.Testing.Shaping;

/// <summary>
/// Writes a value that fits a schema: texts are sentences of the content in order, numbers and choices follow from a hash of their path and
/// the content. It covers the keywords of strict schemas; of others it knows <c>oneOf</c>, <c>minLength</c> and <c>maxLength</c>.
/// </summary>
internal sealed class SchemaShapedReply(Utf8JsonWriter json, JsonElement root, SentenceWalk walk, IReadOnlyList<string> speakers, string content)
{
    private const int DefaultItems = 2;
    private const int ItemSpread = 3;

    // A strict schema ends by itself; a faulty one without a way out of its recursion must not take the test's process with it.
    private const int DeepestValue = 64;

    private readonly string _contentKey = StableHash.Of(content).ToString("x8", CultureInfo.InvariantCulture);
    private readonly SchemaHeight _height = new(root);
    private readonly StringShape _strings = new(walk, speakers);
    private readonly Stack<string> _references = new(["#"]);

    // The last text written in the object at hand, which a quote beside it repeats.
    private string? _neighbour;

    public void Write() => Write(root, Place.Root, shallow: false);

    /// <param name="schema">The schema of the value.</param>
    /// <param name="place">Where the value stands.</param>
    /// <param name="shallow">Inside a recursion: take the shortest way out.</param>
    private void Write(JsonElement schema, Place place, bool shallow)
    {
        if (json.CurrentDepth >= DeepestValue)
        {
            json.WriteNullValue();
        }
        else if (schema.TextKeyword("$ref") is { } reference)
        {
            WriteReference(reference, place, shallow);
        }
        else if (schema.Keyword("const") is { } constant)
        {
            constant.WriteTo(json);
        }
        else if (schema.ArrayKeyword("enum").Where(value => schema.AllowsValue(value)).ToArray() is { Length: > 0 } values)
        {
            // Neighbours in an array get neighbouring values, which are different ones.
            values[(int)((Hash(place.ArrayPath) + (uint)place.Index) % (uint)values.Length)].WriteTo(json);
        }
        else if (schema.Branches() is { Length: > 0 } branches)
        {
            Write(Choose(branches, place, shallow), place, shallow);
        }
        else
        {
            WriteTyped(schema, ChooseType(schema, shallow), place, shallow);
        }
    }

    private void WriteReference(string reference, Place place, bool shallow)
    {
        if (!JsonPointer.TryResolve(root, reference, out JsonElement target))
        {
            json.WriteNullValue();
            return;
        }

        bool recursive = _references.Contains(reference);
        if (recursive && _references.Count > DeepestValue)
        {
            json.WriteNullValue();
            return;
        }

        _references.Push(reference);
        Write(target, place, shallow || recursive);
        _references.Pop();
    }

    private JsonElement Choose(JsonElement[] branches, Place place, bool shallow)
    {
        if (shallow)
        {
            return branches.MinBy(_height.Of);
        }

        JsonElement[] filled = [.. branches.Where(branch => branch.Types() is not ["null"])];
        return filled.Length == 0 ? branches[0] : filled[(int)(Hash(place.Path) % (uint)filled.Length)];
    }

    private string ChooseType(JsonElement schema, bool shallow)
    {
        IReadOnlyList<string> types = schema.Types();
        return types.Count == 0 ? "string"
            : shallow ? types.MinBy(type => _height.Of(schema, type))!
            : types.FirstOrDefault(type => type != "null") ?? "null";
    }

    private void WriteTyped(JsonElement schema, string type, Place place, bool shallow)
    {
        switch (type)
        {
            case "object":
                WriteObject(schema, place, shallow);
                break;
            case "array":
                WriteArray(schema, place, shallow);
                break;
            case "boolean":
                json.WriteBooleanValue(Hash(place.Path) % 2 == 0);
                break;
            case "integer" or "number":
                json.WriteNumberValue(NumberShape.Pick(schema, type == "integer", Hash(place.Path)));
                break;
            case "null":
                json.WriteNullValue();
                break;
            default:
                string text = _strings.Pick(schema, place, _neighbour, Hash(place.Path));
                _neighbour = schema.Keyword("format") is null && schema.Keyword("pattern") is null ? text : _neighbour;
                json.WriteStringValue(text);
                break;
        }
    }

    private void WriteObject(JsonElement schema, Place place, bool shallow)
    {
        string? outer = _neighbour;
        _neighbour = null;
        json.WriteStartObject();
        foreach (JsonProperty property in schema.Properties())
        {
            json.WritePropertyName(property.Name);
            Write(property.Value, place.Property(property.Name), shallow);
        }

        json.WriteEndObject();
        _neighbour = outer;
    }

    private void WriteArray(JsonElement schema, Place place, bool shallow)
    {
        int minimum = schema.CountKeyword("minItems") ?? 0;
        int wanted = shallow ? 0 : place.Name == "speakers" && speakers.Count > 0 ? speakers.Count : DefaultItems + (int)(Hash(place.Path) % ItemSpread);
        int count = Math.Max(minimum, Math.Min(wanted, schema.CountKeyword("maxItems") ?? int.MaxValue));
        JsonElement items = schema.Keyword("items") ?? default;
        json.WriteStartArray();
        for (int index = 0; index < count; index++)
        {
            Write(items, place.Item(index), shallow);
        }

        json.WriteEndArray();
    }

    private uint Hash(string path) => StableHash.Of(path, _contentKey);
}
