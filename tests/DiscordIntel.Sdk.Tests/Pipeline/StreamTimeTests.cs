using System.Text;
using DiscordIntel.Results;
using DiscordIntel.Tests.Support;
using NUnit.Framework;
using static DiscordIntel.Tests.Support.RoadEvents;

namespace DiscordIntel.Tests.Pipeline;

/// <summary>Silence and deadlines of a stream, in the test's own time.</summary>
internal sealed class StreamTimeTests
{
    private static readonly GenerationOptions Long = new() { Timeout = TimeSpan.FromHours(1) };

    [Test]
    public async Task StreamAsync_SilenceBeforeTheFirstText_IsTriedAgain([Values] bool headersCame)
    {
        using var host = new RoadHost();
        var silent = new RoadBody().Then(Role).ThenStall();
        if (headersCame)
        {
            host.Handler.ThenBody(silent);
        }
        else
        {
            host.Handler.ThenStall();
        }

        host.Handler.ThenEvents(Whole("Paris"));
        Task<List<StepResult<StreamChunk>>> reading = host.StreamAsync(generation: Long).ToListAsync().AsTask();

        host.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.That(host.Handler.Requests, Has.Count.EqualTo(1));
        host.Time.Advance(TimeSpan.FromSeconds(1));
        List<StepResult<StreamChunk>> chunks = await reading.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.That(chunks.Select(chunk => chunk.Value), Is.EqualTo(new[] { StreamChunk.Of("Paris"), StreamChunk.Final("stop") }));
        Assert.That((host.Handler.Requests.Count, chunks[^1].Receipt.TimeToFirstChunk), Is.EqualTo((2, (TimeSpan?)TimeSpan.FromSeconds(30))));
        Assert.That(silent.IsDisposed, Is.EqualTo(headersCame));
    }

    [Test]
    public async Task StreamAsync_SilenceBeforeTheFirstTextEachTime_IsATimeout()
    {
        using var host = new RoadHost(options => options.Resilience.MaxAttempts = 2);
        host.Handler.ThenStall();
        Task<List<StepResult<StreamChunk>>> reading = host.StreamAsync(generation: Long).ToListAsync().AsTask();

        host.Time.ForgetTimeouts();
        host.Time.Advance(TimeSpan.FromSeconds(30));
        while (await host.Time.NextTimeoutAsync(reading) != TimeSpan.FromSeconds(30))
        {
        }

        host.Time.Advance(TimeSpan.FromSeconds(30));
        StepResult<StreamChunk> only = (await reading.WaitAsync(TimeSpan.FromSeconds(10))).Single();
        Assert.That((only.Error!.Kind, only.Error.IsRetryable, host.Handler.Requests.Count), Is.EqualTo((StepErrorKind.Timeout, true, 2)));
        Assert.That(only.Receipt.TimeToFirstChunk, Is.Null);
    }

    /// <summary>Reasoning shows that the provider is at work; the time for one request bounds it all the same.</summary>
    [Test]
    public async Task StreamAsync_EventsWithoutText_EndTheSilenceButNotTheAttempt()
    {
        using var host = new RoadHost(options => options.Resilience.MaxAttempts = 1);
        var thought = new Pulse(Delta("""{"reasoning":"Hm."}"""));
        host.Handler.ThenBody(thought.Body);
        Task<List<StepResult<StreamChunk>>> reading = host.StreamAsync(generation: Long).ToListAsync().AsTask();

        for (int i = 0; i < 2; i++)
        {
            host.Time.Advance(TimeSpan.FromSeconds(25));
            await thought.BeatAsync(host.Time, reading);
        }

        Assert.That(reading.IsCompleted, Is.False, "50 seconds, never 30 without a sign");
        host.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.That((await reading.WaitAsync(TimeSpan.FromSeconds(10))).Single().Error!.Kind, Is.EqualTo(StepErrorKind.Timeout));
    }

