using System.Globalization;
using System.Text.Json;

namespace DiscordIntel.Testing.Checks;

/// <summary>Checks the tools: their shape, the functions' names, and strict parameters.</summary>
internal static class ToolCheck
{
    private static readonly MemberRule Type = new(JsonKinds.Text) { Required = true, Values = ["function", "custom"] };
    private static readonly MemberRule RequiredObject = new(JsonKinds.Object) { Required = true };

    private static readonly Dictionary<string, ObjectRule> Tools = new()
    {
        ["function"] = new(new() { ["type"] = Type, ["function"] = RequiredObject }),
        ["custom"] = new(new() { ["type"] = Type, ["custom"] = RequiredObject }),
    };

    // Responses has the members of the function beside the type, and needs all that decides about the arguments.
    private static readonly ObjectRule Flat = new(new()
    {
        ["type"] = Type,
        ["name"] = new(JsonKinds.Text) { Required = true, MaxLength = 64 },
        ["description"] = new(JsonKinds.Text | JsonKinds.Null),
        ["parameters"] = new(JsonKinds.Object | JsonKinds.Null) { Required = true },
        ["strict"] = new(JsonKinds.Boolean | JsonKinds.Null),
    });

    private static readonly ObjectRule Function = new(new()
    {
        ["name"] = new(JsonKinds.Text) { Required = true, MaxLength = 64 },
        ["description"] = new(JsonKinds.Text),
        ["parameters"] = new(JsonKinds.Object),
        ["strict"] = new(JsonKinds.Boolean | JsonKinds.Null),
    });

    public static ApiError? Find(JsonElement body) => Find(body, FindInTool);

    /// <summary>The same for a request to Responses. Tools that OpenAI runs itself pass.</summary>
    public static ApiError? FindInResponses(JsonElement body) => Find(body, static (tool, path) =>
        IsOfType(tool, "function") ? Flat.Find(tool, path) ?? FindInSchema(tool, path)
        : tool.ValueKind == JsonValueKind.Object ? null
        : MemberRule.WrongType(path, "an object", tool));

    private static ApiError? Find(JsonElement body, Func<JsonElement, string, ApiError?> findInTool)
    {
        if (!body.TryGetProperty("tools", out JsonElement tools) || tools.GetArrayLength() == 0)
        {
            return body.TryGetProperty("tool_choice", out _) ? ApiError.Invalid("Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.", "tool_choice") : null;
        }

        int index = 0;
        foreach (JsonElement tool in tools.EnumerateArray())
        {
            if (findInTool(tool, string.Create(CultureInfo.InvariantCulture, $"tools[{index++}]")) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static ApiError? FindInTool(JsonElement tool, string path)
    {
        bool custom = IsOfType(tool, "custom");
        if (Tools[custom ? "custom" : "function"].Find(tool, path) is { } error)
        {
            return error;
        }

        return custom ? null : FindInFunction(tool.GetProperty("function"), $"{path}.function");
    }

    private static bool IsOfType(JsonElement tool, string name) => tool.ValueKind == JsonValueKind.Object
        && tool.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String && type.ValueEquals(name);

    private static ApiError? FindInFunction(JsonElement function, string path) => Function.Find(function, path) ?? FindInSchema(function, path);

    private static ApiError? FindInSchema(JsonElement function, string path)
    {
        if (SchemaName.Find(function.GetProperty("name").GetString()!, $"{path}.name") is { } error)
        {
            return error;
        }

        if (!function.TryGetProperty("strict", out JsonElement strict) || strict.ValueKind != JsonValueKind.True)
        {
            return null;
        }

        string? fault = function.TryGetProperty("parameters", out JsonElement parameters)
            ? StrictSchemaCheck.Find(parameters)
            : StrictSchemaCheck.OpenObject([]);
        return fault is null ? null : ApiError.Invalid(
            $"Invalid schema for function '{function.GetProperty("name").GetString()}': {fault}", $"{path}.parameters", "invalid_function_parameters");
    }
}
