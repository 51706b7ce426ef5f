using DiscordIntel.Testing.Http;
using DiscordIntel.Testing.Replies;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DiscordIntel.Testing.Server;

/// <summary>Answers the requests of one listening server.</summary>
internal sealed class LoopbackApplication(OpenAIEmulator emulator, IProgress<EmulatorRequest>? answered, CancellationToken stopping) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
        // It holds nothing.
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        CancellationToken aborted = context.RequestAborted;
        ReceivedRequest received = await ReceivedRequest.ReadAsync(context.Request, aborted).ConfigureAwait(false);
        (EmulatorCall call, EmulatorReply reply) = emulator.Receive(received, stopping);
        try
        {
            WireAnswer answer = await reply.AnswerAsync(call, aborted).ConfigureAwait(false);
            await SendAsync(answer, call, context.Response, aborted).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            // A scripted fault, a client that has gone, or a silence at the end of the server: on a socket they are all the same.
            context.Abort();
        }
        finally
        {
            answered?.Report(call.ToRecord());
        }
    }

    private static async Task SendAsync(WireAnswer answer, EmulatorCall call, HttpResponse response, CancellationToken aborted)
    {
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.Headers[EmulatorCall.RequestIdHeader] = call.RequestId;
        foreach ((string name, string value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        if (answer.Pieces is not { } pieces)
        {
            // 204 and 304 may have neither.
            if (answer.Status is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified))
            {
                response.ContentLength = answer.Whole.Length;
                await response.Body.WriteAsync(answer.Whole, aborted).ConfigureAwait(false);
            }

            return;
        }

        // The status is on its way before the first piece, and every piece before the next.
        await response.StartAsync(aborted).ConfigureAwait(false);
        await response.Body.FlushAsync(aborted).ConfigureAwait(false);
        await foreach (ReadOnlyMemory<byte> piece in pieces.WithCancellation(aborted).ConfigureAwait(false))
        {
            await response.Body.WriteAsync(piece, aborted).ConfigureAwait(false);
            await response.Body.FlushAsync(aborted).ConfigureAwait(false);
        }
    }
}
