using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
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

    private static JsonObject Correct(AIJsonSchemaCreateContext context, JsonNode node)
    {
        // true stands for a type of which nothing is known.
        JsonObject schema = node as JsonObject ?? [];
        Type? inner = Nullable.GetUnderlyingType(context.TypeInfo.Type);
        JsonTypeInfo typeInfo = inner is null ? context.TypeInfo : context.TypeInfo.Options.GetTypeInfo(inner);
        RemoveEmptyItems(schema);
        if (schema.ContainsKey("$ref"))
        {
            return schema;
        }

        MarkComputedMembers(typeInfo, schema);
        RequireWhatMayNotBeNull(typeInfo, schema);
        if (UnreadableTypes.FaultOf(typeInfo, schema) is { } fault)
        {
            schema.Remove("not");
            schema[SchemaReader.UnreadableMarker] = fault;
            return schema;
        }

        if (UnreadableTypes.FaultOfElements(typeInfo, schema) is { } inside)
        {
            schema["items"] = new JsonObject { [SchemaReader.UnreadableMarker] = inside };
        }

        if (RangeSchemas.Correct(schema, typeInfo.Type) is { } unkept)
        {
            return new JsonObject { [SchemaReader.UnreadableMarker] = unkept };
        }

        ScalarSchemas.Correct(schema, typeInfo.Type, nullable: inner is not null);
        if (typeInfo.Type.IsEnum && EnumSchemas.Correct(schema, typeInfo, nullable: inner is not null) is { } unnamed)
        {
            schema.Remove("enum");
            schema[SchemaReader.UnreadableMarker] = unnamed;
        }

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
            if (UnreadableTypes.IsComputed(property, typeInfo))
            {
                JsonObject member = properties[property.Name] as JsonObject ?? [];
                member[SchemaReader.ComputedMarker] = true;
                properties[property.Name] = member;
            }
        }
    }

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
            if (properties[property.Name] is JsonObject member && !UnreadableTypes.IsComputed(property, typeInfo) && property.AssociatedParameter is not { HasDefaultValue: true }
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
