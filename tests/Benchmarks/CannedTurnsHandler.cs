using System.Net;
using System.Net.Http.Headers;

namespace DiscordIntel.Benchmarks;

/// <summary>Answers one caller's requests in turn, from the first answer again after the last. Like <see cref="CannedHandler"/> it suspends once.</summary>
internal sealed class CannedTurnsHandler(byte[][] answers) : HttpMessageHandler
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private int _next;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
        await Task.Yield();
        var content = new ByteArrayContent(answers[_next++ % answers.Length]);
        content.Headers.ContentType = Json;
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content, RequestMessage = request };
    }
}
