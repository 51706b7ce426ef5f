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

    private static readonly ObjectRule Function = new(new()
    {
        ["name"] = new(JsonKinds.Text) { Required = true, MaxLength = 64 },
        ["description"] = new(JsonKinds.Text),
        ["parameters"] = new(JsonKinds.Object),
        ["strict"] = new(JsonKinds.Boolean | JsonKinds.Null),
    });

    public static ApiError? Find(JsonElement body)
    {
        if (!body.TryGetProperty("tools", out JsonElement tools))
        {
            return null;
        }

        int index = 0;
        foreach (JsonElement tool in tools.EnumerateArray())
        {
            if (FindInTool(tool, string.Create(CultureInfo.InvariantCulture, $"tools[{index++}]")) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static ApiError? FindInTool(JsonElement tool, string path)
    {
        bool custom = tool.ValueKind == JsonValueKind.Object
            && tool.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("custom");
        if (Tools[custom ? "custom" : "function"].Find(tool, path) is { } error)
        {
            return error;
        }

        return custom ? null : FindInFunction(tool.GetProperty("function"), $"{path}.function");
    }

    private static ApiError? FindInFunction(JsonElement function, string path)
    {
        if ((Function.Find(function, path) ?? SchemaName.Find(function.GetProperty("name").GetString()!, $"{path}.name")) is { } error)
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
