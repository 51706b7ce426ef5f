using System.Runtime.InteropServices;

namespace DiscordIntel.Results;

/// <summary>
/// A piece of an answer as it comes. The last element of a stream is final: it has no text of its own, and the receipt of its result is the account of the
/// whole call. A stream without a final element is not complete.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StreamChunk
{
    /// <summary>The text that came with this piece, to be appended to what came before; empty in the final element.</summary>
    public string Text { get => field ?? ""; init; }

    /// <summary>What is being done while no text comes, such as "Looking at image 2 of 3"; null when the piece does not say. It is not a part of the answer.</summary>
    public string? Status { get; init; }

    /// <summary>Whether the answer is complete.</summary>
    public bool IsFinal { get; init; }

    /// <summary>Why the model ended, in the provider's word, such as <c>stop</c>; null but in the final element.</summary>
    public string? FinishReason { get; init; }

    /// <summary>A piece of text, for a bot's own tests.</summary>
    public static StreamChunk Of(string text) => new() { Text = text };

    /// <summary>A piece without text that says what is being done.</summary>
    public static StreamChunk Doing(string status) => new() { Status = status };

    /// <summary>The end of a complete answer, for a bot's own tests.</summary>
    public static StreamChunk Final(string? finishReason = "stop") => new() { IsFinal = true, FinishReason = finishReason };
}
