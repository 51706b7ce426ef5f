namespace DiscordIntel.Testing.Checks;

/// <summary>The members of a responses request, from OpenAI's API description (CreateResponse, version 2.3.0 of 21 August 2026).</summary>
internal static class ResponsesMembers
{
    private const JsonKinds OrNull = JsonKinds.Null;

    private static readonly MemberRule Text = new(JsonKinds.Text);
    private static readonly MemberRule TextOrNull = new(JsonKinds.Text | OrNull);
    private static readonly MemberRule BooleanOrNull = new(JsonKinds.Boolean | OrNull);
    private static readonly MemberRule Object = new(JsonKinds.Object);
    private static readonly MemberRule ObjectOrNull = new(JsonKinds.Object | OrNull);

    public static readonly ObjectRule Rule = new(new()
    {
        ["background"] = BooleanOrNull,
        ["context_management"] = new(JsonKinds.Array | OrNull),
        ["conversation"] = new(JsonKinds.Text | JsonKinds.Object | OrNull),
        ["include"] = new(JsonKinds.Array | OrNull),
        ["input"] = new(JsonKinds.Text | JsonKinds.Array) { Required = true, MayBeEmpty = false },
        ["instructions"] = TextOrNull,
        ["max_output_tokens"] = new(JsonKinds.Integer | OrNull) { Minimum = 16 },
        ["max_tool_calls"] = new(JsonKinds.Integer | OrNull) { Minimum = 1 },
        ["metadata"] = ObjectOrNull,
        ["model"] = Text with { Required = true },
        ["moderation"] = ObjectOrNull,
        ["parallel_tool_calls"] = BooleanOrNull,
        ["previous_response_id"] = TextOrNull,
        ["prompt"] = ObjectOrNull,
        ["prompt_cache_key"] = TextOrNull,
        ["prompt_cache_options"] = Object,
        ["prompt_cache_retention"] = TextOrNull with { Values = ["in_memory", "24h"] },
        ["reasoning"] = ObjectOrNull,
        ["safety_identifier"] = TextOrNull with { MaxLength = 64 },
        ["service_tier"] = TextOrNull with { Values = ["auto", "default", "flex", "scale", "priority", "fast"] },
        ["store"] = BooleanOrNull,
        ["stream"] = BooleanOrNull,
        ["stream_options"] = ObjectOrNull,
        ["temperature"] = new(JsonKinds.Decimal | OrNull) { Minimum = 0, Maximum = 2 },
        ["text"] = Object,
        ["tool_choice"] = new(JsonKinds.Text | JsonKinds.Object),
        ["tools"] = new(JsonKinds.Array),
        ["top_logprobs"] = new(JsonKinds.Integer | OrNull) { Minimum = 0, Maximum = 20 },
        ["top_p"] = new(JsonKinds.Decimal | OrNull) { Minimum = 0, Maximum = 1 },
        ["truncation"] = TextOrNull with { Values = ["auto", "disabled"] },
        ["user"] = Text,
    });

    /// <summary>What <c>reasoning</c> may hold.</summary>
    public static readonly ObjectRule Reasoning = new(new()
    {
        ["context"] = TextOrNull with { Values = ["auto", "current_turn", "all_turns"] },
        ["effort"] = TextOrNull with { Values = ChatMembers.Efforts },
        ["generate_summary"] = TextOrNull with { Values = ["auto", "concise", "detailed"] },
        ["mode"] = Text,
        ["summary"] = TextOrNull with { Values = ["auto", "concise", "detailed"] },
    });

    /// <summary>What <c>text</c> may hold.</summary>
    public static readonly ObjectRule TextOptions = new(new()
    {
        ["format"] = Object,
        ["verbosity"] = TextOrNull with { Values = ["low", "medium", "high"] },
    });
}
