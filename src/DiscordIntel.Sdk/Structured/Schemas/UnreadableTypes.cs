using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace DiscordIntel.Structured.Schemas;

/// <summary>Types that an answer cannot be read into: it would be paid for and lost.</summary>
internal static class UnreadableTypes
{
    private const string Data = "use a class, record, list, enum, string, number or boolean";

    /// <summary>What is wrong with the type and a way out, or null when it can be read.</summary>
    public static string? FaultOf(JsonTypeInfo typeInfo, JsonObject schema)
    {
        string name = SchemaText.NameOf(typeInfo.Type);
        return typeInfo.Kind switch
        {
            JsonTypeInfoKind.Object when schema.ContainsKey("anyOf") => FaultOfCases(typeInfo, name),
            JsonTypeInfoKind.Object => FaultOfObject(typeInfo, schema, name),
            JsonTypeInfoKind.Dictionary => "an open dictionary cannot be sent to a strict model; use a list of objects with a key and a value",
            JsonTypeInfoKind.Enumerable => CanBeFilled(typeInfo) ? null : $"the serializer cannot fill the type {name}; use a list or an array",
            _ => FaultOfValue(typeInfo.Type, schema, name),
        };
    }

    public static bool IsComputed(JsonPropertyInfo property, JsonTypeInfo typeInfo) =>
        property is { Set: null, AssociatedParameter: null }
        && (property.ObjectCreationHandling ?? typeInfo.PreferredPropertyObjectCreationHandling
            ?? typeInfo.Options.PreferredObjectCreationHandling) != JsonObjectCreationHandling.Populate;

    /// <summary>What is wrong with the elements of a list, or null.</summary>
    public static string? FaultOfElements(JsonTypeInfo typeInfo, JsonObject schema) =>
        typeInfo.Kind == JsonTypeInfoKind.Enumerable && schema["items"] is null or JsonObject { Count: 0 }
            ? FaultOfAnything(SchemaText.NameOf(typeInfo.ElementType ?? typeof(object)))
            : null;

    private static string? FaultOfCases(JsonTypeInfo typeInfo, string name)
    {
        IEnumerable<JsonDerivedType> cases = typeInfo.PolymorphismOptions?.DerivedTypes ?? [];
        return cases.FirstOrDefault(derived => derived.TypeDiscriminator is null && derived.DerivedType != typeInfo.Type).DerivedType is { } silent
            ? $"an answer does not say that it is a {silent.Name}, so it would be read as {name}; name the case: [JsonDerivedType(typeof({silent.Name}), \"...\")]"
            : null;
    }

    private static string? FaultOfObject(JsonTypeInfo typeInfo, JsonObject schema, string name)
    {
        Type type = typeInfo.Type;
        if (type.IsInterface || type.IsAbstract)
        {
            return $"an answer does not say which {name} it is; use a concrete type, or name the cases with [JsonPolymorphic] and [JsonDerivedType]";
        }

        if (typeof(ITuple).IsAssignableFrom(type) && type.IsValueType && typeInfo.Properties.Count == 0)
        {
            return "the elements of a tuple have no names in JSON; use a record";
        }

        if (schema["properties"] is not JsonObject { Count: > 0 })
        {
            return $"the type {name} has no properties to read an answer into; give it some (fields count only with [JsonInclude] or IncludeFields)";
        }

        if (typeInfo.CreateObject is null && !typeInfo.Properties.Any(property => property.AssociatedParameter is not null))
        {
            return $"the serializer finds no constructor of {name} to read an answer with; give it one public constructor, or mark one with [JsonConstructor]";
        }

        // A colour whose channels are all computed, say: whatever the model answers, the value would be the default.
        return typeInfo.Properties.Count > 0 && typeInfo.Properties.All(property => IsComputed(property, typeInfo))
            ? $"all properties of {name} are computed, so an answer would be lost; give it properties with a setter, or a constructor that takes them"
            : null;
    }

    /// <summary>Only the serializer knows which collections it can build; an empty one costs nothing to try.</summary>
    private static bool CanBeFilled(JsonTypeInfo typeInfo)
    {
        try
        {
            JsonSerializer.Deserialize("[]"u8, typeInfo);
            return true;
        }
        catch (Exception fault) when (fault is NotSupportedException or InvalidOperationException or JsonException)
        {
            return false;
        }
    }

    private static string FaultOfAnything(string name) => $"nothing says what JSON the type {name} takes: it may be anything, or a converter of its own reads it; {Data}";

    private static string? FaultOfValue(Type type, JsonObject schema, string name)
    {
        if (schema["not"] is JsonValue)
        {
            return type.IsArray
                ? $"the serializer cannot read the type {name}; use a list of lists"
                : $"the serializer cannot read the type {name}; {Data}, or leave the member out with [JsonIgnore]";
        }

        bool described = schema.ContainsKey("type") || schema.ContainsKey("enum") || schema.ContainsKey("anyOf");
        JsonNode?[] kinds = schema["type"] switch { JsonArray several => [.. several], { } one => [one], null => [] };
        return described && !kinds.Any(kind => kind?.GetValue<string>() is "object" or "array") ? null : FaultOfAnything(name);
    }
}
