using DiscordIntel.Discord;
using DiscordIntel.Functions;
using DiscordIntel.Results;
using DiscordIntel.Testing;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace DiscordIntel.Tests.Functions;

/// <summary>A run as it comes: text, what is being done, what was done, and one end.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class FunctionStreamTests : IDisposable
{
    private readonly CallHost _host = new();
    private readonly BotTools _bot = new();

    private FunctionCallingClient Functions => _host.Get<FunctionCallingClient>();

    [Test]
    public async Task RunStreamingAsync_OneCall_TellsTextAndTools()
    {
        _host.Emulator.Enqueue(EmulatorReply.ToolCalls(("score", """{"team":"A","season":1}""")), EmulatorReply.Text("A has three."));

        List<StepResult<StreamChunk>> pieces = await PiecesAsync(FunctionRequest.Of("Score?", _bot.Score));

        Assert.Multiple(() =>
        {
            Assert.That(pieces[0].Value.Status, Is.EqualTo("Using score"));
            Assert.That(pieces[1].Value.Tool?.Result, Is.EqualTo("A: 3"));
            Assert.That(pieces[1].Value.Tool, Is.EqualTo(pieces[^1].Receipt.ToolSteps.Single()), "the step is told whole: its round and its tokens, too");
            Assert.That(string.Concat(pieces.Select(piece => piece.Value.Text)), Is.EqualTo("A has three."));
            Assert.That(pieces[^1].Value.IsFinal, Is.True);
            Assert.That(pieces[^1].Value.FinishReason, Is.EqualTo("stop"));
            Assert.That(pieces[^1].Receipt.ToolSteps.Single().Outcome, Is.EqualTo(ToolOutcome.Succeeded));
            Assert.That(pieces[^1].Receipt.Attempts, Is.EqualTo(2));
            Assert.That(pieces[^1].Receipt.TimeToFirstChunk, Is.Not.Null);
            Assert.That(pieces[^1].Receipt.OutputTokens, Is.EqualTo(_host.Emulator.Billed.Sum(bill => bill.OutputTokens)));
        });
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task RunStreamingAsync_IntoDiscord_ShowsTheToolWhileItRuns(CancellationToken stop)
    {
        var sink = new FirstCallSink();
        AIFunction slow = AIFunctionFactory.Create(async () => $"seen: {await sink.First.WaitAsync(stop)}", "slow");
        _host.Emulator.Enqueue(EmulatorReply.ToolCalls(("slow", "{}")), EmulatorReply.Text("Done."));

        ReplyOutcome outcome = await new DiscordReplyStreamer().RunAsync(Functions.RunStreamingAsync(FunctionRequest.Of("Go.", slow), CallHost.Scope, stop), sink, abort: stop);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await sink.First, Is.EqualTo("-# Using slow"));
            Assert.That(sink.Last, Is.EqualTo(new ReplyMessage { Content = "Done.", State = ReplyState.Final, Controls = ReplyControls.Finished }));
            Assert.That(outcome.End, Is.EqualTo(ReplyEnd.Completed));
            Assert.That(outcome.Receipt.ToolSteps.Single().Result, Is.EqualTo("seen: -# Using slow"));
        }
    }

    [Test]
    public async Task RunStreamingAsync_FaultInTheSecondTurn_KeepsTheTextOfAll()
    {
        _host.Emulator.Enqueue(EmulatorReply.ToolCalls(("time", "{}")), EmulatorReply.Text("It is noon now.").CutAfter(3));

        List<StepResult<StreamChunk>> pieces = await PiecesAsync(FunctionRequest.Of("Time?", _bot.Time));

        Assert.That(pieces[^1].Error?.Kind, Is.EqualTo(StepErrorKind.StreamInterrupted));
        Assert.That(pieces[^1].Error!.Partial, Is.EqualTo(string.Concat(pieces.Where(piece => piece.IsSuccess).Select(piece => piece.Value.Text))).And.Not.Empty);
        Assert.That(pieces[^1].Receipt.ToolSteps, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task RunStreamingAsync_CallsCutOff_RunNothing()
    {
        _host.Emulator.Always(EmulatorReply.ToolCalls(("time", "{}")).CutAfter(2));

        Task<List<StepResult<StreamChunk>>> run = PiecesAsync(FunctionRequest.Of("Time?", _bot.Time));
        await _host.Time.RunAsync(run);
        List<StepResult<StreamChunk>> pieces = await run;

        Assert.That(pieces.Single().IsSuccess, Is.False);
        Assert.That(_bot.Ran, Is.Empty);
    }

    [Test]
    public async Task RunStreamingAsync_Cap_IsTheLastElement()
    {
        _host.Emulator.Always(EmulatorReply.ToolCalls(("time", "{}")));

        List<StepResult<StreamChunk>> pieces = await PiecesAsync(FunctionRequest.Of("Time?", _bot.Time));

        Assert.That(pieces[^1].Error?.Kind, Is.EqualTo(StepErrorKind.ToolLimitReached));
        Assert.That(pieces.Count(piece => !piece.IsSuccess), Is.EqualTo(1));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task RunStreamingAsync_LeftEarly_EndsTheTools(CancellationToken stop)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        AIFunction slow = AIFunctionFactory.Create(
            async (CancellationToken token) =>
            {
                token.Register(reached.SetResult);
                began.SetResult();
                await Task.Delay(Timeout.Infinite, token);
            },
            "slow");
        _host.Emulator.Always(EmulatorReply.ToolCalls(("time", "{}"), ("slow", "{}")));

        await foreach (StepResult<StreamChunk> piece in Functions.RunStreamingAsync(FunctionRequest.Of("Time?", _bot.Time, slow), CallHost.Scope, stop))
        {
            if (piece.Value.Tool is not null)
            {
                await began.Task.WaitAsync(stop);
                break;
            }
        }

        await reached.Task.WaitAsync(stop);
        Assert.That(_host.Sent, Is.EqualTo(1));
    }

    public void Dispose() => _host.Dispose();

    private async Task<List<StepResult<StreamChunk>>> PiecesAsync(FunctionRequest request)
    {
        var pieces = new List<StepResult<StreamChunk>>();
        await foreach (StepResult<StreamChunk> piece in Functions.RunStreamingAsync(request, CallHost.Scope))
        {
            pieces.Add(piece);
        }

        return pieces;
    }

    /// <summary>Keeps what was shown first and last.</summary>
    private sealed class FirstCallSink : IReplySink
    {
        private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ReplyLimits Limits { get; } = new();

        public Task<string> First => _first.Task;

        public ReplyMessage? Last { get; private set; }

        public ValueTask<ReplyMessageId> PostAsync(ReplyMessage message, CancellationToken cancellationToken)
        {
            Show(message);
            return new(new ReplyMessageId("1"));
        }

        public ValueTask EditAsync(ReplyMessageId id, ReplyMessage message, CancellationToken cancellationToken)
        {
            Show(message);
            return default;
        }

        private void Show(ReplyMessage message)
        {
            Last = message;
            _first.TrySetResult(message.Content);
        }
    }
}
