using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using DiscordIntel.Testing.Checks;
using DiscordIntel.Testing.Replies;
using DiscordIntel.Testing.Streaming;

namespace DiscordIntel.Testing;

/// <summary>
/// A scripted reply for <see cref="OpenAIEmulator.Enqueue"/> and <see cref="OpenAIEmulator.Always"/>: an answer of the model,
/// an error of the service, or a fault of the connection. A reply holds no state and can be used any number of times.
/// </summary>
/// <remarks>
/// A request with <c>stream: true</c> gets a completion as server-sent events: a first chunk that names the role, a word in each of the next, one with the
/// finish reason, the usage when it was asked for, and <c>[DONE]</c>. Methods such as <see cref="CutAfter"/> give a reply that streams otherwise.
/// Their counts are of chunks, the first one and those of finish reason and usage included, and not of comments and <c>[DONE]</c>.
/// On Responses the same replies are events: those that one chunk would stand for are counted as one, and the event that ends the response is the last, in place of
/// usage and <c>[DONE]</c>.
/// </remarks>
public sealed partial class EmulatorReply
{
    private readonly Func<EmulatorCall, StreamScript, CancellationToken, Task<WireAnswer>> _answer;
    private readonly StreamScript _stream;

    private EmulatorReply(
        int status, Func<EmulatorCall, StreamScript, CancellationToken, Task<WireAnswer>> answer, bool isCompletion = false, StreamScript? stream = null)
    {
        Status = status;
        IsCompletion = isCompletion;
        _answer = answer;
        _stream = stream ?? StreamScript.Default;
    }

    /// <summary>The status that it will answer with; 0 for none.</summary>
    internal int Status { get; }

    /// <summary>Whether it is a chat completion, which makes no sense as a list of models.</summary>
    internal bool IsCompletion { get; }

    /// <summary>The reply that a request gets when nothing is scripted, to be given a stream of its own kind.</summary>
    public static EmulatorReply Default() => DefaultReply.ForChat;

