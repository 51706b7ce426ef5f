using System.Globalization;
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
        RequireWhatMayNotBeNull(context.TypeInfo, schema);
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
            if (IsComputed(property, typeInfo))
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
        if (typeInfo is not { Kind: JsonTypeInfoKind.Object, PolymorphismOptions: null } || schema.ContainsKey("$ref"))
        {
            return;
        }

        bool built = typeInfo.CreateObject is not null || typeInfo.Properties.Any(property => property.AssociatedParameter is not null);

        // A colour whose channels are all computed, say: whatever the model answers, the value would be the default.
        bool onlyComputed = typeInfo.Properties.Count > 0 && typeInfo.Properties.All(property => IsComputed(property, typeInfo));
        if (!built || onlyComputed)
        {
            schema[SchemaReader.UnreadableMarker] = true;
        }
    }

    private static bool IsComputed(JsonPropertyInfo property, JsonTypeInfo typeInfo) =>
        property is { Set: null, AssociatedParameter: null }
        && (property.ObjectCreationHandling ?? typeInfo.PreferredPropertyObjectCreationHandling
            ?? typeInfo.Options.PreferredObjectCreationHandling) != JsonObjectCreationHandling.Populate;

    /// <summary>
    /// A member that may not be null has to be answered: left out, it would be a null or a zero that nobody gave. Optional are nullable members, members
    /// with a value of their own (an initializer) and parameters with a default value.
    /// </summary>
    private static void RequireWhatMayNotBeNull(JsonTypeInfo typeInfo, JsonObject schema)
    {
        if (schema["properties"] is not JsonObject properties)
        {
            return;
        }

        JsonArray required = schema["required"] as JsonArray ?? [];
        object? fresh = required.Count < properties.Count ? typeInfo.CreateObject?.Invoke() : null;
        HashSet<string> named = [.. required.Select(name => name!.GetValue<string>())];
        foreach (JsonPropertyInfo property in typeInfo.Properties)
        {
            if (properties[property.Name] is JsonObject member && !IsComputed(property, typeInfo) && property.AssociatedParameter is not { HasDefaultValue: true }
                && !AdmitsNull(member) && !HasOwnValue(property, fresh) && named.Add(property.Name))
            {
                required.Add((JsonNode)property.Name);
            }
        }

        if (required.Count > 0)
        {
            schema["required"] = required;
        }
    }

    private static bool HasOwnValue(JsonPropertyInfo property, object? fresh) => (fresh is null ? null : property.Get?.Invoke(fresh)) switch
    {
        null => false,
        bool on => on,
        char letter => letter != '\0',
        Enum choice => Convert.ToInt64(choice, CultureInfo.InvariantCulture) != 0,
        sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal => !Equals(property.Get!(fresh!), Convert.ChangeType(0, property.PropertyType, CultureInfo.InvariantCulture)),
        ValueType => false,
        _ => true,
    };

    // A reference says nothing of null: it is left as it is.
    private static bool AdmitsNull(JsonObject member) => member.ContainsKey("$ref")
        || !(member.ContainsKey("type") || member.ContainsKey("enum") || member.ContainsKey("anyOf"))
        || (member["type"] is JsonArray types && types.Any(type => type?.GetValue<string>() == "null"))
        || (member["enum"] is JsonArray values && values.Any(value => value is null))
        || (member["anyOf"] is JsonArray branches && branches.OfType<JsonObject>().Any(AdmitsNull));

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
