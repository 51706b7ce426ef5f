using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using DiscordIntel.Pipeline;
using DiscordIntel.Providers.Wire;
using DiscordIntel.Results;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers;

/// <summary>The only catch: below it faults are exceptions of many makes, above it they are values of one.</summary>
internal static class ProviderGateway
{
    /// <summary>Sends one plain request.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<Attempt> SendAsync(IChatClient client, CallContext context, CancellationToken attemptToken)
    {
        try
        {
            ChatResponse reply = await client.GetResponseAsync(context.Call.Messages, context.ChatOptions, attemptToken).ConfigureAwait(false);
            return new Attempt { Reply = reply, Error = ReplyVerdict.Of(reply) };
        }
        catch (Exception fault)
        {
            return Failed(fault, context);
        }
    }

    /// <summary>Opens a stream and reads to its first text: faults before it show only there, and may be tried again.</summary>
    public static async ValueTask<Attempt> OpenAsync(IChatClient client, CallContext context, CancellationToken attemptToken)
    {
        var stream = new ModelStream(context);
        Attempt attempt;

        // The attempt's token may end the opening, and nothing after it.
        using (attemptToken.UnsafeRegister(static state => ((ModelStream)state!).GiveUp(), stream))
        {
            try
            {
                stream.GiveUpAfter(context.Options.Resilience.FirstChunkTimeout);
                stream.Attach(client is IReplyStreamSource source
                    ? await source.OpenAsync(context.Call.Messages, context.ChatOptions, stream.Token).ConfigureAwait(false)
                    : new UpdateStream(client.GetStreamingResponseAsync(context.Call.Messages, context.ChatOptions, stream.Token).GetAsyncEnumerator(stream.Token)));
                bool hasText = await stream.NextAsync(context.Options.Resilience.FirstChunkTimeout).ConfigureAwait(false);
                context.CallerToken.ThrowIfCancellationRequested();
                if (hasText)
                {
                    return new Attempt { Stream = stream };
                }

                // It ended without a word: refused, cut off, empty. What it says of itself may be billed as any other reply.
                attempt = Ended(stream);
            }
            catch (Exception fault)
            {
                attempt = Failed(fault, context);
            }
        }

        // By which the provider finds the request, also where it gave no text.
        context.NoteRequest(stream.ToResponse());
        await CloseAsync(stream).ConfigureAwait(false);
        return attempt;
    }

    /// <summary>Closes a stream. What a client throws at that is of no use to anybody: all that counts has been read.</summary>
    public static async ValueTask CloseAsync(ModelStream stream)
    {
        try
        {
            await stream.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Nothing is left to do.
        }
    }

