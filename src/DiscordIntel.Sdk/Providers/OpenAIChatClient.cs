using System.Buffers;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using DiscordIntel.Providers.Wire;
using DiscordIntel.Results;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers;

/// <summary>
/// Chat Completions and Responses over the pipeline and the transport of the OpenAI package, with our own message and JSON. (Its typed methods accept cut-off and
/// faulty answers, throw on words they do not know, and allocate two to three times as much; its protocol methods make a new address and a dozen headers for every
/// call.) <see cref="RequestShape"/> says which of the two a request takes.
/// </summary>
internal sealed class OpenAIChatClient(ClientPipeline pipeline, OpenAIOptions server, SafetyIdentifier identifier, TimeProvider time) : IChatClient, IReplyStreamSource
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Servers that need no key ignore this one; some insist on the header all the same.
    private readonly string _authorization = $"Bearer {(string.IsNullOrWhiteSpace(server.ApiKey) ? "none" : server.ApiKey)}";
    private readonly Uri _chat = Address(server, ChatEndpoint.Instance.Path);
    private readonly Uri _responses = Address(server, ResponsesEndpoint.Instance.Path);
    private readonly OpenAIApi _api = server.Api;

    // One writer is kept for the next call; a second call at the same time makes its own.
    private BodyWriter? _spareWriter;

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        RequestShape shape = RequestShape.For(options, _api);
        using PipelineMessage message = Message(Body(messages, options, shape, stream: false), AddressOf(shape), cancellationToken);
        await pipeline.SendAsync(message).ConfigureAwait(false);
        using PipelineResponse response = message.ExtractResponse()!;
        using Stream stream = await BodyAsync(response, cancellationToken).ConfigureAwait(false);
        using ResponseBody answer = await ResponseBody.ReadAsync(stream, cancellationToken).ConfigureAwait(false);
        return Read(answer.Memory, response, shape);
    }

    /// <summary>Sends the request and gives the stream when the answer has begun; a refusal by status is thrown here.</summary>
    public async ValueTask<IReplyStream> OpenAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        RequestShape shape = RequestShape.For(options, _api);
        using PipelineMessage message = Message(Body(messages, options, shape, stream: true), AddressOf(shape), cancellationToken);
        await pipeline.SendAsync(message).ConfigureAwait(false);
        PipelineResponse response = message.ExtractResponse()!;
        try
        {
            Stream stream = await BodyAsync(response, cancellationToken).ConfigureAwait(false);
            if (IsWhole(response))
            {
                await using (stream.ConfigureAwait(false))
                {
                    using ResponseBody answer = await ResponseBody.ReadAsync(stream, cancellationToken).ConfigureAwait(false);
                    return new WholeReply(Read(answer.Memory, response, shape));
                }
            }

            PipelineResponse opened = response;
            response = null!;
            return new ChatReplyStream(opened, stream, shape.Endpoint.ReadEvents(), Details(opened, shape), cancellationToken);
        }
        finally
        {
            response?.Dispose();
        }
    }

    /// <summary>The reply as updates, for code that speaks in them; the SDK itself reads the stream below.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReplyStream stream = await OpenAsync(messages, options, cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable closing = stream.ConfigureAwait(false);
        while (await stream.NextAsync().ConfigureAwait(false))
        {
            if (stream.Text.Length > 0)
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, stream.Text);
            }
        }

        // An end without a finish reason is how a cut-off stream shows in this vocabulary.
        foreach (ChatResponseUpdate update in stream.ToResponse("").ToChatResponseUpdates())
        {
            update.FinishReason = stream.IsComplete ? update.FinishReason : null;
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;
    }

    public void Dispose()
    {
        // The HTTP client belongs to the factory.
    }

    private async ValueTask<Stream> BodyAsync(PipelineResponse response, CancellationToken cancellationToken)
    {
        // Taken out: with a memory stream behind it, the response's own disposal reads the position of a stream already closed.
        Stream stream = response.ContentStream ?? Stream.Null;
        response.ContentStream = null;
        if (response.Status is >= 200 and < 300)
        {
            return stream;
        }

        await using (stream.ConfigureAwait(false))
        {
            throw new ProviderException(await ReadErrorAsync(stream, Head(response), cancellationToken).ConfigureAwait(false));
        }
    }

    private Uri AddressOf(RequestShape shape) => shape.Endpoint == ResponsesEndpoint.Instance ? _responses : _chat;

    private PipelineMessage Message(JsonBody body, Uri address, CancellationToken cancellationToken)
    {
        PipelineMessage message = pipeline.CreateMessage();
        message.Apply(new RequestOptions { CancellationToken = cancellationToken, BufferResponse = false });
        PipelineRequest request = message.Request;
        request.Method = "POST";
        request.Uri = address;
        request.Content = body;
        request.Headers.Set("Content-Type", "application/json");
        request.Headers.Set("Accept", "application/json");
        request.Headers.Set("User-Agent", "DiscordIntel.Sdk");
        request.Headers.Set("Authorization", _authorization);

        return message;
    }

    private JsonBody Body(IEnumerable<ChatMessage> messages, ChatOptions? options, RequestShape shape, bool stream)
    {
        BodyWriter writer = Interlocked.Exchange(ref _spareWriter, null) ?? new BodyWriter();
        Span<char> pseudonym = stackalloc char[SafetyIdentifier.Length];
        int length = identifier.Write((options as IntelChatOptions)?.Scope, pseudonym);
        shape.Endpoint.Write(writer.Json, messages, options, shape, pseudonym[..length], stream);
        byte[] utf8 = writer.Buffer.WrittenSpan.ToArray();
        if (writer.Buffer.Capacity <= BodyWriter.MaxKept)
        {
            writer.Reset();
            _spareWriter = writer;
        }

        return new JsonBody(utf8);
    }

    private static async ValueTask<ProviderFault> ReadErrorAsync(Stream stream, ProviderFault head, CancellationToken cancellationToken)
    {
        try
        {
            using ResponseBody body = await ResponseBody.ReadAsync(stream, cancellationToken).ConfigureAwait(false);
            return ErrorReader.Read(body.Memory, head);
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException or ProviderException or OperationCanceledException)
        {
            // Broken off, stalled or endless: status and headers have said what matters, and must not become a connection fault.
            return head;
        }
    }

    private ChatResponse Read(ReadOnlyMemory<byte> body, PipelineResponse response, RequestShape shape)
    {
        ChatReply reply;
        try
        {
            reply = shape.Endpoint.Read(WithoutMark(body.Span));
        }
        catch (JsonException broken)
        {
            string what = body.Length == 0 ? "is empty." : $"is not a JSON object (byte {broken.BytePositionInLine ?? 0} of line {(broken.LineNumber ?? 0) + 1}, {body.Length} bytes).";
            string hint = Header(response, "content-type")?.Contains("html", StringComparison.OrdinalIgnoreCase) is true ? " It is a web page: check DiscordIntel:OpenAI:BaseUrl." : "";
            throw new ProviderException(Head(response) with
            {
                Kind = StepErrorKind.InvalidResponse,
                Message = $"The answer {what}{hint}",
                IsOurs = true,
            });
        }

        if (reply.Error is { } error)
        {
            ProviderFault head = Head(response);
            throw new ProviderException(error with { Status = 200, RequestId = head.RequestId, RetryAfter = head.RetryAfter });
        }

        if (!reply.HasChoice)
        {
            throw new ProviderException(Head(response) with { Kind = StepErrorKind.InvalidResponse, Message = "The answer holds no output.", IsOurs = true });
        }

        return ChatReplyMapper.ToResponse(reply, Details(response, shape).With(reply));
    }

    private static ReplyDetails Details(PipelineResponse response, RequestShape shape) => new()
    {
        RequestId = RequestId(response),
        Api = shape.Endpoint.Name,
        Adjustments = shape.Adjustments,
        Pause = RateLimitHeaders.Pause(response, static (from, name) => Header(from, name)),
    };

    private static Uri Address(OpenAIOptions server, string path) =>
        new UriBuilder(server.Endpoint) { Path = server.Endpoint.AbsolutePath.TrimEnd('/') + path }.Uri;

    // Some servers do not stream, and proxies answer with a page: both say so. An error with status 200 may come as plain JSON, too.
    private static bool IsWhole(PipelineResponse response) => Header(response, "content-type") is { } type
        && (type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) || type.StartsWith("text/html", StringComparison.OrdinalIgnoreCase));

    // Some servers put a byte order mark before their JSON.
    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> utf8) => utf8.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? utf8[3..] : utf8;

    private ProviderFault Head(PipelineResponse response) => new()
    {
        Status = response.Status,
        RequestId = RequestId(response),
        RetryAfter = RetryHints.RetryAfter(Header(response, "retry-after-ms"), Header(response, "retry-after"), time.GetUtcNow())
            ?? (response.Status == 429 ? RateLimitHeaders.Pause(response, static (from, name) => Header(from, name)) : null),
        ShouldRetry = Header(response, "x-should-retry") switch { "true" => true, "false" => false, _ => null },
    };

    private static string? RequestId(PipelineResponse response) => Header(response, "x-request-id") ?? Header(response, "x-generation-id");

    private static string? Header(PipelineResponse response, string name) => response.Headers.TryGetValue(name, out string? value) ? value : null;

    private sealed class BodyWriter
    {
        public const int MaxKept = 256 * 1024;

        public BodyWriter() => Json = new Utf8JsonWriter(Buffer, WriterOptions);

        public ArrayBufferWriter<byte> Buffer { get; } = new(4 * 1024);

        public Utf8JsonWriter Json { get; }

        public void Reset()
        {
            Buffer.ResetWrittenCount();
            Json.Reset(Buffer);
        }
    }
}
