using System.Net.Sockets;
using DiscordIntel.Results;
using DiscordIntel.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Routing;

/// <summary>Retries, waits and deadlines of real calls over a canned server.</summary>
internal sealed class RetryTests
{
    [TestCase(400, null, 1)]
    [TestCase(401, "invalid_api_key", 1)]
    [TestCase(402, null, 1)]
    [TestCase(403, null, 1)]
    [TestCase(404, "model_not_found", 1)]
    [TestCase(413, null, 1)]
    [TestCase(422, null, 1)]
    [TestCase(429, "insufficient_quota", 1)]
    [TestCase(408, null, 3)]
    [TestCase(409, null, 3)]
    [TestCase(429, "rate_limit_exceeded", 3)]
    [TestCase(500, null, 3)]
    [TestCase(502, null, 3)]
    [TestCase(503, null, 3)]
    [TestCase(504, null, 3)]
    [TestCase(520, null, 3)]
    public async Task CompleteAsync_Status_IsSentAsOftenAsItMayHelp(int status, string? code, int requests)
    {
        using var host = new RoadHost();
        host.Handler.Then(status, RoadAnswer.Error("no", code));

        StepResult<string> result = await host.AskAsync();

        Assert.That(host.Handler.Requests, Has.Count.EqualTo(requests), "one retry owner: the package behind it adds none");
        Assert.That(result.Receipt.Attempts, Is.EqualTo(requests));
        Assert.That(result.IsSuccess, Is.False);
    }

    [TestCase(429)]
    [TestCase(503)]
    public async Task CompleteAsync_ServerSaysNotToRetry_SendsOnce(int status)
    {
        using var host = new RoadHost();
        host.Handler.Then(status, RoadAnswer.Error("no"), ("x-should-retry", "false"));

        await host.AskAsync();

        Assert.That(host.Handler.Requests, Has.Count.EqualTo(1));
    }

    private static IEnumerable<Exception> ConnectionFaults() =>
    [
        new HttpRequestException(HttpRequestError.ConnectionError, "refused", new SocketException((int)SocketError.ConnectionRefused)),
        new HttpRequestException(HttpRequestError.NameResolutionError, "unknown host"),
        new HttpRequestException(HttpRequestError.ResponseEnded, "ended", new HttpIOException(HttpRequestError.ResponseEnded)),
        new IOException("reset", new SocketException((int)SocketError.ConnectionReset)),
    ];

    [TestCaseSource(nameof(ConnectionFaults))]
    public async Task CompleteAsync_ConnectionFault_IsRetriedAndReported(Exception fault)
    {
        using var host = new RoadHost();
        host.Handler.Then(fault);

        StepResult<string> result = await host.AskAsync();

        Assert.That(host.Handler.Requests, Has.Count.EqualTo(3));
        Assert.That(result.Error!.Kind, Is.EqualTo(StepErrorKind.ProviderUnavailable));
        Assert.That(result.Error.IsRetryable, Is.True);
    }

    [Test]
    public async Task CompleteAsync_FaultInTheBody_IsRetried()
    {
        using var host = new RoadHost();
        host.Handler.Then(() => RoadAnswer.Of(200, new StreamContent(new BrokenStream()))).Then(200, RoadAnswer.Saying("Paris"));

        StepResult<string> result = await host.AskAsync();

        Assert.That(result.Value, Is.EqualTo("Paris"));
        Assert.That(result.Receipt.CostIsEstimated, Is.True, "the broken one may be billed");
    }

    /// <summary>The status has said what matters: an error whose body breaks off is not a connection fault.</summary>
    [TestCase(401, StepErrorKind.Unauthorized, 1)]
    [TestCase(429, StepErrorKind.RateLimited, 1)]
    [TestCase(502, StepErrorKind.ProviderUnavailable, 3)]
    public async Task CompleteAsync_ErrorWhoseBodyBreaksOff_KeepsItsKindAndHint(int status, StepErrorKind kind, int requests)
    {
        using var host = new RoadHost();
        (string, string)[] hint = status is 429 ? [("retry-after", "61")] : [];
        host.Handler.Then(() => RoadAnswer.Of(status, new StreamContent(new BrokenStream()), [("x-request-id", "req_1"), .. hint]));

        StepResult<string> result = await host.AskAsync();

        Assert.That((result.Error!.Kind, host.Handler.Requests.Count, result.Receipt.RequestId), Is.EqualTo((kind, requests, "req_1")));
        Assert.That(result.Error.RetryAfter, Is.EqualTo(status is 429 ? TimeSpan.FromSeconds(61) : null));
    }

