using System.Globalization;
using System.Text.Json;

namespace DiscordIntel.Testing.Checks;

/// <summary>Checks the messages: roles, their members, and the parts of their content.</summary>
internal static class MessageCheck
{
    private static readonly string[] Roles = ["system", "assistant", "user", "function", "tool", "developer"];

    private static readonly string[] InsteadOfContent = ["tool_calls", "function_call", "refusal", "audio"];

    private static readonly MemberRule Role = new(JsonKinds.Text) { Required = true, Values = Roles };
    private static readonly MemberRule Text = new(JsonKinds.Text);
    private static readonly MemberRule RequiredText = Text with { Required = true };
    private static readonly MemberRule RequiredObject = new(JsonKinds.Object) { Required = true };
    private static readonly MemberRule Content = new(JsonKinds.Text | JsonKinds.Array) { Required = true, MayBeEmpty = false };
    private static readonly MemberRule Cache = new(JsonKinds.Object);

    private static readonly ObjectRule Plain = new(new() { ["role"] = Role, ["content"] = Content, ["name"] = Text });

    private static readonly Dictionary<string, ObjectRule> Messages = new()
    {
        ["system"] = Plain,
        ["developer"] = Plain,
        ["user"] = Plain,
        ["tool"] = new(new() { ["role"] = Role, ["content"] = Content, ["tool_call_id"] = RequiredText }),
        ["function"] = new(new() { ["role"] = Role, ["content"] = Content with { Kinds = JsonKinds.Text | JsonKinds.Null }, ["name"] = RequiredText }),
        ["assistant"] = new(new()
        {
            ["role"] = Role,
            ["content"] = Content with { Kinds = Content.Kinds | JsonKinds.Null, Required = false },
            ["name"] = Text,
            ["refusal"] = new(JsonKinds.Text | JsonKinds.Null),
            ["audio"] = new(JsonKinds.Object | JsonKinds.Null),
            ["tool_calls"] = new(JsonKinds.Array) { MayBeEmpty = false },
            ["function_call"] = new(JsonKinds.Object | JsonKinds.Null),
        }),
    };

    private static readonly Dictionary<string, string[]> PartsOfRole = new()
    {
        ["user"] = ["text", "image_url", "input_audio", "file"],
        ["assistant"] = ["text", "refusal"],
    };

    // In the order in which OpenAI lists them.
    private static readonly string[] PartTypes = ["text", "image_url", "input_audio", "refusal", "audio", "file"];

    private static readonly Dictionary<string, ObjectRule> Parts = new()
    {
        ["text"] = new(new() { ["type"] = Text, ["text"] = RequiredText, ["prompt_cache_breakpoint"] = Cache }),
        ["image_url"] = new(new() { ["type"] = Text, ["image_url"] = RequiredObject, ["prompt_cache_breakpoint"] = Cache }),
        ["input_audio"] = new(new() { ["type"] = Text, ["input_audio"] = RequiredObject, ["prompt_cache_breakpoint"] = Cache }),
        ["file"] = new(new() { ["type"] = Text, ["file"] = RequiredObject, ["prompt_cache_breakpoint"] = Cache }),
        ["refusal"] = new(new() { ["type"] = Text, ["refusal"] = RequiredText }),
    };

    private static readonly Dictionary<string, ObjectRule> PartBodies = new()
    {
        ["image_url"] = new(new() { ["url"] = RequiredText, ["detail"] = Text with { Values = ["auto", "low", "high"] } }),
        ["input_audio"] = new(new() { ["data"] = RequiredText, ["format"] = RequiredText with { Values = ["wav", "mp3"] } }),
        ["file"] = new(new() { ["filename"] = Text, ["file_data"] = Text, ["file_id"] = Text }),
    };

    public static ApiError? Find(JsonElement messages)
    {
        int index = 0;
        foreach (JsonElement message in messages.EnumerateArray())
        {
            if (FindInMessage(message, At("messages", index++)) is { } error)
            {
                return error;
            }
        }

        return FindInTurns([.. messages.EnumerateArray()]);
    }

