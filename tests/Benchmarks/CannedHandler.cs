using System.Net;
using System.Net.Http.Headers;

namespace DiscordIntel.Benchmarks;

/// <summary>
/// The same answer for everybody. It reads the request as a socket would, and suspends once before it answers, so that every asynchronous layer above pays
/// for its state as on a real network.
/// </summary>
internal sealed class CannedHandler(byte[] answer) : HttpMessageHandler
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
        await Task.Yield();
        var content = new ByteArrayContent(answer);
        content.Headers.ContentType = Json;
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content, RequestMessage = request };
    }
}