    [Test]
    public async Task CompleteAsync_EndlessErrorPage_KeepsItsKind()
    {
        using var host = new RoadHost();
        host.Handler.Then(() => RoadAnswer.Of(502, new ByteArrayContent(new byte[33 * 1024 * 1024])));

        Assert.That((await host.AskAsync()).Error!.Kind, Is.EqualTo(StepErrorKind.ProviderUnavailable));
    }

    /// <summary>A real socket: nobody listens on port 1.</summary>
    [Test]
    public async Task CompleteAsync_NobodyListens_SaysSoAndIsNotBilled()
    {
        using var host = new RoadHost(options =>
        {
            options.OpenAI.PrimaryHandler = null;
            options.OpenAI.BaseUrl = "http://127.0.0.1:1/v1";
        });

        StepResult<string> result = await host.AskAsync().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.That((result.Error!.Kind, result.Error.Message, result.Receipt.Attempts), Is.EqualTo(
            (StepErrorKind.ProviderUnavailable, "The provider could not be reached (ConnectionRefused).", 3)));
    }

    [Test]
    public async Task CompleteAsync_Retries_SendTheSameWholeBody()
    {
        using var host = new RoadHost();
        host.Handler.Then(503, "").Then(429, "").Then(200, RoadAnswer.Saying("Paris"));

        StepResult<string> result = await host.AskAsync();

        Assert.That(result.Value, Is.EqualTo("Paris"));
        Assert.That(host.Handler.Requests.Select(request => request.Body), Is.All.EqualTo(host.Handler.Requests[0].Body));
        Assert.That(host.Handler.Requests[0].Json.GetProperty("messages")[0].GetProperty("content").GetString(), Is.EqualTo("What is the capital of France?"));
    }

