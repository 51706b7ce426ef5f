using System.Text.Json;

namespace DiscordIntel.Structured.Schemas;

/// <summary>One schema of the document, read. Filled by the reader and the strict rules, then only read.</summary>
internal sealed class SchemaNode(string pointer)
{
    private Dictionary<string, int>? _indexes;

    /// <summary>The JSON pointer in the document, with its leading <c>#</c>.</summary>
    public string Pointer { get; } = pointer;

    /// <summary>The value of a schema that is <c>true</c> or <c>false</c>, else null.</summary>
    public bool? Boolean { get; set; }

    /// <summary>Why no answer can be read into the type it describes, and a way out; null when one can.</summary>
    public string? Unreadable { get; set; }

    /// <summary>The .NET type of the value, where it takes less than the keywords say.</summary>
    public ClrScalar Scalar { get; set; }

    public string? Description { get; set; }

    /// <summary>The types allowed; <see cref="JsonKinds.None"/> means that the schema does not say.</summary>
    public JsonKinds Kinds { get; set; }

    public SchemaNode? Ref { get; set; }

    public JsonElement[]? Enum { get; set; }

    public JsonElement? Const { get; set; }

    public SchemaNode[]? AnyOf { get; set; }

    public SchemaNode[]? OneOf { get; set; }

    /// <summary>Null when the schema has neither <c>properties</c> nor <c>required</c>.</summary>
    public SchemaProperty[]? Properties { get; set; }

    /// <summary>Null: other members are free. A <c>false</c> schema: the object is closed.</summary>
    public SchemaNode? Additional { get; set; }

    public SchemaNode? Items { get; set; }

    public SchemaLimits? Limits { get; set; }

    public bool IsClosed => Additional is { Boolean: false };

    /// <summary>The schemas that apply to the same value as this one.</summary>
    public IEnumerable<SchemaNode> InPlace => [.. Ref is null ? [] : new[] { Ref }, .. AnyOf ?? [], .. OneOf ?? []];

    /// <summary>This schema and all that it leads to, each once.</summary>
    public IReadOnlyList<SchemaNode> Reachable()
    {
        var found = new List<SchemaNode> { this };
        var known = new HashSet<SchemaNode> { this };
        for (int i = 0; i < found.Count; i++)
        {
            found.AddRange(found[i].Next().Where(known.Add));
        }

        return found;
    }

    public int IndexOf(string name)
    {
        // Built late: it serves answers whose members stand in another order. Two threads may both build it; either is right.
        Dictionary<string, int> indexes = _indexes ??= Properties!.Select((p, i) => (p.Name, i)).ToDictionary(p => p.Name, p => p.i);
        return indexes.GetValueOrDefault(name, -1);
    }

    public bool AdmitsNull() =>
        Ref?.AdmitsNull()
        ?? AnyOf?.Any(branch => branch.AdmitsNull())
        ?? OneOf?.Any(branch => branch.AdmitsNull())
        ?? (Kinds.Has(JsonKinds.Null)
            && (Enum?.Any(value => value.ValueKind == JsonValueKind.Null) ?? true)
            && Const is null or { ValueKind: JsonValueKind.Null });

    private IEnumerable<SchemaNode> Next()
    {
        // What is inside a type that cannot be used is of no use to anybody.
        IEnumerable<SchemaNode?> parts = Unreadable is not null ? [] : [.. InPlace, .. (Properties ?? []).Select(property => property.Schema), Items, IsClosed ? null : Additional];
        return parts.OfType<SchemaNode>();
    }
}
