namespace DiscordIntel.Testing.Checks;

/// <summary>
/// The members of a chat completions request, from OpenAI's API description (CreateChatCompletionRequest, version 2.3.0 of 21 August 2026).
/// </summary>
internal static class ChatMembers
{
    public static readonly IReadOnlyList<string> Efforts = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];

    private const JsonKinds OrNull = JsonKinds.Null;

    private static readonly MemberRule Text = new(JsonKinds.Text);
    private static readonly MemberRule TextOrNull = new(JsonKinds.Text | OrNull);
    private static readonly MemberRule BooleanOrNull = new(JsonKinds.Boolean | OrNull);
    private static readonly MemberRule ObjectOrNull = new(JsonKinds.Object | OrNull);
    private static readonly MemberRule Tokens = new(JsonKinds.Integer | OrNull) { Minimum = 1 };
    private static readonly MemberRule Penalty = new(JsonKinds.Decimal | OrNull) { Minimum = -2, Maximum = 2 };

    /// <summary>All members but <c>model</c>, whose absence has an error of its own, are checked by these.</summary>
    public static readonly ObjectRule Rule = new(new()
    {
        ["audio"] = ObjectOrNull,
        ["frequency_penalty"] = Penalty,
        ["function_call"] = new(JsonKinds.Text | JsonKinds.Object),
        ["functions"] = new(JsonKinds.Array) { MayBeEmpty = false },
        ["logit_bias"] = ObjectOrNull,
        ["logprobs"] = BooleanOrNull,
        ["max_completion_tokens"] = Tokens,
        ["max_tokens"] = Tokens,
        ["messages"] = new(JsonKinds.Array) { Required = true, MayBeEmpty = false },
        ["metadata"] = ObjectOrNull,
        ["modalities"] = new(JsonKinds.Array | OrNull),
        ["model"] = Text,
        ["moderation"] = ObjectOrNull,
        ["n"] = new(JsonKinds.Integer | OrNull) { Minimum = 1, Maximum = 128 },
        ["parallel_tool_calls"] = new(JsonKinds.Boolean),
        ["prediction"] = ObjectOrNull,
        ["presence_penalty"] = Penalty,
        ["prompt_cache_key"] = TextOrNull,
        ["prompt_cache_options"] = new(JsonKinds.Object),
        ["prompt_cache_retention"] = TextOrNull with { Values = ["in_memory", "24h"] },
        ["reasoning_effort"] = TextOrNull with { Values = Efforts },
        ["response_format"] = new(JsonKinds.Object),
        ["safety_identifier"] = TextOrNull with { MaxLength = 64 },
        ["seed"] = new(JsonKinds.Integer | OrNull),
        ["service_tier"] = TextOrNull with { Values = ["auto", "default", "flex", "scale", "priority", "fast"] },
        ["stop"] = new(JsonKinds.Text | JsonKinds.Array | OrNull),
        ["store"] = BooleanOrNull,
        ["stream"] = BooleanOrNull,
        ["stream_options"] = ObjectOrNull,
        ["temperature"] = new(JsonKinds.Decimal | OrNull) { Minimum = 0, Maximum = 2 },
        ["tool_choice"] = new(JsonKinds.Text | JsonKinds.Object),
        ["tools"] = new(JsonKinds.Array),
        ["top_logprobs"] = new(JsonKinds.Integer | OrNull) { Minimum = 0, Maximum = 20 },
        ["top_p"] = new(JsonKinds.Decimal | OrNull) { Minimum = 0, Maximum = 1 },
        ["user"] = Text,
        ["verbosity"] = TextOrNull with { Values = ["low", "medium", "high"] },
        ["web_search_options"] = new(JsonKinds.Object),
    });

    /// <summary>What <c>stream_options</c> may hold.</summary>
    public static readonly ObjectRule StreamOptions = new(new()
    {
        ["include_obfuscation"] = new(JsonKinds.Boolean),
        ["include_usage"] = new(JsonKinds.Boolean),
    });
}