    [Test]
    public async Task StreamAsync_SilenceBetweenPieces_IsInterruptedWithTheTextSoFar()
    {
        using var host = new RoadHost();
        var body = new RoadBody().Then(Role + Piece("Par") + Piece("is")).ThenStall();
        host.Handler.ThenBody(body);
        Task<List<StepResult<StreamChunk>>> reading = host.StreamAsync(generation: Long).ToListAsync().AsTask();

        host.Time.Advance(TimeSpan.FromSeconds(19.9));
        Assert.That(reading.IsCompleted, Is.False);
        host.Time.Advance(TimeSpan.FromSeconds(0.1));
        StepResult<StreamChunk> last = (await reading.WaitAsync(TimeSpan.FromSeconds(10)))[^1];

        Assert.That((last.Error!.Kind, last.Error.Partial, last.Error.IsRetryable, host.Handler.Requests.Count), Is.EqualTo((StepErrorKind.StreamInterrupted, "Paris", true, 1)));
        Assert.That((body.IsDisposed, body.Token.IsCancellationRequested), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task StreamAsync_DeadlineInTheMiddle_IsInterruptedWithTheTextSoFar()
    {
        using var host = new RoadHost();
        host.Handler.ThenBody(new RoadBody().Then(Role + Piece("Par")).ThenStall());
        Task<List<StepResult<StreamChunk>>> reading = host.StreamAsync(generation: new GenerationOptions { Timeout = TimeSpan.FromSeconds(5) }).ToListAsync().AsTask();

        host.Time.Advance(TimeSpan.FromSeconds(5));
        StepResult<StreamChunk> last = (await reading.WaitAsync(TimeSpan.FromSeconds(10)))[^1];

        Assert.That((last.Error!.Kind, last.Error.Partial, last.Receipt.Elapsed), Is.EqualTo((StepErrorKind.StreamInterrupted, "Par", TimeSpan.FromSeconds(5))));
    }

    /// <summary>A server that goes on without saying anything holds nobody beyond the deadline.</summary>
    [Test]
    public async Task StreamAsync_EventsWithoutTextUntilTheDeadline_AreInterruptedThere()
    {
        using var host = new RoadHost();
        var thought = new Pulse(Delta("""{"reasoning":"Hm."}"""), Role + Piece("Par"));
        host.Handler.ThenBody(thought.Body);
        Task<List<StepResult<StreamChunk>>> reading = host.StreamAsync(generation: new GenerationOptions { Timeout = TimeSpan.FromSeconds(50) }).ToListAsync().AsTask();

        for (int i = 0; i < 4; i++)
        {
            host.Time.Advance(TimeSpan.FromSeconds(12));
            await thought.BeatAsync(host.Time, reading);
        }

        Assert.That(reading.IsCompleted, Is.False);
        host.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.That((await reading.WaitAsync(TimeSpan.FromSeconds(10)))[^1].Error!.Kind, Is.EqualTo(StepErrorKind.StreamInterrupted));
    }

    /// <summary>After the deadline nothing is handed on, though it has come.</summary>
    [Test]
    public async Task StreamAsync_DeadlinePassesWhileThePieceIsRead_EndsThere()
    {
        using var host = new RoadHost();
        var body = new RoadBody().Then(Role + Piece("Par") + Piece("is") + Finish() + Bill + Done);
        host.Handler.ThenBody(body);
        List<StepResult<StreamChunk>> chunks = [];
        await foreach (StepResult<StreamChunk> chunk in host.StreamAsync(generation: new GenerationOptions { Timeout = TimeSpan.FromSeconds(5) }))
        {
            chunks.Add(chunk);
            host.Time.Advance(TimeSpan.FromSeconds(6));
        }

        Assert.That((chunks.Count, chunks[^1].Error?.Kind, chunks[^1].Error?.Partial), Is.EqualTo((2, (StepErrorKind?)StepErrorKind.StreamInterrupted, "Par")));
    }

    /// <summary>A bot that waits for Discord between two pieces loses nothing, whether the next piece was there already or not.</summary>
    [Test]
    public async Task StreamAsync_ReaderTakesLongerThanTheServerMay_IsNotInterrupted()
    {
        using var host = new RoadHost();
        var body = new RoadBody().Then(Later(Role + Piece("Par"))).Then(Later(Piece("is"))).Then(Finish() + Bill + Done);
        host.Handler.ThenBody(body);
        List<StepResult<StreamChunk>> chunks = [];
        await foreach (StepResult<StreamChunk> chunk in host.StreamAsync(generation: Long))
        {
            chunks.Add(chunk);
            host.Time.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.That(chunks.Select(chunk => chunk.Value), Is.EqualTo(new[] { StreamChunk.Of("Par"), StreamChunk.Of("is"), StreamChunk.Final("stop") }));

        static Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>>> Later(string piece) => async _ =>
        {
            await Task.Yield();
            return Encoding.UTF8.GetBytes(piece);
        };
    }

    [Test]
    public async Task StreamAsync_ServerAsksToWait_EverybodyWaits()
    {
        using var host = new RoadHost(options => options.Resilience.MaxAttempts = 1);
        host.Handler.Then(200, Whole("Paris"), ("content-type", "text/event-stream"), ("x-ratelimit-remaining-requests", "0"), ("x-ratelimit-reset-requests", "7s"));

        StepResult<StreamChunk> first = (await host.StreamAsync().ToListAsync())[^1], second = (await host.StreamAsync().ToListAsync())[^1];

        Assert.That((first.Error, second.Error?.Kind, second.Error?.RetryAfter), Is.EqualTo(((StepError?)null, (StepErrorKind?)StepErrorKind.RateLimited, (TimeSpan?)TimeSpan.FromSeconds(7))));
    }

    /// <summary>A body that gives the same piece at each beat, after what it says first.</summary>
    private sealed class Pulse
    {
        private readonly byte[] _piece;
        private TaskCompletionSource<ReadOnlyMemory<byte>> _next = new();

        public Pulse(string piece, string first = "")
        {
            _piece = Encoding.UTF8.GetBytes(piece);
            Body = new RoadBody().Then(first).Then(WaitAsync);
        }

        public RoadBody Body { get; }

        /// <summary>Gives the piece to the read that waits, and returns when the next one waits, its timeout set.</summary>
        public async Task BeatAsync(RoadClock clock, Task reading)
        {
            clock.ForgetTimeouts();
            TaskCompletionSource<ReadOnlyMemory<byte>> waiting = _next;
            _next = new TaskCompletionSource<ReadOnlyMemory<byte>>();
            waiting.SetResult(_piece);
            Assert.That(await clock.NextTimeoutAsync(reading), Is.Not.Null);
        }

        private async ValueTask<ReadOnlyMemory<byte>> WaitAsync(CancellationToken token)
        {
            Body.Then(WaitAsync);
            return await _next.Task.WaitAsync(token);
        }
    }
}