    [TestCase("retry-after", "2", 2000)]
    [TestCase("retry-after", "Mon, 23 Nov 2026 12:00:07 GMT", 7000)]
    [TestCase("retry-after-ms", "1798", 1798)]
    public async Task CompleteAsync_RetryAfter_IsObeyedExactly(string header, string value, int milliseconds)
    {
        using var host = new RoadHost();
        host.Handler.Then(429, RoadAnswer.Error("busy"), (header, value)).Then(200, RoadAnswer.Saying("Paris"));

        Task<StepResult<string>> call = host.AskAsync();
        List<TimeSpan> waits = await host.Time.RunAsync(call);

        Assert.That((await call).Value, Is.EqualTo("Paris"));
        Assert.That(waits, Is.EqualTo(new[] { TimeSpan.FromMilliseconds(milliseconds) }));
        Assert.That(host.Handler.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task CompleteAsync_BothHints_TakesTheMilliseconds()
    {
        using var host = new RoadHost();
        host.Handler.Then(429, RoadAnswer.Error("busy"), ("retry-after-ms", "500"), ("retry-after", "30")).Then(200, RoadAnswer.Saying("Paris"));

        Task<StepResult<string>> call = host.AskAsync();
        host.Time.Advance(TimeSpan.FromMilliseconds(500));

        Assert.That((await call.WaitAsync(TimeSpan.FromSeconds(10))).Receipt.Elapsed, Is.EqualTo(TimeSpan.FromMilliseconds(500)));
    }

    [Test]
    public async Task CompleteAsync_RetryAfterTooLong_FailsAtOnceAndSaysWhen()
    {
        using var host = new RoadHost();
        host.Handler.Then(429, RoadAnswer.Error("busy"), ("retry-after", "61"));

        StepResult<string> result = await host.AskAsync().WaitAsync(TimeSpan.FromSeconds(10));

        Assert.That((result.Error!.Kind, result.Error.RetryAfter, result.Error.IsRetryable), Is.EqualTo((StepErrorKind.RateLimited, (TimeSpan?)TimeSpan.FromSeconds(61), true)));
        Assert.That(host.Handler.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task CompleteAsync_WaitBeyondTheDeadline_EndsAtOnceWithTheLastError()
    {
        using var host = new RoadHost();
        host.Handler.Then(429, RoadAnswer.Error("busy"), ("retry-after", "10"));

        StepResult<string> result = await host.AskAsync(generation: new GenerationOptions { Timeout = TimeSpan.FromSeconds(10) }).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.That((result.Error!.Kind, result.Error.RetryAfter), Is.EqualTo((StepErrorKind.RateLimited, (TimeSpan?)TimeSpan.FromSeconds(10))));
        Assert.That(result.Receipt.Elapsed, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task CompleteAsync_NoAnswerWithinTheAttempt_IsATimeoutAndRetried()
    {
        using var host = new RoadHost(options => options.Resilience.AttemptTimeout = TimeSpan.FromSeconds(5));
        host.Handler.ThenStall().Then(200, RoadAnswer.Saying("Paris"));

        Task<StepResult<string>> call = host.AskAsync();
        Assert.That(await host.Time.NextTimeoutAsync(call), Is.EqualTo(TimeSpan.FromSeconds(5)));
        host.Time.Advance(TimeSpan.FromSeconds(5));

        StepResult<string> result = await call.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.That((result.Value, result.Receipt.Attempts, result.Receipt.CostIsEstimated), Is.EqualTo(("Paris", 2, true)));
    }

    [Test]
    public async Task CompleteAsync_NoAnswerWithinTheDeadline_IsATimeoutAtTheDeadline()
    {
        using var host = new RoadHost();
        host.Handler.ThenStall();

        Task<StepResult<string>> call = host.AskAsync(generation: new GenerationOptions { Timeout = TimeSpan.FromSeconds(3) });
        host.Time.Advance(TimeSpan.FromSeconds(3));

        StepResult<string> result = await call.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.That((result.Error!.Kind, result.Receipt.Attempts, result.Receipt.Elapsed), Is.EqualTo((StepErrorKind.Timeout, 1, TimeSpan.FromSeconds(3))));
    }

    [Test]
    public async Task CompleteAsync_AttemptNearTheDeadline_GetsNoMoreThanIsLeft()
    {
        using var host = new RoadHost();
        host.Handler.Then(429, "", ("retry-after", "4")).ThenStall();

        Task<StepResult<string>> call = host.AskAsync(generation: new GenerationOptions { Timeout = TimeSpan.FromSeconds(10) });
        Assert.That(await host.Time.NextTimeoutAsync(call), Is.EqualTo(TimeSpan.FromSeconds(10)));
        host.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.That(await host.Time.NextTimeoutAsync(call), Is.EqualTo(TimeSpan.FromSeconds(6)));
        host.Time.Advance(TimeSpan.FromSeconds(6));

        StepResult<string> result = await call.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.That((result.Error!.Kind, result.Receipt.Attempts, result.Receipt.Elapsed), Is.EqualTo((StepErrorKind.Timeout, 2, TimeSpan.FromSeconds(10))));
    }

    [Test]
    public async Task CompleteAsync_BodyThatStalls_IsATimeout()
    {
        using var host = new RoadHost(options => options.Resilience.MaxAttempts = 1);
        host.Handler.Then(() => RoadAnswer.Of(200, new StreamContent(new StalledStream())));

        Task<StepResult<string>> call = host.AskAsync();
        host.Time.Advance(TimeSpan.FromSeconds(60));

        Assert.That((await call.WaitAsync(TimeSpan.FromSeconds(10))).Error!.Kind, Is.EqualTo(StepErrorKind.Timeout));
    }

    [Test]
    public async Task CompleteAsync_ManyCalls_ShareOneHandler()
    {
        int made = 0;
        using var counted = new RoadHost(options =>
        {
            Func<HttpMessageHandler> make = options.OpenAI.PrimaryHandler!;
            options.OpenAI.PrimaryHandler = () =>
            {
                made++;
                return make();
            };
        });
        counted.Handler.Then(200, RoadAnswer.Saying("Paris"));

        for (int i = 0; i < 3; i++)
        {
            await counted.AskAsync();
        }

        Assert.That(made, Is.EqualTo(1));
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromException<int>(new IOException("reset", new SocketException((int)SocketError.ConnectionReset)));
    }

    private sealed class StalledStream : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }
}
