using System.Globalization;
using System.Text.Json;
using DiscordIntel.Testing.Replies;

namespace DiscordIntel.Testing.Checks;

/// <summary>
/// Checks the items of a responses request that a client without stored conversations sends: messages, calls with their results, reasoning. Items of other kinds,
/// which belong to OpenAI's own tools, pass.
/// </summary>
internal static class InputCheck
{
    private static readonly MemberRule Text = new(JsonKinds.Text);
    private static readonly MemberRule TextOrNull = new(JsonKinds.Text | JsonKinds.Null);
    private static readonly MemberRule RequiredText = Text with { Required = true };
    private static readonly MemberRule Role = RequiredText with { Values = ["assistant", "system", "developer", "user"] };

    private static readonly ObjectRule Message = new(new()
    {
        ["type"] = Text, ["role"] = Role, ["content"] = new(JsonKinds.Text | JsonKinds.Array) { Required = true, MayBeEmpty = false },
        ["id"] = Text, ["status"] = Text, ["phase"] = TextOrNull,
    });

    private static readonly Dictionary<string, ObjectRule> Items = new()
    {
        ["function_call"] = new(new()
        {
            ["type"] = Text, ["id"] = Text, ["call_id"] = RequiredText, ["name"] = RequiredText, ["arguments"] = RequiredText, ["status"] = Text, ["namespace"] = Text,
            ["caller"] = new(JsonKinds.Object | JsonKinds.Null),
        }),
        ["function_call_output"] = new(new()
        {
            ["type"] = Text, ["id"] = TextOrNull, ["call_id"] = RequiredText with { MaxLength = 64 }, ["output"] = new(JsonKinds.Text | JsonKinds.Array) { Required = true },
            ["status"] = TextOrNull, ["name"] = TextOrNull, ["namespace"] = TextOrNull, ["caller"] = new(JsonKinds.Object | JsonKinds.Null),
        }),
        ["reasoning"] = new(new()
        {
            ["type"] = Text, ["id"] = RequiredText, ["summary"] = new(JsonKinds.Array) { Required = true }, ["content"] = new(JsonKinds.Array), ["encrypted_content"] = TextOrNull,
            ["status"] = Text,
        }),
    };

    private static readonly Dictionary<string, ObjectRule> Parts = new()
    {
        ["input_text"] = new(new() { ["type"] = Text, ["text"] = RequiredText, ["prompt_cache_breakpoint"] = new(JsonKinds.Object) }),
        ["input_image"] = new(new()
        {
            ["type"] = Text, ["image_url"] = TextOrNull, ["file_id"] = TextOrNull, ["detail"] = Text with { Values = ["low", "high", "auto", "original"] },
            ["prompt_cache_breakpoint"] = new(JsonKinds.Object),
        }),
        ["output_text"] = new(new() { ["type"] = Text, ["text"] = RequiredText, ["annotations"] = new(JsonKinds.Array), ["logprobs"] = new(JsonKinds.Array) }),
        ["refusal"] = new(new() { ["type"] = Text, ["refusal"] = RequiredText }),
    };

    public static ApiError? Find(JsonElement input)
    {
        if (input.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        int index = 0;
        foreach (JsonElement item in input.EnumerateArray())
        {
            if (FindInItem(item, string.Create(CultureInfo.InvariantCulture, $"input[{index++}]")) is { } error)
            {
                return error;
            }
        }

        return FindInOrder([.. input.EnumerateArray()]);
    }

    private static ApiError? FindInItem(JsonElement item, string path)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return MemberRule.WrongType(path, "an object", item);
        }

        string type = TypeOf(item);
        if (type != "message")
        {
            return Items.TryGetValue(type, out ObjectRule? rule) ? rule.Find(item, path) : null;
        }

        if (Message.Find(item, path) is { } error)
        {
            return error;
        }

        return item.GetProperty("content") is { ValueKind: JsonValueKind.Array } parts ? FindInParts(parts, item.GetProperty("role").ValueEquals("assistant"), $"{path}.content") : null;
    }

    private static ApiError? FindInParts(JsonElement parts, bool isAssistant, string path)
    {
        string[] allowed = isAssistant ? ["output_text", "refusal"] : ["input_text", "input_image", "input_file"];
        int index = 0;
        foreach (JsonElement part in parts.EnumerateArray())
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]");
            if (part.ValueKind != JsonValueKind.Object)
            {
                return MemberRule.WrongType(place, "an object", part);
            }

            if (!part.TryGetProperty("type", out JsonElement type) || type.ValueKind != JsonValueKind.String)
            {
                return ApiError.Missing($"{place}.type");
            }

            string name = type.GetString()!;
            if ((allowed.Contains(name) ? null : ApiError.WrongValue($"{place}.type", name, allowed)) is { } wrong)
            {
                return wrong;
            }

            if (Parts.TryGetValue(name, out ObjectRule? rule) && rule.Find(part, place) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    /// <summary>What belongs together: a call and its result, reasoning and what followed from it.</summary>
    private static ApiError? FindInOrder(JsonElement[] items)
    {
        HashSet<string> called = [], answered = [];
        for (int i = 0; i < items.Length; i++)
        {
            switch (TypeOf(items[i]))
            {
                case "function_call":
                    called.Add(items[i].GetProperty("call_id").GetString()!);
                    break;
                case "function_call_output" when items[i].GetProperty("call_id").GetString()! is var id && !answered.Add(id) | !called.Contains(id):
                    return ApiError.Invalid($"No tool call found for function call output with call_id {id}.", "input");
                case "reasoning" when FindInReasoning(items, i) is { } error:
                    return error;
            }
        }

        return called.FirstOrDefault(id => !answered.Contains(id)) is { } open ? ApiError.Invalid($"No tool output found for function call {open}.", "input") : null;
    }

    private static ApiError? FindInReasoning(JsonElement[] items, int at)
    {
        string id = items[at].GetProperty("id").GetString()!;
        if (at + 1 == items.Length || TypeOf(items[at + 1]) is "function_call_output" || (items[at + 1].TryGetProperty("role", out JsonElement role) && !role.ValueEquals("assistant")))
        {
            return ApiError.Invalid($"Item '{id}' of type 'reasoning' was provided without its required following item.", "input");
        }

        // Nothing is stored here, and only what was given can be read again.
        return items[at].TryGetProperty("encrypted_content", out JsonElement hidden) && hidden.ValueKind == JsonValueKind.String
            ? hidden.GetString() == ResponseWriter.HiddenOf(id) ? null : ApiError.Invalid($"The encrypted content for item {id} could not be verified.", null, "invalid_encrypted_content")
            : ApiError.Invalid($"Item with id '{id}' not found. Items are not persisted when `store` is set to false. Try again with `store` set to true, or remove this item from your input.", "input") with { Status = 404 };
    }

    private static string TypeOf(JsonElement item) => item.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String ? type.GetString()! : "message";
}