    /// <summary>Every call is answered right behind the message that made it, and nothing else is.</summary>
    private static ApiError? FindInTurns(JsonElement[] messages)
    {
        List<string> open = [];
        for (int i = 0; i < messages.Length; i++)
        {
            if (messages[i].GetProperty("role").ValueEquals("tool"))
            {
                if (!open.Remove(messages[i].GetProperty("tool_call_id").GetString()!))
                {
                    return ApiError.Invalid(
                        "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.", $"{At("messages", i)}.role");
                }

                continue;
            }

            if (FindOpen(open, i) is { } error)
            {
                return error;
            }

            open = messages[i].TryGetProperty("tool_calls", out JsonElement calls) && calls.ValueKind == JsonValueKind.Array
                ? [.. calls.EnumerateArray().Select(static call => call.ValueKind == JsonValueKind.Object && call.TryGetProperty("id", out JsonElement id) ? id.ToString() : "")]
                : [];
        }

        return FindOpen(open, messages.Length);
    }

    private static ApiError? FindOpen(List<string> open, int at) => open.Count == 0 ? null : ApiError.Invalid(
        "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. "
        + $"The following tool_call_ids did not have response messages: {string.Join(", ", open)}",
        $"{At("messages", at - 1)}.role");

    private static ApiError? FindInMessage(JsonElement message, string path)
    {
        if (message.ValueKind != JsonValueKind.Object)
        {
            return MemberRule.WrongType(path, "an object", message);
        }

        if (!message.TryGetProperty("role", out JsonElement role))
        {
            return ApiError.Missing($"{path}.role");
        }

        if (Role.Find(role, $"{path}.role") is { } badRole)
        {
            return badRole;
        }

        string name = role.GetString()!;
        bool hasContent = message.TryGetProperty("content", out JsonElement content);
        if (hasContent && content.ValueKind == JsonValueKind.Null && !MayLackContent(name, message))
        {
            return ApiError.Invalid("Invalid value for 'content': expected a string, got null.", $"{path}.content");
        }

        if (!hasContent && !MayLackContent(name, message))
        {
            return ApiError.Missing($"{path}.content");
        }

        return Messages[name].Find(message, path)
            ?? (hasContent && content.ValueKind == JsonValueKind.Array ? FindInParts(content, name, $"{path}.content") : null);
    }

    private static bool MayLackContent(string role, JsonElement message) =>
        role == "function"
        || (role == "assistant" && InsteadOfContent.Any(
            name => message.TryGetProperty(name, out JsonElement other) && other.ValueKind != JsonValueKind.Null));

    private static ApiError? FindInParts(JsonElement parts, string role, string path)
    {
        string[] allowed = PartsOfRole.GetValueOrDefault(role, ["text"]);
        int index = 0;
        foreach (JsonElement part in parts.EnumerateArray())
        {
            if (FindInPart(part, allowed, At(path, index++)) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static ApiError? FindInPart(JsonElement part, string[] allowed, string path)
    {
        if (part.ValueKind != JsonValueKind.Object)
        {
            return MemberRule.WrongType(path, "an object", part);
        }

        if (!part.TryGetProperty("type", out JsonElement type))
        {
            return ApiError.Missing($"{path}.type");
        }

        if (new MemberRule(JsonKinds.Text) { Values = PartTypes }.Find(type, $"{path}.type") is { } unknown)
        {
            return unknown;
        }

        string name = type.GetString()!;
        if (!allowed.Contains(name))
        {
            return ApiError.WrongValue($"{path}.type", name, allowed);
        }

        return Parts[name].Find(part, path)
            ?? (PartBodies.TryGetValue(name, out ObjectRule? body) ? body.Find(part.GetProperty(name), $"{path}.{name}") : null);
    }

    private static string At(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
}
