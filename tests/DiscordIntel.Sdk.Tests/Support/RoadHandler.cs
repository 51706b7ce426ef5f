using System.Text;
using System.Text.Json;
using DiscordIntel.TestKit;

namespace DiscordIntel.Tests.Support;

/// <summary>
/// The end of the road in these tests: gives the answers it was told to, in order (the last one again and again), and keeps every request.
/// It answers at once, so a call that waits does so on the test's clock. Every body is held against OpenAI's description where that is present.
/// </summary>
internal sealed class RoadHandler(TimeProvider time) : HttpMessageHandler
{
    private readonly List<Func<CancellationToken, Task<HttpResponseMessage>>> _answers = [];

    public List<RoadRequest> Requests { get; } = [];

    /// <summary>What OpenAI's description has against the bodies sent.</summary>
    public List<string> Misfits { get; } = [];

    public RoadHandler Then(int status, string body, params (string Name, string Value)[] headers) =>
        Then(_ => Task.FromResult(RoadAnswer.Of(status, Encoding.UTF8.GetBytes(body), headers)));

    /// <summary>A stream of events.</summary>
    public RoadHandler ThenEvents(string events) => Then(200, events, ("content-type", "text/event-stream"));

    /// <summary>A stream whose body the test drives.</summary>
    public RoadHandler ThenBody(RoadBody body) => Then(() => RoadAnswer.Of(200, new StreamContent(body), ("content-type", "text/event-stream")));

    public RoadHandler Then(Exception fault) => Then(_ => Task.FromException<HttpResponseMessage>(fault));

    public RoadHandler Then(Func<HttpResponseMessage> answer) => Then(_ => Task.FromResult(answer()));

    /// <summary>Never answers; only cancellation ends it.</summary>
    public RoadHandler ThenStall() => Then(static async token =>
    {
        await Task.Delay(Timeout.Infinite, token);
        throw new InvalidOperationException("The stall ended without a cancellation.");
    });

    public RoadHandler Then(Func<CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _answers.Add(answer);
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        Requests.Add(new RoadRequest(
            request.Method.Method, request.RequestUri!, request.Headers.Authorization?.ToString(), Encoding.UTF8.GetString(body), time.GetUtcNow()));
        using var document = JsonDocument.Parse(body);
        Misfits.AddRange(OpenApiDescription.Load()?.Check("CreateChatCompletionRequest", document.RootElement) ?? []);
        return await _answers[Math.Min(Requests.Count, _answers.Count) - 1](cancellationToken);
    }
}
