using System.Text.Json;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers.Wire;

/// <summary>One API of a server that chats: how a request to it is written, and how its answer is read, whole or event by event.</summary>
internal interface IWireEndpoint
{
    /// <summary>Its name in the catalogue, in receipts and in telemetry.</summary>
    string Name { get; }

    /// <summary>Its path below the server's base address.</summary>
    string Path { get; }

    void Write(Utf8JsonWriter json, IEnumerable<ChatMessage> messages, ChatOptions? options, RequestShape shape, ReadOnlySpan<char> safetyIdentifier, bool stream);

    /// <exception cref="JsonException">The answer is not JSON, or not an object.</exception>
    ChatReply Read(ReadOnlySpan<byte> utf8);

    /// <summary>A reader for the events of one stream.</summary>
    IEventReader ReadEvents();
}
