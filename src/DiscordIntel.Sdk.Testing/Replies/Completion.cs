using System.Globalization;

namespace DiscordIntel.Testing.Replies;

/// <summary>What a chat completion says.</summary>
internal sealed record Completion
{
    public string? Content { get; init; }

    public string? Refusal { get; init; }

    public IReadOnlyList<(string Name, string Arguments)> ToolCalls { get; init; } = [];

    public string FinishReason { get; init; } = "stop";

    public bool HasMessage { get; init; } = true;

    public bool HasChoice { get; init; } = true;

    /// <summary>All that the model wrote: what its tokens are counted from.</summary>
    public string Written => string.Concat([Content, Refusal, .. ToolCalls.Select(call => call.Name + call.Arguments)]);

    /// <summary>The id of a call; the same for the same request.</summary>
    public static string CallId(EmulatorCall call, int index) => string.Create(CultureInfo.InvariantCulture, $"call_emulator_{call.Number}_{index}");
}
