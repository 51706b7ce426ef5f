namespace DiscordIntel.Testing.Checks;

/// <summary>The vocabulary of a strict schema. What is not in it is refused, as <c>minLength</c>, <c>default</c> and <c>allOf</c> are.</summary>
internal static class StrictKeywords
{
    public static readonly HashSet<string> Permitted =
    [
        "$schema", "$defs", "definitions", "$ref", "title", "description", "type", "enum", "const", "anyOf",
        "properties", "required", "additionalProperties", "items", "minItems", "maxItems",
        "pattern", "format", "multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
    ];

    public static readonly HashSet<string> Types = ["string", "number", "integer", "boolean", "object", "array", "null"];

    public static readonly HashSet<string> Formats = ["date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"];

    public static readonly string[] Definitions = ["$defs", "definitions"];
}
