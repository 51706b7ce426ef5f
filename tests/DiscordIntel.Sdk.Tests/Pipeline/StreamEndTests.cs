using System.Diagnostics;
using DiscordIntel.Results;
using DiscordIntel.Tests.Support;
using NUnit.Framework;
using static DiscordIntel.Tests.Support.RoadEvents;

namespace DiscordIntel.Tests.Pipeline;

/// <summary>A stream that its reader ends: by its token, by leaving, by never beginning.</summary>
internal sealed class StreamEndTests
{
    [Test]
    public void StreamAsync_CancelledWhileTheServerIsWaitedFor_StopsTheReadAndClosesTheConnection([Values] bool byEnumerator)
    {
        using var host = new RoadHost();
        using var caller = new CancellationTokenSource();
        var body = new RoadBody().Then(Role + Piece("Par")).ThenStall();
        host.Handler.ThenBody(body);
        List<string> seen = [];

        Assert.That(
            async () =>
            {
                await foreach (StepResult<StreamChunk> chunk in host.StreamAsync(cancellationToken: byEnumerator ? default : caller.Token)
                    .WithCancellation(byEnumerator ? caller.Token : default))
                {
                    seen.Add(chunk.Value.Text);
                    caller.CancelAfter(TimeSpan.FromMilliseconds(20));
                }
            },
            Throws.InstanceOf<OperationCanceledException>());

        Assert.That(seen, Is.EqualTo(new[] { "Par" }));
        Assert.That((body.IsDisposed, body.Token.IsCancellationRequested, body.Reads), Is.EqualTo((true, true, 2)));
    }

    /// <summary>Hundreds of pieces lie in the buffer already: none of them is given to a caller who has left.</summary>
    [Test]
    public void StreamAsync_CancelledWhileMoreHasCome_GivesNotOnePieceMore()
    {
        using var host = new RoadHost();
        using var caller = new CancellationTokenSource();
        host.Handler.ThenEvents(Whole([.. Enumerable.Repeat("Par", 500)]));
        int seen = 0;

        Assert.That(
            async () =>
            {
                await foreach (StepResult<StreamChunk> chunk in host.StreamAsync(cancellationToken: caller.Token))
                {
                    if (++seen == 3)
                    {
                        await caller.CancelAsync();
                    }
                }
            },
            Throws.InstanceOf<OperationCanceledException>());

        Assert.That(seen, Is.EqualTo(3));
    }

