using System.Text.Json;

namespace DiscordIntel.Testing.Checks;

/// <summary>Checks <c>response_format</c>, and the schema when it is strict.</summary>
internal static class ResponseFormatCheck
{
    private const string Path = "response_format";
    private const string SchemaPath = "response_format.json_schema";

    private static readonly MemberRule Type = new(JsonKinds.Text) { Required = true, Values = ["json_object", "json_schema", "text"] };
    private static readonly ObjectRule Simple = new(new() { ["type"] = Type });
    private static readonly ObjectRule WithSchema = new(new() { ["type"] = Type, ["json_schema"] = new(JsonKinds.Object) { Required = true } });

    private static readonly ObjectRule JsonSchema = new(new()
    {
        ["name"] = new(JsonKinds.Text) { Required = true, MaxLength = 64 },
        ["description"] = new(JsonKinds.Text),
        ["schema"] = new(JsonKinds.Object),
        ["strict"] = new(JsonKinds.Boolean | JsonKinds.Null),
    });

    // Responses has the members of the schema beside the type.
    private static readonly ObjectRule Flat = new(new()
    {
        ["type"] = Type,
        ["name"] = new(JsonKinds.Text) { Required = true, MaxLength = 64 },
        ["description"] = new(JsonKinds.Text),
        ["schema"] = new(JsonKinds.Object) { Required = true },
        ["strict"] = new(JsonKinds.Boolean | JsonKinds.Null),
    });

    /// <summary>The same for a request to Responses: <c>text.format</c>.</summary>
    public static ApiError? FindInResponses(JsonElement body)
    {
        if (!body.TryGetProperty("text", out JsonElement text))
        {
            return null;
        }

        if (ResponsesMembers.TextOptions.Find(text, "text") is { } fault)
        {
            return fault;
        }

        if (!text.TryGetProperty("format", out JsonElement format))
        {
            return null;
        }

        bool hasSchema = IsSchema(format, out JsonElement type);
        return (hasSchema ? Flat : Simple).Find(format, "text.format")
            ?? (hasSchema ? FindInSchema(format, "text.format", "text.format.schema")
                : type.ValueEquals("json_object") && !MentionsJson(body.GetProperty("input")) ? ApiError.Invalid(
                    "Response input messages must contain the word 'json' in some form to use 'text.format' of type 'json_object'.", "input")
                : null);
    }

    public static ApiError? Find(JsonElement body)
    {
        if (!body.TryGetProperty(Path, out JsonElement format))
        {
            return null;
        }

        bool hasSchema = IsSchema(format, out JsonElement type);
        if ((hasSchema ? WithSchema : Simple).Find(format, Path) is { } error)
        {
            return error;
        }

        return hasSchema ? JsonSchema.Find(format.GetProperty("json_schema"), SchemaPath) ?? FindInSchema(format.GetProperty("json_schema"), SchemaPath, Path)
            : type.ValueEquals("json_object") && !MentionsJson(body.GetProperty("messages")) ? ApiError.Invalid(
                "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.", "messages")
            : null;
    }

    private static bool IsSchema(JsonElement format, out JsonElement type)
    {
        type = default;
        return format.ValueKind == JsonValueKind.Object && format.TryGetProperty("type", out type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("json_schema");
    }

    private static ApiError? FindInSchema(JsonElement given, string path, string param)
    {
        if (SchemaName.Find(given.GetProperty("name").GetString()!, $"{path}.name") is { } error)
        {
            return error;
        }

        if (!given.TryGetProperty("strict", out JsonElement strict) || strict.ValueKind != JsonValueKind.True)
        {
            return null;
        }

        if (!given.TryGetProperty("schema", out JsonElement schema))
        {
            return ApiError.Missing($"{path}.schema");
        }

        return StrictSchemaCheck.Find(schema) is { } fault
            ? ApiError.Invalid($"Invalid schema for response_format '{given.GetProperty("name").GetString()}': {fault}", param, "invalid_json_schema")
            : null;
    }

    private static bool MentionsJson(JsonElement messages) => messages.GetRawText().Contains("json", StringComparison.OrdinalIgnoreCase);
}
