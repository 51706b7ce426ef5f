using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DiscordIntel.Structured.Schemas;

/// <summary>
/// A schema in two forms: the strict one that goes on the wire, and the original limits that an answer is checked against.
/// Immutable, safe for concurrent use.
/// </summary>
internal sealed class StructuredSchema
{
    private readonly SchemaValidator _validator;

    private StructuredSchema(string? name, JsonElement original, JsonElement strict, SchemaValidator validator)
    {
        Original = original;
        Name = name;
        Strict = strict;
        _validator = validator;
    }

    /// <summary>A lawful name found in the schema, or that of the type; null when there is none.</summary>
    public string? Name { get; }

    /// <summary>The schema as it was given or made from the type, detached.</summary>
    public JsonElement Original { get; }

    /// <summary>The form that OpenAI strict structured outputs accept, detached from the given schema.</summary>
    public JsonElement Strict { get; }

    /// <summary>Compiles a given schema. What is wrong with it comes back in <paramref name="faults"/>, at most 20 sentences.</summary>
    public static bool TryCompile(JsonElement schema, [NotNullWhen(true)] out StructuredSchema? compiled, out IReadOnlyList<string> faults)
    {
        var found = new SchemaFaults();
        compiled = Compile(schema, name: null, found);
        faults = found.Texts;
        return compiled is not null;
    }

    /// <summary>Compiles the schema of a C# type. What is wrong with it comes back in <paramref name="faults"/>, at most 20 sentences.</summary>
    public static bool TryCompile(JsonTypeInfo typeInfo, [NotNullWhen(true)] out StructuredSchema? compiled, out IReadOnlyList<string> faults)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        var found = new SchemaFaults();
        compiled = null;
        try
        {
            compiled = Compile(TypeSchemaSource.Create(typeInfo), SchemaNames.Of(typeInfo.Type), found);
        }
        catch (NotSupportedException e)
        {
            // The serializer's sentence names the member's type.
            found.Add("#", $"the type {typeInfo.Type.Name} cannot be described: {e.Message.TrimEnd('.')}", "add the missing type to the JsonSerializerContext");
        }
        catch (InvalidOperationException e)
        {
            found.Add("#", $"the type {typeInfo.Type.Name} cannot be described: {e.Message.TrimEnd('.')}", "change the type so that the serializer can read it");
        }

        faults = found.Texts;
        return compiled is not null;
    }

    /// <summary>Checks an answer.</summary>
    public SchemaVerdict Validate(ReadOnlyMemory<byte> utf8Json) => _validator.Validate(utf8Json);

    /// <summary>Checks an answer.</summary>
    public SchemaVerdict Validate(string json) => _validator.Validate(json);

    private static StructuredSchema? Compile(JsonElement given, string? name, SchemaFaults faults)
    {
        if (SchemaReader.Read(given, faults) is not { } document)
        {
            return null;
        }

        SchemaNode root = document.Root;
        // A $ref that leads back to itself is a fault already.
        while (!faults.Any && root.Ref is { } target)
        {
            root = target;
        }

        StrictRules.Apply(root, faults);
        if (faults.Any)
        {
            return null;
        }

        JsonElement strict = StrictWriter.Write(root);
        StrictLimits.Check(strict, faults);
        return faults.Any ? null : new StructuredSchema(name ?? SchemaNames.Find(document.Json), document.Json, strict, new SchemaValidator(root));
    }
}
