using System.Runtime.CompilerServices;
using DiscordIntel.Pipeline;
using DiscordIntel.Results;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline;

/// <summary>A hand-made streaming provider through the same stages as every plain call: the end is told once, and truly.</summary>
internal sealed class StreamStagesTests : RoadStages
{
    [Test]
    public async Task StreamAsync_Complete_EndsOnceWithSuccess()
    {
        var client = new RoadChatClient(RoadChatClient.Says("Par", "is"));

        List<StepResult<ChatResponseUpdate>> chunks = await ReadAsync(Stream(client));

        Assert.That(chunks.Select(chunk => chunk.Value?.Text), Is.EqualTo(new[] { "Par", "is" }));
        AssertEndedOnce(outcome => outcome.IsSuccess);
        Assert.That((client.Calls, client.Closed), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task StreamAsync_NeverEnumerated_DoesNothing()
    {
        var client = new RoadChatClient(RoadChatClient.Says("Paris"));

        IAsyncEnumerable<StepResult<ChatResponseUpdate>> stream = Stream(client);
        await using IAsyncEnumerator<StepResult<ChatResponseUpdate>> enumerator = stream.GetAsyncEnumerator();

        Assert.That((client.Calls, Journal.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task StreamAsync_FaultBeforeTheFirstChunk_IsRetried()
    {
        var client = new RoadChatClient(RoadChatClient.Throws(new IOException("reset")), RoadChatClient.Says("Paris"));

        List<StepResult<ChatResponseUpdate>> chunks = await ReadAsync(Stream(client));

        Assert.That(chunks.Select(chunk => chunk.Value?.Text), Is.EqualTo(new[] { "Paris" }));
        AssertEndedOnce(outcome => outcome.IsSuccess);
        Assert.That((client.Calls, client.Closed), Is.EqualTo((2, 2)), "the failed one is disposed of too");
    }

    [Test]
    public async Task StreamAsync_FaultAtTheCallItself_IsAValue()
    {
        // Not an iterator: it throws before there is anything to enumerate.
        var client = new RoadChatClient(_ => throw new NotSupportedException("no streams here"));
        var throwing = new ThrowsAtOnce();

        List<StepResult<ChatResponseUpdate>> inside = await ReadAsync(Stream(client));
        Assert.That(inside.Single().Error!.Kind, Is.EqualTo(StepErrorKind.Unexpected));
        Outer.Ends.Clear();
        Inner.Ends.Clear();
        Journal.Clear();
        List<StepResult<ChatResponseUpdate>> chunks = await ReadAsync(Stream(throwing));

        Assert.That(chunks.Single().Error!.Kind, Is.EqualTo(StepErrorKind.Unexpected));
        AssertEndedOnce(outcome => outcome.Error?.Kind is StepErrorKind.Unexpected);
    }

    [Test]
    public async Task StreamAsync_FaultAfterTheFirstChunk_IsInterruptedAndNotRetried()
    {
        var client = new RoadChatClient(RoadChatClient.Throws(new IOException("reset"), "Par"));

        List<StepResult<ChatResponseUpdate>> chunks = await ReadAsync(Stream(client));

        Assert.That(chunks.Select(chunk => chunk.IsSuccess), Is.EqualTo(new[] { true, false }));
        Assert.That((chunks[1].Error!.Kind, chunks[1].Error!.IsRetryable, chunks[1].Receipt.Attempts), Is.EqualTo((StepErrorKind.StreamInterrupted, true, 1)));
        AssertEndedOnce(outcome => outcome.Error?.Kind is StepErrorKind.StreamInterrupted);
        Assert.That((client.Calls, client.Closed), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task StreamAsync_PermanentFault_IsTheLastElement()
    {
        var client = new RoadChatClient(RoadChatClient.Throws(new HttpRequestException("no", null, System.Net.HttpStatusCode.Unauthorized)));

        List<StepResult<ChatResponseUpdate>> chunks = await ReadAsync(Stream(client));

        Assert.That(chunks.Single().Error!.Kind, Is.EqualTo(StepErrorKind.Unauthorized));
        Assert.That(client.Calls, Is.EqualTo(1));
        AssertEndedOnce(outcome => outcome.Error?.Kind is StepErrorKind.Unauthorized);
    }

    [Test]
    public async Task StreamAsync_NothingAtAll_IsAnEmptyAnswer()
    {
        List<StepResult<ChatResponseUpdate>> chunks = await ReadAsync(Stream(new RoadChatClient(RoadChatClient.Says())));

        Assert.That(chunks.Single().Error!.Kind, Is.EqualTo(StepErrorKind.InvalidResponse));
        AssertEndedOnce(outcome => outcome.Error?.Kind is StepErrorKind.InvalidResponse);
    }

    [Test]
    public void StreamAsync_CallerCancels_ThrowsAndEndsOnceAsCancelled()
    {
        using var caller = new CancellationTokenSource();
        var client = new RoadChatClient(RoadChatClient.Stalls("Par"));
        List<string> seen = [];

        Assert.That(
            async () =>
            {
                await foreach (StepResult<ChatResponseUpdate> chunk in Stream(client).WithCancellation(caller.Token))
                {
                    seen.Add(chunk.Value!.Text);
                    await caller.CancelAsync();
                }
            },
            Throws.InstanceOf<OperationCanceledException>());

        Assert.That(seen, Is.EqualTo(new[] { "Par" }));
        AssertEndedOnce(outcome => outcome.IsCancelled);
        Assert.That(client.Closed, Is.EqualTo(1));
    }

    /// <summary>A client that takes its cancelled token for the end of the stream, or does not look at it at all, must not make a success of it.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void StreamAsync_CallerCancelsAndTheClientDoesNotThrow_IsCancelledAllTheSame(bool endsQuietly)
    {
        using var caller = new CancellationTokenSource();
        var client = new RoadChatClient(token => Quiet(endsQuietly, token));
        int seen = 0;

        Assert.That(
            async () =>
            {
                await foreach (StepResult<ChatResponseUpdate> chunk in Stream(client).WithCancellation(caller.Token))
                {
                    seen++;
                    await caller.CancelAsync();
                }
            },
            Throws.InstanceOf<OperationCanceledException>());

        Assert.That(seen, Is.EqualTo(1));
        AssertEndedOnce(outcome => outcome.IsCancelled);
    }

    [Test]
    public async Task StreamAsync_LeftEarly_EndsOnceAsCancelledAndDisposesOfTheStream()
    {
        var client = new RoadChatClient(RoadChatClient.Stalls("Par", "is"));

        await foreach (StepResult<ChatResponseUpdate> chunk in Stream(client))
        {
            break;
        }

        AssertEndedOnce(outcome => outcome.IsCancelled);
        Assert.That(client.Closed, Is.EqualTo(1));
        Assert.That(client.Tokens[0].IsCancellationRequested, Is.True, "what still runs behind it is told to stop");
    }

    [Test]
    public async Task StreamAsync_StageRefuses_LaterStagesAreNotEnteredAndEarlierOnesAreTold()
    {
        var refusing = new RoadStage("refusing", Journal, StepErrorKind.RateLimited);
        var client = new RoadChatClient(RoadChatClient.Says("Paris"));

        List<StepResult<ChatResponseUpdate>> chunks = await ReadAsync(Pipeline(client, Outer, refusing, Inner).StreamAsync(Call(), RoadHost.Scope, CancellationToken.None));

        Assert.That(chunks.Single().Error!.Kind, Is.EqualTo(StepErrorKind.RateLimited));
        Assert.That(Journal, Is.EqualTo(new[] { "outer in", "refusing in", "outer end" }));
        Assert.That(client.Calls, Is.Zero);
    }

    /// <summary>The token of an attempt's timeout belongs to a source that is used again: neither its own time nor the next call's may end an open stream.</summary>
    [Test]
    public async Task StreamAsync_OpenStream_OutlivesItsAttemptTimeoutAndTheNextCalls()
    {
        var client = new RoadChatClient(RoadChatClient.Says("Par", "is"), RoadChatClient.Stalls());
        IntelPipeline pipeline = Pipeline(client, Outer);
        await using IAsyncEnumerator<StepResult<ChatResponseUpdate>> open = pipeline.StreamAsync(Call(), RoadHost.Scope, CancellationToken.None).GetAsyncEnumerator();
        await open.MoveNextAsync();

        Host.Time.Advance(TimeSpan.FromSeconds(61));
        Task<StepResult<string>> next = pipeline.RunAsync(Call(new GenerationOptions { Timeout = TimeSpan.FromSeconds(5) }), RoadHost.Scope, CancellationToken.None);
        Host.Time.Advance(TimeSpan.FromSeconds(6));

        Assert.That((await next.WaitAsync(TimeSpan.FromSeconds(10))).Error!.Kind, Is.EqualTo(StepErrorKind.Timeout));
        Assert.That(client.Tokens[0].IsCancellationRequested, Is.False);
        Assert.That(await open.MoveNextAsync(), Is.True);
        Assert.That(open.Current.Value!.Text, Is.EqualTo("is"));
    }

    [Test]
    public async Task StreamAsync_NoFirstChunkInTime_IsATimeout()
    {
        Task<List<StepResult<ChatResponseUpdate>>> reading = ReadAsync(
            Pipeline(new RoadChatClient(RoadChatClient.Stalls()), Outer, Inner)
                .StreamAsync(Call(new GenerationOptions { Timeout = TimeSpan.FromSeconds(5) }), RoadHost.Scope, CancellationToken.None));
        Host.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.That((await reading.WaitAsync(TimeSpan.FromSeconds(10))).Single().Error!.Kind, Is.EqualTo(StepErrorKind.Timeout));
        AssertEndedOnce(outcome => outcome.Error?.Kind is StepErrorKind.Timeout);
    }

    /// <summary>A client that takes the cancellation of its token for the end of the stream.</summary>
    [Test]
    public async Task StreamAsync_ClientEndsQuietlyAtItsTimeout_IsATimeout()
    {
        var client = new RoadChatClient(SilentUntilCancelled);
        Task<List<StepResult<ChatResponseUpdate>>> reading = ReadAsync(
            Pipeline(client, Outer, Inner).StreamAsync(Call(new GenerationOptions { Timeout = TimeSpan.FromSeconds(5) }), RoadHost.Scope, CancellationToken.None));
        Host.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.That((await reading.WaitAsync(TimeSpan.FromSeconds(10))).Single().Error!.Kind, Is.EqualTo(StepErrorKind.Timeout));
    }

    private static async Task<List<StepResult<ChatResponseUpdate>>> ReadAsync(IAsyncEnumerable<StepResult<ChatResponseUpdate>> stream)
    {
        List<StepResult<ChatResponseUpdate>> chunks = [];
        await foreach (StepResult<ChatResponseUpdate> chunk in stream)
        {
            chunks.Add(chunk);
        }

        return chunks;
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Quiet(bool ends, [EnumeratorCancellation] CancellationToken token)
    {
        for (int i = 0; i < 3 && !(ends && token.IsCancellationRequested); i++)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, "Par");
            await Task.CompletedTask;
        }
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> SilentUntilCancelled([EnumeratorCancellation] CancellationToken token)
    {
        await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        yield break;
    }

    private IAsyncEnumerable<StepResult<ChatResponseUpdate>> Stream(IChatClient client) =>
        Pipeline(client, Outer, Inner).StreamAsync(Call(), RoadHost.Scope, CancellationToken.None);

    private sealed class ThrowsAtOnce : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
