using System.Net;
using System.Net.Http.Headers;
using DiscordIntel.Testing.Replies;

namespace DiscordIntel.Testing.Http;

/// <summary>The emulator as the last handler of an <see cref="HttpClient"/>.</summary>
internal sealed class EmulatorHandler(OpenAIEmulator emulator) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ReceivedRequest received = await ReceivedRequest.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        (EmulatorCall call, EmulatorReply reply) = emulator.Receive(received, stopping: CancellationToken.None);
        return ToResponse(await reply.AnswerAsync(call, cancellationToken).ConfigureAwait(false), call, request);
    }

    private static HttpResponseMessage ToResponse(WireAnswer answer, EmulatorCall call, HttpRequestMessage request)
    {
        HttpContent content = answer.Pieces is { } pieces ? new StreamContent(new PieceStream(pieces)) : new ReadOnlyMemoryContent(answer.Whole);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(answer.ContentType);
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status) { RequestMessage = request, Content = content };
        response.Headers.Add(EmulatorCall.RequestIdHeader, call.RequestId);
        foreach ((string name, string value) in answer.Headers)
        {
            HttpHeaders target = response.Headers.TryAddWithoutValidation(name, value) ? response.Headers : content.Headers;
            target.Remove(name);
            target.TryAddWithoutValidation(name, value);
        }

        return response;
    }
}
