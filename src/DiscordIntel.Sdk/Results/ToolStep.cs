using System.Text.Json;

namespace DiscordIntel.Results;

/// <summary>One call of a tool that the model asked for, and what became of it.</summary>
public sealed record ToolStep
{
    /// <summary>The name that the model called. With <see cref="ToolOutcome.Unknown"/> it is the model's own word.</summary>
    public required string Tool { get; init; }

    /// <summary>The provider's id of the call.</summary>
    public string CallId { get; init; } = "";

    /// <summary>The turn of the model that asked for it, from 1. Calls of one turn run at the same time.</summary>
    public int Round { get; init; }

    /// <summary>What became of it.</summary>
    public ToolOutcome Outcome { get; init; }

    /// <summary>The arguments, checked against the tool's schema; null when they were not lawful or not checked.</summary>
    public JsonElement? Arguments { get; init; }

    /// <summary>What the model was told: the tool's result, or a neutral sentence. Null when the run ended before anything was told.</summary>
    public string? Result { get; init; }

    /// <summary>Why there is no result, for the host's log; null on success. It may hold what a tool's exception says: never show it.</summary>
    public string? Error { get; init; }

    /// <summary>What the tool threw, for a debugger. Never show it.</summary>
    public Exception? Exception { get; init; }

    /// <summary>How long the tool was waited for, its approval and its turn included.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Input tokens of the turn that asked for it, which other calls of the turn share; null when not known.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Output tokens of the turn that asked for it, which other calls of the turn share; null when not known.</summary>
    public long? OutputTokens { get; init; }
}
