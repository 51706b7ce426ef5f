using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DiscordIntel.Results;
using DiscordIntel.Structured.Schemas;

namespace DiscordIntel.Structured;

/// <summary>A schema ready for use, or what is wrong with it.</summary>
internal sealed class CompiledSchema
{
    private CompiledSchema(StructuredSchema? schema, IReadOnlyList<string> faults)
    {
        Schema = schema;
        Fault = schema is not null ? null : new StepError
        {
            Kind = StepErrorKind.InvalidRequest,
            Message = $"The schema cannot be used for structured outputs. {string.Join(". ", faults)}.",
        };
    }

    public StructuredSchema? Schema { get; }

    public StepError? Fault { get; }

    /// <summary>What tells this schema's answers from those that are read in another way: the type, or the schema as it was given.</summary>
    public string? Reader { get; private init; }

    public static CompiledSchema Of(JsonTypeInfo type)
    {
        StructuredSchema.TryCompile(type, out StructuredSchema? schema, out IReadOnlyList<string> faults);
        return new(schema, faults) { Reader = type.Type.AssemblyQualifiedName };
    }

    /// <summary>A type that the serializer itself does not take: two members of one name, say.</summary>
    public static CompiledSchema Unusable(Type type, string reason)
    {
        var faults = new SchemaFaults();
        faults.Add("#", $"the type {type.Name} cannot be described: {reason.TrimEnd('.')}", "change the type so that the serializer can read it");
        return new(null, faults.Texts);
    }

    public static CompiledSchema Of(JsonElement given)
    {
        StructuredSchema.TryCompile(given, out StructuredSchema? schema, out IReadOnlyList<string> faults);
        return new(schema, faults) { Reader = given.ValueKind is JsonValueKind.Undefined ? null : given.GetRawText() };
    }
}
