using System.Runtime.InteropServices;

namespace DiscordIntel.Results;

/// <summary>
/// A piece of an answer as it comes. The last element of a stream is final: it has no text of its own, and the receipt of its result is the account of the
/// whole call. A stream without a final element is not complete.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StreamChunk
{
    // What few pieces have stands apart: a stream has hundreds of them.
    private readonly Extra? _extra;

    /// <summary>The text that came with this piece, to be appended to what came before; empty in the final element.</summary>
    public string Text { get => field ?? ""; init; }

    /// <summary>What is being done while no text comes, such as "Looking at image 2 of 3"; null when the piece does not say. It is not a part of the answer.</summary>
    public string? Status { get => _extra?.Status; init => _extra = (_extra ?? new()) with { Status = value }; }

    /// <summary>A call of a tool that has just ended; null otherwise.</summary>
    public ToolStep? Tool { get => _extra?.Tool; init => _extra = (_extra ?? new()) with { Tool = value }; }

    /// <summary>Whether the answer is complete.</summary>
    public bool IsFinal { get => _extra?.IsFinal ?? false; init => _extra = (_extra ?? new()) with { IsFinal = value }; }

    /// <summary>Why the model ended, in the provider's word, such as <c>stop</c>; null but in the final element.</summary>
    public string? FinishReason { get => _extra?.FinishReason; init => _extra = (_extra ?? new()) with { FinishReason = value }; }

    /// <summary>A piece of text, for a bot's own tests.</summary>
    public static StreamChunk Of(string text) => new() { Text = text };

    /// <summary>A piece without text that says what is being done.</summary>
    public static StreamChunk Doing(string status) => new() { Status = status };

    /// <summary>The end of a complete answer, for a bot's own tests.</summary>
    public static StreamChunk Final(string? finishReason = "stop") => new() { IsFinal = true, FinishReason = finishReason };

    private sealed record Extra
    {
        public string? Status { get; init; }

        public ToolStep? Tool { get; init; }

        public bool IsFinal { get; init; }

        public string? FinishReason { get; init; }
    }
}
