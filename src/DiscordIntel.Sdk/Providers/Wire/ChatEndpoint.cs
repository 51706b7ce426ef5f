using System.Text.Json;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers.Wire;

/// <summary><c>POST /chat/completions</c>, which every compatible server has.</summary>
internal sealed class ChatEndpoint : IWireEndpoint
{
    public static readonly ChatEndpoint Instance = new();

    public string Name => "chat.completions";

    public string Path => "/chat/completions";

    public void Write(
        Utf8JsonWriter json, IEnumerable<ChatMessage> messages, ChatOptions? options, RequestShape shape, ReadOnlySpan<char> safetyIdentifier, bool stream) =>
        ChatRequestWriter.Write(json, messages, options, shape, safetyIdentifier, stream);

    public ChatReply Read(ReadOnlySpan<byte> utf8) => ChatReplyReader.Read(utf8);

    public IEventReader ReadEvents() => new ChatChunkReader();
}
