using System.Text.Json;

namespace DiscordIntel.Testing;

/// <summary>A request as the emulator received it.</summary>
public sealed record EmulatorRequest
{
    /// <summary>The HTTP method in capitals, such as <c>POST</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The path without host and query, such as <c>/v1/chat/completions</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The headers, those of the content among them, with lower-case names. The authorization reads <c>Bearer ***</c>.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body as JSON; <see cref="JsonValueKind.Undefined"/> when it was empty or not JSON.</summary>
    public required JsonElement Body { get; init; }

    /// <summary>The body as it was sent, read as UTF-8; empty when there was none.</summary>
    public required string RawBody { get; init; }

    /// <summary>The HTTP status of the answer; 0 when none was given (stalled, reset or refused).</summary>
    public required int Status { get; init; }

    /// <summary>
    /// The chunks of a streamed completion that had been produced when this was read; null when the answer is no such stream. A reader that leaves
    /// ends the production, so it stays below the whole number.
    /// </summary>
    public int? Chunks { get; init; }
}