    /// <summary>A chat completion with this text.</summary>
    public static EmulatorReply Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Completion(_ => new Completion { Content = text });
    }

    /// <summary>A chat completion whose text is this JSON, as it stands.</summary>
    /// <exception cref="ArgumentException"><paramref name="json"/> is not JSON. For text that only looks like it, use <see cref="Text"/>.</exception>
    public static EmulatorReply Json(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
        }
        catch (JsonException fault)
        {
            throw new ArgumentException("The reply is not JSON. For text that only looks like it, use Text.", nameof(json), fault);
        }

        return Text(json);
    }

    /// <summary>The model refuses: <c>refusal</c> holds the words and <c>content</c> is null.</summary>
    public static EmulatorReply Refusal(string words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return Completion(_ => new Completion { Refusal = words });
    }

    /// <summary>The model calls functions and says nothing: finish reason <c>tool_calls</c>.</summary>
    /// <param name="calls">The functions by name, each with its arguments as the text that the model writes, which should be JSON.</param>
    /// <exception cref="ArgumentException"><paramref name="calls"/> are empty, or a text in them is null.</exception>
    public static EmulatorReply ToolCalls(params (string Name, string Arguments)[] calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        if (calls.Length == 0 || calls.Any(call => call.Name is null || call.Arguments is null))
        {
            throw new ArgumentException("Name at least one function, each with its arguments.", nameof(calls));
        }

        (string, string)[] kept = [.. calls];
        return Completion(_ => new Completion { ToolCalls = kept, FinishReason = "tool_calls" });
    }

    /// <summary>The answer was cut off at the token limit: the text so far, with the finish reason <c>length</c>.</summary>
    public static EmulatorReply Truncated(string partial)
    {
        ArgumentNullException.ThrowIfNull(partial);
        return Completion(_ => new Completion { Content = partial, FinishReason = "length" });
    }

    /// <summary>The content filter took the answer away: finish reason <c>content_filter</c>.</summary>
    /// <param name="withMessage">False leaves the choice without a <c>message</c>, as Azure OpenAI sends it.</param>
    public static EmulatorReply ContentFiltered(bool withMessage = true) =>
        Completion(_ => new Completion { Content = "", FinishReason = "content_filter", HasMessage = withMessage });

    /// <summary>A chat completion whose <c>choices</c> are empty.</summary>
    public static EmulatorReply NoChoices() => Completion(_ => new Completion { HasChoice = false });

    /// <summary>429 with the code <c>rate_limit_exceeded</c>.</summary>
    /// <param name="retryAfter">Sent as <c>Retry-After</c> in whole seconds, rounded up, and as <c>retry-after-ms</c>; null sends neither.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="retryAfter"/> is negative.</exception>
    public static EmulatorReply RateLimited(TimeSpan? retryAfter = null)
    {
        if (retryAfter is { } wait)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(wait, TimeSpan.Zero, nameof(retryAfter));
        }

        return Error(ServiceErrors.RateLimited, ServiceErrors.RetryHeaders(retryAfter));
    }

    /// <summary>429 with the code <c>insufficient_quota</c> and <c>x-should-retry: false</c>: waiting does not help.</summary>
    public static EmulatorReply QuotaExhausted() => Error(ServiceErrors.QuotaExhausted, ("x-should-retry", "false"));

    /// <summary>A fault inside the service.</summary>
    /// <param name="status">The status, 500 to 599.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is not one of a server error.</exception>
    public static EmulatorReply ServerError(int status = 500)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 500);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        return Error(ServiceErrors.Internal with { Status = status });
    }

    /// <summary>503: the service is overloaded.</summary>
    public static EmulatorReply Overloaded() => Error(ServiceErrors.Overloaded);

    /// <summary>401 with the code <c>invalid_api_key</c>.</summary>
    public static EmulatorReply Unauthorized() => Error(ServiceErrors.Unauthorized);

    /// <summary>404 with the code <c>model_not_found</c> for the model of the request.</summary>
    public static EmulatorReply ModelNotFound() =>
        new(404, (call, _, _) => Task.FromResult(WireAnswer.Json(404, ServiceErrors.ModelNotFound(call.Model).ToJson())));

    /// <summary>400 with the code <c>context_length_exceeded</c>.</summary>
    public static EmulatorReply ContextTooLong() => Error(ServiceErrors.ContextTooLong);

    /// <summary>Never answers: the request ends when it is cancelled or times out.</summary>
    public static EmulatorReply Stall() => new(0, async (call, _, cancellationToken) =>
    {
        await Silence.KeepAsync(call, cancellationToken).ConfigureAwait(false);
        throw new InvalidOperationException("A silence ended.");
    });

    /// <summary>The connection is reset before an answer: <see cref="HttpRequestException"/> over <see cref="IOException"/> over <see cref="SocketException"/>.</summary>
    public static EmulatorReply Reset() => Fault(() => new HttpRequestException(
        "An error occurred while sending the request.", CompletionStream.Reset()));

    /// <summary>
    /// Nobody listens: <see cref="HttpRequestException"/> over <see cref="SocketException"/>. On a port, where somebody does listen, it is like <see cref="Reset"/>.
    /// </summary>
    public static EmulatorReply ConnectionRefused() => Fault(() => new HttpRequestException(
        HttpRequestError.ConnectionError,
        "Connection refused (emulator:443)",
        new SocketException((int)SocketError.ConnectionRefused)));

    /// <summary>200 with JSON that is cut off in the middle; in a stream, an event whose JSON is, behind the first chunk.</summary>
    public static EmulatorReply MalformedBody()
    {
        var completion = new Completion { Content = "This reply is cut off." };
        return new EmulatorReply(
            200,
            (call, stream, _) => Task.FromResult(call.IsStream ? Streamed(call, completion, stream) : Half(call, completion)),
            isCompletion: true,
            new StreamScript { Break = new StreamBreak(1, StreamBreakKind.Malformed) });

        static WireAnswer Half(EmulatorCall call, Completion completion)
        {
            string whole = Written(call, completion, withUsage: true);
            return WireAnswer.Json(200, whole[..(whole.Length / 2)]);
        }
    }

    /// <summary>200 without a body.</summary>
    public static EmulatorReply EmptyBody() => Raw(200, "");

    /// <summary>200 with an error as the body, as some compatible servers send it; in a stream, as its only event.</summary>
    /// <param name="code">The error's <c>code</c> and <c>type</c>.</param>
    public static EmulatorReply ErrorInOk(string code = "server_error")
    {
        ArgumentNullException.ThrowIfNull(code);
        string error = (ServiceErrors.Internal with { Status = 200, Type = code, Code = code }).ToJson();
        return new EmulatorReply(200, (call, _, _) => Task.FromResult(
            call.IsStream ? WireAnswer.Of(200, $"data: {error}\n\n", WireAnswer.EventsType) : WireAnswer.Json(200, error)));
    }

    /// <summary>502 with HTML, as a gateway in between sends it.</summary>
    public static EmulatorReply BadGateway() => Raw(502, ServiceErrors.BadGatewayPage, "text/html");

    /// <summary>Exactly this answer.</summary>
    /// <param name="status">The status, 200 to 599.</param>
    /// <param name="body">The body, sent as UTF-8.</param>
    /// <param name="contentType">The media type, with parameters if need be.</param>
    /// <param name="headers">Further headers; one that the emulator would set replaces it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is outside its range.</exception>
    /// <exception cref="FormatException"><paramref name="contentType"/> is not a media type.</exception>
    public static EmulatorReply Raw(int status, string body, string contentType = "application/json", params (string Name, string Value)[] headers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(headers);
        _ = MediaTypeHeaderValue.Parse(contentType);
        return Fixed(WireAnswer.Of(status, body, contentType, [.. headers]));
    }

    internal static EmulatorReply Completion(Func<EmulatorCall, Completion> build) => new(
        200,
        (call, stream, _) =>
        {
            Completion completion = build(call);
            return Task.FromResult(call.IsStream
                ? Streamed(call, completion, stream)
                : WireAnswer.Json(200, Written(call, completion, stream.Usage ?? true)));
        },
        isCompletion: true);

    internal static EmulatorReply Error(ApiError error, params (string Name, string Value)[] headers) =>
        Fixed(WireAnswer.Of(error.Status, error.ToJson(), WireAnswer.JsonType, headers));

    internal static EmulatorReply Fixed(WireAnswer answer) => new(answer.Status, (_, _, _) => Task.FromResult(answer));

    internal async Task<WireAnswer> AnswerAsync(EmulatorCall call, CancellationToken cancellationToken)
    {
        WireAnswer answer = await _answer(call, _stream, cancellationToken).ConfigureAwait(false);
        return _stream.ReadLength is { } bytes ? answer.InReadsOf(bytes) : answer;
    }

    private static WireAnswer Streamed(EmulatorCall call, Completion completion, StreamScript stream)
    {
        call.Begin(isStream: true);
        return WireAnswer.Events(call.IsResponses ? ResponseStream.WriteAsync(call, completion, stream) : CompletionStream.WriteAsync(call, completion, stream));
    }

    private static string Written(EmulatorCall call, Completion completion, bool withUsage)
    {
        call.Begin(isStream: false);
        call.Generated(completion.Written);
        return call.IsResponses ? ResponseWriter.Write(call, completion, withUsage) : CompletionWriter.Write(call, completion, withUsage);
    }

    private static EmulatorReply Fault(Func<Exception> fault) => new(0, (_, _, _) => Task.FromException<WireAnswer>(fault()));
}
