using System.Text.Json;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers.Wire;

/// <summary><c>POST /responses</c>, which takes functions together with reasoning.</summary>
internal sealed class ResponsesEndpoint : IWireEndpoint
{
    public static readonly ResponsesEndpoint Instance = new();

    public string Name => "responses";

    public string Path => "/responses";

    public void Write(
        Utf8JsonWriter json, IEnumerable<ChatMessage> messages, ChatOptions? options, RequestShape shape, ReadOnlySpan<char> safetyIdentifier, bool stream) =>
        ResponsesRequestWriter.Write(json, messages, options, shape, safetyIdentifier, stream);

    public ChatReply Read(ReadOnlySpan<byte> utf8) => ResponsesReplyReader.Read(utf8);

    public IEventReader ReadEvents() => new ResponsesEventReader();
}
