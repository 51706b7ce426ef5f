using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Structured.Schemas;

/// <summary>
/// The schema of a C# type. <see cref="AIJsonUtilities"/> reads types, nullability, descriptions and the validation attributes; corrected
/// here is what it gets wrong for answers: they are read back into the type, not written from it.
/// </summary>
internal static class TypeSchemaSource
{
    private static readonly AIJsonSchemaCreateOptions Options = new() { TransformSchemaNode = Correct };

    /// <exception cref="NotSupportedException">The serializer has no description of a member's type.</exception>
    public static JsonElement Create(JsonTypeInfo typeInfo) =>
        AIJsonUtilities.CreateJsonSchema(typeInfo.Type, serializerOptions: typeInfo.Options, inferenceOptions: Options);

    private static JsonNode Correct(AIJsonSchemaCreateContext context, JsonNode node)
    {
        if (node is not JsonObject schema)
        {
            return node;
        }

        RemoveEmptyItems(schema);
        MarkComputedMembers(context.TypeInfo, schema);
        MarkUnreadable(context.TypeInfo, schema);
        NameNumbersOfEnum(context.TypeInfo.Type, schema);
        return MoveTypeIntoBranches(schema);
    }

    /// <summary>An empty <c>items</c> is added beside the <c>$ref</c> of a list that was described before.</summary>
    private static void RemoveEmptyItems(JsonObject schema)
    {
        if (schema.ContainsKey("$ref") && schema["items"] is JsonObject { Count: 0 })
        {
            schema.Remove("items");
        }
    }

    /// <summary>What is only computed cannot be read back, so the model need not spend tokens on it.</summary>
    private static void MarkComputedMembers(JsonTypeInfo typeInfo, JsonObject schema)
    {
        if (schema["properties"] is not JsonObject properties)
        {
            return;
        }

        foreach (JsonPropertyInfo property in typeInfo.Properties)
        {
            bool populated = (property.ObjectCreationHandling ?? typeInfo.PreferredPropertyObjectCreationHandling
                ?? typeInfo.Options.PreferredObjectCreationHandling) == JsonObjectCreationHandling.Populate;
            if (property is { Set: null, AssociatedParameter: null } && !populated)
            {
                JsonObject member = properties[property.Name] as JsonObject ?? [];
                member[SchemaReader.ComputedMarker] = true;
                properties[property.Name] = member;
            }
        }
    }

    /// <summary>An interface, an abstract class, one with private constructors alone: an answer would be paid for and could not be read.</summary>
    private static void MarkUnreadable(JsonTypeInfo typeInfo, JsonObject schema)
    {
        if (typeInfo is { Kind: JsonTypeInfoKind.Object, CreateObject: null, PolymorphismOptions: null }
            && !schema.ContainsKey("$ref")
            && !typeInfo.Properties.Any(property => property.AssociatedParameter is not null))
        {
            schema[SchemaReader.UnreadableMarker] = true;
        }
    }

    /// <summary>An enum that is serialized as a number says nothing of its values: a model would guess.</summary>
    private static void NameNumbersOfEnum(Type type, JsonObject schema)
    {
        Type enumType = Nullable.GetUnderlyingType(type) ?? type;
        if (!enumType.IsEnum || enumType.IsDefined(typeof(FlagsAttribute), inherit: false) || schema.ContainsKey("enum") || schema.ContainsKey("$ref"))
        {
            return;
        }

        bool nullable = schema["type"] is JsonArray;
        if (!nullable && schema["type"]?.GetValue<string>() is not "integer")
        {
            return;
        }

        string[] names = Enum.GetNames(enumType);
        string[] numbers = [.. Enum.GetValuesAsUnderlyingType(enumType).Cast<IFormattable>().Select(n => n.ToString("D", null))];
        string meaning = string.Join(", ", names.Zip(numbers, (name, number) => $"{number} = {name}"));
        schema["description"] = schema["description"]?.GetValue<string>() is { Length: > 0 } description ? $"{description} ({meaning})" : meaning;
        schema["enum"] = new JsonArray([.. numbers.Distinct().Select(number => JsonNode.Parse(number)), .. nullable ? new JsonNode?[] { null } : []]);
    }

    /// <summary>
    /// A polymorphic type comes as an object type and a required discriminator beside <c>anyOf</c>; strict mode wants <c>anyOf</c> alone.
    /// </summary>
    private static JsonObject MoveTypeIntoBranches(JsonObject schema)
    {
        if (schema["anyOf"] is not JsonArray branches || !schema.ContainsKey("type") || branches.Any(branch => branch is not JsonObject))
        {
            return schema;
        }

        bool nullable = schema["type"] is JsonArray;
        JsonArray required = schema["required"] as JsonArray ?? [];
        foreach (JsonObject branch in branches.OfType<JsonObject>())
        {
            branch["type"] = "object";
            JsonArray own = branch["required"] as JsonArray ?? [];
            branch["required"] = new JsonArray([.. required.Concat(own).Select(name => name!.DeepClone())]);
        }

        if (nullable)
        {
            JsonNode nothing = new JsonObject { ["type"] = "null" };
            branches.Add(nothing);
        }

        schema.Remove("type");
        schema.Remove("required");
        return schema;
    }
}
