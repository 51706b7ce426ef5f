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

        List<StepResult<StreamChunk>> chunks = await ReadAsync(Stream(client));

        Assert.That(chunks.Select(chunk => chunk.Value), Is.EqualTo(new[] { StreamChunk.Of("Par"), StreamChunk.Of("is"), StreamChunk.Final("stop") }));
        AssertEndedOnce(outcome => outcome.IsSuccess);
        Assert.That((client.Calls, client.Closed), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task StreamAsync_NeverEnumerated_DoesNothing()
    {
        var client = new RoadChatClient(RoadChatClient.Says("Paris"));

        IAsyncEnumerable<StepResult<StreamChunk>> stream = Stream(client);
        await using IAsyncEnumerator<StepResult<StreamChunk>> enumerator = stream.GetAsyncEnumerator();

        Assert.That((client.Calls, Journal.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task StreamAsync_FaultBeforeTheFirstChunk_IsRetried()
    {
        var client = new RoadChatClient(RoadChatClient.Throws(new IOException("reset")), RoadChatClient.Says("Paris"));

        List<StepResult<StreamChunk>> chunks = await ReadAsync(Stream(client));

        Assert.That(chunks.Select(chunk => chunk.Value), Is.EqualTo(new[] { StreamChunk.Of("Paris"), StreamChunk.Final("stop") }));
        AssertEndedOnce(outcome => outcome.IsSuccess);
        Assert.That((client.Calls, client.Closed), Is.EqualTo((2, 2)), "the failed one is disposed of too");
    }

    [Test]
    public async Task StreamAsync_FaultAtTheCallItself_IsAValue()
    {
        // Not an iterator: it throws before there is anything to enumerate.
        var client = new RoadChatClient(_ => throw new NotSupportedException("no streams here"));
        var throwing = new ThrowsAtOnce();

        List<StepResult<StreamChunk>> inside = await ReadAsync(Stream(client));
        Assert.That(inside.Single().Error!.Kind, Is.EqualTo(StepErrorKind.Unexpected));
        Outer.Ends.Clear();
        Inner.Ends.Clear();
        Journal.Clear();
        List<StepResult<StreamChunk>> chunks = await ReadAsync(Stream(throwing));

        Assert.That(chunks.Single().Error!.Kind, Is.EqualTo(StepErrorKind.Unexpected));
        AssertEndedOnce(outcome => outcome.Error?.Kind is StepErrorKind.Unexpected);
    }

    [Test]
    public async Task StreamAsync_FaultAfterTheFirstChunk_IsInterruptedAndNotRetried()
    {
        var client = new RoadChatClient(RoadChatClient.Throws(new IOException("reset"), "Par"));

        List<StepResult<StreamChunk>> chunks = await ReadAsync(Stream(client));

        Assert.That(chunks.Select(chunk => chunk.IsSuccess), Is.EqualTo(new[] { true, false }));
        Assert.That(
            (chunks[1].Error!.Kind, chunks[1].Error!.Partial, chunks[1].Error!.IsRetryable, chunks[1].Receipt.Attempts),
            Is.EqualTo((StepErrorKind.StreamInterrupted, "Par", true, 1)));
        AssertEndedOnce(outcome => outcome.Error?.Kind is StepErrorKind.StreamInterrupted);
        Assert.That((client.Calls, client.Closed), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task StreamAsync_PermanentFault_IsTheLastElement()
    {
        var client = new RoadChatClient(RoadChatClient.Throws(new HttpRequestException("no", null, System.Net.HttpStatusCode.Unauthorized)));

        List<StepResult<StreamChunk>> chunks = await ReadAsync(Stream(client));

        Assert.That(chunks.Single().Error!.Kind, Is.EqualTo(StepErrorKind.Unauthorized));
        Assert.That(client.Calls, Is.EqualTo(1));
        AssertEndedOnce(outcome => outcome.Error?.Kind is StepErrorKind.Unauthorized);
    }

    [Test]
    public async Task StreamAsync_NothingAtAll_IsAnEmptyAnswer()
    {
        List<StepResult<StreamChunk>> chunks = await ReadAsync(Stream(new RoadChatClient(RoadChatClient.Says())));

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
                await foreach (StepResult<StreamChunk> chunk in Stream(client).WithCancellation(caller.Token))
                {
                    seen.Add(chunk.Value.Text);
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
                await foreach (StepResult<StreamChunk> chunk in Stream(client).WithCancellation(caller.Token))
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

        await foreach (StepResult<StreamChunk> chunk in Stream(client))
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

        List<StepResult<StreamChunk>> chunks = await ReadAsync(Pipeline(client, Outer, refusing, Inner).StreamAsync(Call(), RoadHost.Scope, CancellationToken.None));

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
        await using IAsyncEnumerator<StepResult<StreamChunk>> open = pipeline.StreamAsync(Call(), RoadHost.Scope, CancellationToken.None).GetAsyncEnumerator();
        await open.MoveNextAsync();

        Host.Time.Advance(TimeSpan.FromSeconds(61));
        Task<StepResult<string>> next = pipeline.RunAsync(Call(new GenerationOptions { Timeout = TimeSpan.FromSeconds(5) }), RoadHost.Scope, CancellationToken.None);
        Host.Time.Advance(TimeSpan.FromSeconds(6));

        Assert.That((await next.WaitAsync(TimeSpan.FromSeconds(10))).Error!.Kind, Is.EqualTo(StepErrorKind.Timeout));
        Assert.That(client.Tokens[0].IsCancellationRequested, Is.False);
        Assert.That(await open.MoveNextAsync(), Is.True);
        Assert.That(open.Current.Value.Text, Is.EqualTo("is"));
    }

    [Test]
    public async Task StreamAsync_NoFirstChunkInTime_IsATimeout()
    {
        Task<List<StepResult<StreamChunk>>> reading = ReadAsync(
            Pipeline(new RoadChatClient(RoadChatClient.Stalls()), Outer, Inner)
                .StreamAsync(Call(new GenerationOptions { Timeout = TimeSpan.FromSeconds(5) }), RoadHost.Scope, CancellationToken.None));
        Host.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.That((await reading.WaitAsync(TimeSpan.FromSeconds(10))).Single().Error!.Kind, Is.EqualTo(StepErrorKind.Timeout));
        AssertEndedOnce(outcome => outcome.Error?.Kind is StepErrorKind.Timeout);
    }

    [Test]
    public async Task StreamAsync_EndsWithoutAReason_IsInterruptedWithTheTextSoFar()
    {
        var client = new RoadChatClient(RoadChatClient.BreaksOff("Par", "is"));

        List<StepResult<StreamChunk>> chunks = await ReadAsync(Stream(client));

        Assert.That(chunks.Select(chunk => chunk.IsSuccess), Is.EqualTo(new[] { true, true, false }));
        Assert.That((chunks[2].Error!.Kind, chunks[2].Error!.Partial, client.Calls), Is.EqualTo((StepErrorKind.StreamInterrupted, "Paris", 1)));
        AssertEndedOnce(outcome => outcome.Error?.Kind is StepErrorKind.StreamInterrupted);
    }

    [Test]
    public async Task StreamAsync_EndsWithoutAWordOrAReason_IsTriedAgain()
    {
        var client = new RoadChatClient(RoadChatClient.BreaksOff(), RoadChatClient.Says("Paris"));

        List<StepResult<StreamChunk>> chunks = await ReadAsync(Stream(client));

        Assert.That(chunks.Select(chunk => chunk.Value), Is.EqualTo(new[] { StreamChunk.Of("Paris"), StreamChunk.Final("stop") }));
        Assert.That((client.Calls, client.Closed), Is.EqualTo((2, 2)));
    }

    /// <summary>What a client throws when its stream is closed changes nothing of what it gave before.</summary>
    [TestCase(3, true)]
    [TestCase(1, false)]
    public async Task StreamAsync_ClosingThrows_IsNoFault(int taken, bool complete)
    {
        List<StepResult<StreamChunk>> chunks = await Stream(new Unclosable()).Take(taken).ToListAsync();

        Assert.That(chunks.Select(chunk => chunk.Error), Is.All.Null);
        Assert.That((chunks[0].Value.Text, chunks[^1].Value.IsFinal), Is.EqualTo(("Paris", complete)));
        AssertEndedOnce(outcome => outcome.IsSuccess == complete);
    }

    /// <summary>A stream that is given up before its first text is closed, too, and what that throws is no fault of the next attempt.</summary>
    [Test]
    public async Task StreamAsync_ClosingAFailedAttemptThrows_IsTriedAgain()
    {
        var client = new Unclosable { FailsFirst = true };

        List<StepResult<StreamChunk>> chunks = await Stream(client).ToListAsync();

        Assert.That(chunks.Select(chunk => chunk.Value), Is.EqualTo(new[] { StreamChunk.Of("Paris"), StreamChunk.Final("stop") }));
        Assert.That((client.Opened, client.Closed), Is.EqualTo((2, 2)));
    }

    /// <summary>The reader's own time is not the server's silence: a bot that waits for Discord between two pieces loses nothing.</summary>
    [Test]
    public async Task StreamAsync_ReaderTakesItsTime_IsNotInterrupted()
    {
        List<StepResult<StreamChunk>> chunks = [];
        IntelPipeline pipeline = Pipeline(new RoadChatClient(_ => Slowly("Par", "is", ".")), Outer, Inner);
        await foreach (StepResult<StreamChunk> chunk in pipeline.StreamAsync(Call(new GenerationOptions { Timeout = TimeSpan.FromMinutes(5) }), RoadHost.Scope, CancellationToken.None))
        {
            chunks.Add(chunk);
            Host.Time.Advance(TimeSpan.FromSeconds(25));
        }

        Assert.That(chunks[^1].Error, Is.Null);
        Assert.That(chunks[^1].Value, Is.EqualTo(StreamChunk.Final("stop")));
    }

    /// <summary>A client that takes the cancellation of its token for the end of the stream.</summary>
    [Test]
    public async Task StreamAsync_ClientEndsQuietlyAtItsTimeout_IsATimeout()
    {
        var client = new RoadChatClient(SilentUntilCancelled);
        Task<List<StepResult<StreamChunk>>> reading = ReadAsync(
            Pipeline(client, Outer, Inner).StreamAsync(Call(new GenerationOptions { Timeout = TimeSpan.FromSeconds(5) }), RoadHost.Scope, CancellationToken.None));
        Host.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.That((await reading.WaitAsync(TimeSpan.FromSeconds(10))).Single().Error!.Kind, Is.EqualTo(StepErrorKind.Timeout));
    }

    private static Task<List<StepResult<StreamChunk>>> ReadAsync(IAsyncEnumerable<StepResult<StreamChunk>> stream) => stream.ToListAsync().AsTask();

    private static async IAsyncEnumerable<ChatResponseUpdate> Quiet(bool ends, [EnumeratorCancellation] CancellationToken token)
    {
        for (int i = 0; i < 3 && !(ends && token.IsCancellationRequested); i++)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, "Par");
            await Task.CompletedTask;
        }
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Slowly(params string[] parts)
    {
        foreach (string part in parts)
        {
            await Task.Yield();
            yield return new ChatResponseUpdate(ChatRole.Assistant, part);
        }

        yield return new ChatResponseUpdate { FinishReason = ChatFinishReason.Stop };
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> SilentUntilCancelled([EnumeratorCancellation] CancellationToken token)
    {
        await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        yield break;
    }

    private IAsyncEnumerable<StepResult<StreamChunk>> Stream(IChatClient client) =>
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

    private sealed class Unclosable : IChatClient
    {
        public bool FailsFirst { get; init; }

        public int Opened { get; private set; }

        public int Closed { get; private set; }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Opened++;
            return new Updates(this, FailsFirst && Opened == 1 ? RoadChatClient.Throws(new IOException("reset")) : RoadChatClient.Says("Paris"));
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }

        private sealed class Updates(Unclosable owner, RoadChatClient.Script script) : IAsyncEnumerable<ChatResponseUpdate>, IAsyncEnumerator<ChatResponseUpdate>
        {
            private readonly IAsyncEnumerator<ChatResponseUpdate> _inner = script(CancellationToken.None).GetAsyncEnumerator(CancellationToken.None);

            public ChatResponseUpdate Current => _inner.Current;

            public IAsyncEnumerator<ChatResponseUpdate> GetAsyncEnumerator(CancellationToken cancellationToken = default) => this;

            public ValueTask<bool> MoveNextAsync() => _inner.MoveNextAsync();

            public ValueTask DisposeAsync()
            {
                owner.Closed++;
                throw new InvalidOperationException("This cannot be closed.");
            }
        }
    }
}
