using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using DiscordIntel.Testing.Checks;
using DiscordIntel.Testing.Replies;

namespace DiscordIntel.Testing;

/// <summary>
/// A scripted reply for <see cref="OpenAIEmulator.Enqueue"/> and <see cref="OpenAIEmulator.Always"/>: an answer of the model,
/// an error of the service, or a fault of the connection. A reply holds no state and can be used any number of times.
/// </summary>
public sealed class EmulatorReply
{
    private readonly Func<EmulatorCall, CancellationToken, Task<WireAnswer>> _answer;

    private EmulatorReply(int status, Func<EmulatorCall, CancellationToken, Task<WireAnswer>> answer, bool isCompletion = false)
    {
        Status = status;
        IsCompletion = isCompletion;
        _answer = answer;
    }

    /// <summary>The status that it will answer with; 0 for none.</summary>
    internal int Status { get; }

    /// <summary>Whether it is a chat completion, which makes no sense as a list of models.</summary>
    internal bool IsCompletion { get; }

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
        new(404, (call, _) => Task.FromResult(WireAnswer.Json(404, ServiceErrors.ModelNotFound(call.Model).ToJson())));

    /// <summary>400 with the code <c>context_length_exceeded</c>.</summary>
    public static EmulatorReply ContextTooLong() => Error(ServiceErrors.ContextTooLong);

    /// <summary>Never answers: the request ends when it is cancelled or times out.</summary>
    public static EmulatorReply Stall() => new(0, async (_, cancellationToken) =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        throw new InvalidOperationException("An infinite delay ended.");
    });

    /// <summary>The connection is reset before an answer: <see cref="HttpRequestException"/> over <see cref="IOException"/> over <see cref="SocketException"/>.</summary>
    public static EmulatorReply Reset() => Fault(() => new HttpRequestException(
        "An error occurred while sending the request.",
        new IOException(
            "Unable to read data from the transport connection: Connection reset by peer.",
            new SocketException((int)SocketError.ConnectionReset))));

    /// <summary>Nobody listens: <see cref="HttpRequestException"/> over <see cref="SocketException"/>.</summary>
    public static EmulatorReply ConnectionRefused() => Fault(() => new HttpRequestException(
        HttpRequestError.ConnectionError,
        "Connection refused (emulator:443)",
        new SocketException((int)SocketError.ConnectionRefused)));

    /// <summary>200 with JSON that is cut off in the middle.</summary>
    public static EmulatorReply MalformedBody() => new(
        200,
        (call, _) =>
        {
            string whole = CompletionWriter.Write(call, new Completion { Content = "This reply is cut off." });
            return Task.FromResult(WireAnswer.Json(200, whole[..(whole.Length / 2)]));
        },
        isCompletion: true);

    /// <summary>200 without a body.</summary>
    public static EmulatorReply EmptyBody() => Raw(200, "");

    /// <summary>200 with an error as the body, as some compatible servers send it.</summary>
    /// <param name="code">The error's <c>code</c> and <c>type</c>.</param>
    public static EmulatorReply ErrorInOk(string code = "server_error")
    {
        ArgumentNullException.ThrowIfNull(code);
        return Error(ServiceErrors.Internal with { Status = 200, Type = code, Code = code });
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
        return Fixed(new WireAnswer(status, body, contentType, [.. headers]));
    }

    internal static EmulatorReply Completion(Func<EmulatorCall, Completion> build) => new(
        200, (call, _) => Task.FromResult(WireAnswer.Json(200, CompletionWriter.Write(call, build(call)))), isCompletion: true);

    internal static EmulatorReply Error(ApiError error, params (string Name, string Value)[] headers) =>
        Fixed(new WireAnswer(error.Status, error.ToJson(), WireAnswer.JsonType, headers));

    internal static EmulatorReply Fixed(WireAnswer answer) => new(answer.Status, (_, _) => Task.FromResult(answer));

    internal Task<WireAnswer> AnswerAsync(EmulatorCall call, CancellationToken cancellationToken) => _answer(call, cancellationToken);

    private static EmulatorReply Fault(Func<Exception> fault) => new(0, (_, _) => Task.FromException<WireAnswer>(fault()));
}
