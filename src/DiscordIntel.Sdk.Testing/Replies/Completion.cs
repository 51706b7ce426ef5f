namespace DiscordIntel.Testing.Replies;

/// <summary>What a chat completion says.</summary>
internal sealed record Completion
{
    public string? Content { get; init; }

    public string? Refusal { get; init; }

    public string FinishReason { get; init; } = "stop";

    public bool HasMessage { get; init; } = true;

    public bool HasChoice { get; init; } = true;
}
