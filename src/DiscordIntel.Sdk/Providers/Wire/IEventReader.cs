using System.Text.Json;

namespace DiscordIntel.Providers.Wire;

/// <summary>Reads the events of one streamed answer, in order.</summary>
internal interface IEventReader
{
    /// <summary>What has come so far, without its text.</summary>
    ChatReply Reply { get; }

    /// <summary>Whether the server has marked the end of the stream.</summary>
    bool IsDone { get; }

    /// <summary>Reads the data of one event. Gives its text; null when it has none.</summary>
    /// <exception cref="JsonException">The data is not JSON, or not an event of this API.</exception>
    string? Read(ReadOnlySpan<byte> data);

    /// <summary>Puts what came in pieces into <see cref="Reply"/>.</summary>
    ChatReply Gather();
}