    /// <summary>
    /// Moves a stream on to its next text; false at its end, of which <see cref="ModelStream.End"/> tells. A fault after the first text is
    /// <see cref="StepErrorKind.StreamInterrupted"/>, never tried again.
    /// </summary>
    public static ValueTask<bool> NextAsync(ModelStream stream, CallContext context)
    {
        // Most pieces are there already: they are handed on without an asynchronous method around each.
        try
        {
            ValueTask<bool> next = stream.NextAsync(context.Options.Resilience.ChunkTimeout);
            return next.IsCompletedSuccessfully ? new(Moved(next.Result, stream, context)) : AwaitAsync(next, stream, context);
        }
        catch (Exception fault)
        {
            return new(Interrupted(fault, stream, context));
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<bool> AwaitAsync(ValueTask<bool> next, ModelStream stream, CallContext context)
    {
        try
        {
            return Moved(await next.ConfigureAwait(false), stream, context);
        }
        catch (Exception fault)
        {
            return Interrupted(fault, stream, context);
        }
    }

    private static bool Moved(bool hasText, ModelStream stream, CallContext context)
    {
        // A client may pass over its token, or take it for the end of the stream: neither makes a success of a cancelled call.
        context.CallerToken.ThrowIfCancellationRequested();
        if (!hasText)
        {
            stream.End = Ended(stream);
        }

        return hasText;
    }

    private static bool Interrupted(Exception fault, ModelStream stream, CallContext context)
    {
        Attempt failed = Failed(fault, context);
        StepError? error = failed.Error;
        if (error is { Kind: StepErrorKind.ProviderUnavailable or StepErrorKind.Timeout or StepErrorKind.InvalidResponse or StepErrorKind.Unexpected })
        {
            error = error with { Kind = StepErrorKind.StreamInterrupted, IsRetryable = true };
        }

        stream.End = failed with { Error = error is null ? null : error with { Partial = stream.TextSoFar }, IsTransient = false };
        return false;
    }

    private static Attempt Ended(ModelStream stream)
    {
        ChatResponse reply = stream.ToResponse();
        bool isBrokenOff = ReplyVerdict.KindOf(reply.FinishReason?.Value) is StepErrorKind.ProviderUnavailable;
        if (stream.IsComplete && (!stream.HasText || !isBrokenOff))
        {
            return new Attempt { Reply = reply, Error = ReplyVerdict.Of(reply) };
        }

        var cut = new StepError
        {
            Kind = stream.HasText ? StepErrorKind.StreamInterrupted : StepErrorKind.ProviderUnavailable,
            Message = isBrokenOff ? ReplyVerdict.BrokenOff : "The stream ended before the answer was complete.",
            Partial = stream.TextSoFar,
            IsRetryable = true,
        };

        // What it said of its usage before it broke off is its bill.
        return new Attempt { Reply = reply.Usage is null ? null : reply, Error = cut, IsTransient = !stream.HasText, BillIsUnknown = true };
    }

    /// <summary>Lets a client read a reply. What a reader throws (a converter of the host's, say) is an unreadable answer.</summary>
    public static Reading<T> Read<T>(ModelCall<T> call, ChatResponse reply)
        where T : notnull
    {
        try
        {
            return call.Read(reply);
        }
        catch (Exception fault)
        {
            // A type that the serializer cannot make is the host's to change; asking again would cost the same again.
            bool hopeless = fault is NotSupportedException;
            string place = (fault as JsonException)?.Path is { } path ? $" at {path}" : "";
            return Reading<T>.Failed(new StepError
            {
                Kind = hopeless ? StepErrorKind.InvalidRequest : StepErrorKind.InvalidResponse,
                Message = hopeless
                    ? $"The answer cannot be read into {typeof(T).Name}: the serializer does not support one of its types. Use arrays, lists and classes with setters."
                    : $"The answer could not be read{place} ({fault.GetType().Name}).",
                Partial = reply.Text,
                IsRetryable = !hopeless,
                Exception = fault,
            });
        }
    }

    private static Attempt Failed(Exception fault, CallContext context)
    {
        ProviderFault described = Describe(fault);
        if (context.CallerToken.IsCancellationRequested)
        {
            return new Attempt { IsCancelled = true, BillIsUnknown = !IsCertainlyUnbilled(fault, described) };
        }

        (StepErrorKind kind, bool transient) = ErrorClassifier.Classify(described);
        context.Account.RequestId = context.Shown(described.RequestId) ?? context.Account.RequestId;
        if (IsUnsent(described))
        {
            context.Account.Attempts--;
        }

        var error = new StepError
        {
            Kind = kind,
            Message = Sentence(described, context),
            IsRetryable = ErrorClassifier.IsRetryable(kind),
            RetryAfter = described.RetryAfter,
            Exception = QuotesTheProvider(fault) ? null : fault,
        };

        return new Attempt { Error = error, IsTransient = transient, BillIsUnknown = !IsCertainlyUnbilled(fault, described) };
    }

    // Not billed: a request refused (4xx), one never written, a connection never made. What was sent and not answered may be.
    private static bool IsCertainlyUnbilled(Exception fault, ProviderFault described) => fault switch
    {
        ClientResultException { Status: 0, InnerException: { } inner } => IsCertainlyUnbilled(inner, described),
        HttpRequestException { StatusCode: null } http => http.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        ProviderException or ClientResultException or HttpRequestException => described.Status is >= 400 and < 500 || IsUnsent(described),
        _ => false,
    };

    // Our own checks of the request found a fault; nothing left the house.
    private static bool IsUnsent(ProviderFault described) => described is { Kind: StepErrorKind.InvalidRequest, Status: 0 };

    // Such an exception says what the provider said, key and content included; what of it is safe stands in the error's message.
    private static bool QuotesTheProvider(Exception fault) => fault is ProviderException or ClientResultException { Status: > 0 };

    private static ProviderFault Describe(Exception fault) => fault switch
    {
        ProviderException known => known.Fault,
        ClientResultException { Status: > 0 } foreign => OfForeignClient(foreign),
        ClientResultException { InnerException: { } inner } => Describe(inner),
        OperationCanceledException or TimeoutException => Ours(StepErrorKind.Timeout, 408, "The provider did not answer in time."),
        HttpRequestException { StatusCode: { } status } => new ProviderFault { Status = (int)status },
        HttpRequestException http => Ours(StepErrorKind.ProviderUnavailable, 0, $"The provider could not be reached ({Reason(http)})."),
        IOException io => Ours(StepErrorKind.ProviderUnavailable, 0, $"The connection to the provider broke ({Reason(io)})."),
        JsonException => Ours(StepErrorKind.InvalidResponse, 200, "The answer is not the JSON that was expected."),
        _ => Ours(StepErrorKind.Unexpected, 0, $"An unexpected fault ({fault.GetType().Name})."),
    };

    private static ProviderFault OfForeignClient(ClientResultException fault)
    {
        PipelineResponse? response = fault.GetRawResponse();
        var head = new ProviderFault { Status = fault.Status };
        return response?.ContentStream is { CanSeek: true } ? ErrorReader.Read(response.Content.ToMemory(), head) : head;
    }

    private static ProviderFault Ours(StepErrorKind kind, int status, string message) =>
        new() { Kind = kind, Status = status, Message = message, IsOurs = true };

    private static string Reason(Exception fault) => fault switch
    {
        HttpRequestException { InnerException: IOException inner } => Reason(inner),
        HttpRequestException { InnerException: SocketException inner } => Reason(inner),
        HttpRequestException http => http.HttpRequestError.ToString(),
        SocketException socket => socket.SocketErrorCode.ToString(),
        { InnerException: SocketException inner } => Reason(inner),
        _ => fault.GetType().Name,
    };

    private static string Sentence(ProviderFault fault, CallContext context)
    {
        if (fault is { IsOurs: true, Message: { } ours })
        {
            return ours;
        }

        string? said = Clean(fault.Message);
        string head = $"{context.Provider} answered {fault.Status}{(Clean(fault.Code) is { } code ? $" ({code})" : "")}";
        string body = said is null ? "." : said.EndsWith('.') ? $": {said}" : $": {said}.";
        return fault.Status is 404 or (>= 300 and < 400) ? $"{head}{body} Check the model '{context.Model}' and DiscordIntel:OpenAI:BaseUrl." : head + body;

        string? Clean(string? text) => text is null or "" ? null
            : Scrubber.Clean(text, context.Secrets, context.Call.Messages);
    }
}
