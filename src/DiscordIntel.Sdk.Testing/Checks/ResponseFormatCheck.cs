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

    public static ApiError? Find(JsonElement body)
    {
        if (!body.TryGetProperty(Path, out JsonElement format))
        {
            return null;
        }

        bool hasSchema = format.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("json_schema");
        if ((hasSchema ? WithSchema : Simple).Find(format, Path) is { } error)
        {
            return error;
        }

        return hasSchema ? FindInSchema(format.GetProperty("json_schema"))
            : type.ValueEquals("json_object") && !MentionsJson(body.GetProperty("messages")) ? ApiError.Invalid(
                "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.", "messages")
            : null;
    }

    private static ApiError? FindInSchema(JsonElement given)
    {
        if ((JsonSchema.Find(given, SchemaPath) ?? SchemaName.Find(given.GetProperty("name").GetString()!, $"{SchemaPath}.name")) is { } error)
        {
            return error;
        }

        if (!given.TryGetProperty("strict", out JsonElement strict) || strict.ValueKind != JsonValueKind.True)
        {
            return null;
        }

        if (!given.TryGetProperty("schema", out JsonElement schema))
        {
            return ApiError.Missing($"{SchemaPath}.schema");
        }

        return StrictSchemaCheck.Find(schema) is { } fault
            ? ApiError.Invalid($"Invalid schema for response_format '{given.GetProperty("name").GetString()}': {fault}", Path, "invalid_json_schema")
            : null;
    }

    private static bool MentionsJson(JsonElement messages) => messages.GetRawText().Contains("json", StringComparison.OrdinalIgnoreCase);
}
