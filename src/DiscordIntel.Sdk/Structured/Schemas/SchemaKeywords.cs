using System.Text.Json;

namespace DiscordIntel.Structured.Schemas;

/// <summary>What is known of keywords by their name.</summary>
internal static class SchemaKeywords
{
    /// <summary>What to write instead of a keyword that strict structured outputs refuse.</summary>
    public static string WayOutOf(string keyword) => keyword switch
    {
        "allOf" => "merge its parts into one schema",
        "not" => "say what is allowed, or check it in code after the call",
        "if" or "then" or "else" or "dependentSchemas" => "use anyOf with one object for each case",
        "dependentRequired" or "dependencies" => "use anyOf with one object for each combination of members",
        "patternProperties" or "propertyNames" => "use a list of objects with a key and a value",
        "minProperties" or "maxProperties" => "list the members in 'properties' and name the needed ones in 'required'",
        "prefixItems" or "additionalItems" => "use an object with one property for each position",
        "contains" or "minContains" or "maxContains" => "check it in code after the call",
        "unevaluatedProperties" or "unevaluatedItems" => "use additionalProperties: false",
        "$anchor" or "$dynamicRef" or "$dynamicAnchor" or "$recursiveRef" or "$recursiveAnchor" => "use $ref to a definition, such as #/$defs/Part",
        "nullable" => "write \"type\": [\"string\", \"null\"]",
        "schema" or "strict" => "give the schema itself, without the name and settings around it",
        _ => "remove it, or start its name with x- to have it dropped",
    };

    /// <summary>How the value of a known keyword has to look.</summary>
    public static string FormOf(string keyword) => keyword switch
    {
        "type" => "one of string, number, integer, boolean, object, array, null, or a list of these",
        "properties" or "$defs" or "definitions" => "an object of schemas",
        "required" => "a list of property names",
        "enum" => "a list of at least one value",
        "anyOf" or "oneOf" or "allOf" => "a list of at least one schema",
        _ => "a string",
    };

    /// <summary>Words that do not restrict a value. A <c>name</c> string beside the keywords is a common slip: it belongs beside the schema.</summary>
    public static bool IsAnnotation(string keyword, JsonElement value) => keyword switch
    {
        "title" or "$schema" or "$id" or "$comment" or "default" or "examples" or "deprecated" or "readOnly" or "writeOnly"
            or "contentEncoding" or "contentMediaType" => true,
        "additionalProperties" => value.ValueKind == JsonValueKind.True,
        "name" => value.ValueKind == JsonValueKind.String,
        _ => keyword.StartsWith("x-", StringComparison.Ordinal),
    };
}