    [Test]
    public void StreamAsync_CancelledBeforeTheFirstText_ThrowsAndIsNotTriedAgain([Values] bool headersCame)
    {
        using var host = new RoadHost();
        using var telemetry = new RoadTelemetry(host.Telemetry);
        using var caller = new CancellationTokenSource();
        var body = new RoadBody().Then(Role).ThenStall();
        if (headersCame)
        {
            host.Handler.ThenBody(body);
        }
        else
        {
            host.Handler.ThenStall();
        }

        Task<List<StepResult<StreamChunk>>> reading = host.StreamAsync(cancellationToken: caller.Token).ToListAsync().AsTask();
        caller.Cancel();

        Assert.That(async () => await reading.WaitAsync(TimeSpan.FromSeconds(10)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That((host.Handler.Requests.Count, body.IsDisposed), Is.EqualTo((1, headersCame)));
        Assert.That(telemetry.Of("discordintel.step.results").Single().Tags["outcome"], Is.EqualTo("cancelled"));
    }

    [Test]
    public void StreamAsync_CancelledBefore_ThrowsAndSendsNothing()
    {
        using var host = new RoadHost();

        Assert.That(async () => await host.StreamAsync(cancellationToken: new CancellationToken(true)).ToListAsync(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(host.Handler.Requests, Is.Empty);
    }

    [Test]
    public async Task StreamAsync_CancelledAfterTheFinalElement_ChangesNothing()
    {
        using var host = new RoadHost();
        using var telemetry = new RoadTelemetry(host.Telemetry);
        using var caller = new CancellationTokenSource();
        host.Handler.ThenEvents(Whole("Paris"));
        List<StepResult<StreamChunk>> chunks = [];

        await foreach (StepResult<StreamChunk> chunk in host.StreamAsync(cancellationToken: caller.Token))
        {
            chunks.Add(chunk);
            if (chunk.Value.IsFinal)
            {
                await caller.CancelAsync();
            }
        }

        Assert.That((chunks.Count, chunks[^1].IsSuccess), Is.EqualTo((2, true)));
        Assert.That(telemetry.Of("discordintel.step.results").Single().Tags["outcome"], Is.EqualTo("success"));
    }

    [Test]
    public async Task StreamAsync_LeftEarly_ClosesTheConnection()
    {
        using var host = new RoadHost();
        using var telemetry = new RoadTelemetry(host.Telemetry);
        var body = new RoadBody().Then(Role + Piece("Par") + Piece("is")).ThenStall();
        host.Handler.ThenBody(body);

        await foreach (StepResult<StreamChunk> chunk in host.StreamAsync())
        {
            break;
        }

        Assert.That((body.IsDisposed, body.Token.IsCancellationRequested), Is.EqualTo((true, true)));
        Assert.That(telemetry.Of("discordintel.step.results").Single().Tags["outcome"], Is.EqualTo("cancelled"));
        Assert.That(telemetry.Spans.Select(span => span.DisplayName), Is.EqualTo(new[] { "chat gpt-6-luna", "discordintel.text.stream" }));
    }

    [Test]
    public async Task StreamAsync_DisposedOf_ClosesOnceAndForGood([Values(0, 1, 2, 3)] int moves)
    {
        using var host = new RoadHost();
        using var telemetry = new RoadTelemetry(host.Telemetry);
        var body = new RoadBody().Then(Whole("Paris"));
        host.Handler.ThenBody(body);
        IAsyncEnumerator<StepResult<StreamChunk>> stream = host.StreamAsync().GetAsyncEnumerator();
        for (int i = 0; i < moves; i++)
        {
            await stream.MoveNextAsync();
        }

        await stream.DisposeAsync();
        await stream.DisposeAsync();

        Assert.That(await stream.MoveNextAsync(), Is.False);
        Assert.That((body.IsDisposed, host.Handler.Requests.Count), Is.EqualTo((moves > 0, moves > 0 ? 1 : 0)));
        Assert.That(telemetry.Of("discordintel.step.results"), Has.Length.EqualTo(moves > 0 ? 1 : 0));
    }

    /// <summary>The bot may take its time over the last element; the connection is free by then.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public async Task StreamAsync_LastElement_ComesAfterTheConnectionIsClosed(bool complete)
    {
        using var host = new RoadHost();
        var body = new RoadBody().Then(complete ? Whole("Paris") : Role + Piece("Par"));
        host.Handler.ThenBody(body);
        await using IAsyncEnumerator<StepResult<StreamChunk>> stream = host.StreamAsync().GetAsyncEnumerator();

        await stream.MoveNextAsync();
        Assert.That(body.IsDisposed, Is.False);
        await stream.MoveNextAsync();
        Assert.That((stream.Current.IsSuccess, body.IsDisposed), Is.EqualTo((complete, true)));
    }

    [Test]
    public async Task StreamAsync_NeverEnumerated_SendsNothing()
    {
        using var host = new RoadHost();
        using var telemetry = new RoadTelemetry(host.Telemetry);

        await using (host.StreamAsync().GetAsyncEnumerator())
        {
        }

        Assert.That((host.Handler.Requests.Count, telemetry.Spans.Count, telemetry.Measurements.Count), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public async Task StreamAsync_EnumeratedTwice_IsTwoCalls()
    {
        using var host = new RoadHost();
        host.Handler.ThenEvents(Whole("Paris"));
        IAsyncEnumerable<StepResult<StreamChunk>> stream = host.StreamAsync();

        int[] counts = [await stream.CountAsync(), await stream.CountAsync()];

        Assert.That((counts, host.Handler.Requests.Count), Is.EqualTo((new[] { 2, 2 }, 2)));
    }

    [Test]
    public void StreamAsync_ReaderThrows_ClosesTheConnection()
    {
        using var host = new RoadHost();
        var body = new RoadBody().Then(Role + Piece("Par")).ThenStall();
        host.Handler.ThenBody(body);

        Assert.That(
            async () =>
            {
                await foreach (StepResult<StreamChunk> chunk in host.StreamAsync())
                {
                    throw new InvalidOperationException("The bot's own fault.");
                }
            },
            Throws.InvalidOperationException);
        Assert.That(body.IsDisposed, Is.True);
    }

    /// <summary>The reader's own span stays the current one between the pieces, and its spans do not become children of ours.</summary>
    [Test]
    public async Task StreamAsync_ReadersSpan_IsLeftAlone()
    {
        using var host = new RoadHost();
        using var telemetry = new RoadTelemetry(host.Telemetry);
        host.Handler.ThenEvents(Whole("Par", "is"));
        using var own = new Activity("own");
        own.Start();

        await foreach (StepResult<StreamChunk> chunk in host.StreamAsync())
        {
            Assert.That(Activity.Current, Is.SameAs(own));
        }

        Assert.That(Activity.Current, Is.SameAs(own));
        Assert.That(telemetry.Spans[^1].ParentSpanId, Is.EqualTo(own.SpanId));
    }
}
