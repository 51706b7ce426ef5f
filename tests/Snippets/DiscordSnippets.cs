using System.Collections.Concurrent;
using DiscordIntel.Analysis;
using DiscordIntel.Discord;
using DiscordIntel.Discord.Cards;
using DiscordIntel.Results;
using DiscordIntel.Text;
using NSubstitute;

namespace DiscordIntel.Snippets;

internal sealed class DiscordSnippets
{
    private MemorySink _sink = new();

    [SetUp]
    public void EmptySink() => _sink = new MemorySink();

    [Test]
    public async Task Stream()
    {
        IntelScope scope = Emulated.Scope;
        TextClient text = Answering("A gateway keeps a socket open; interactions come by HTTP.");
        IReplySink sink = _sink;
        CancellationToken stopButton = CancellationToken.None, shutdown = CancellationToken.None;
        const string prompt = "What is the gateway?";

        #region discord-stream
        var streamer = new DiscordReplyStreamer();
        ReplyOutcome outcome = await streamer.RunAsync(text.StreamAsync(prompt, scope), sink, stop: stopButton, abort: shutdown);
        Console.WriteLine($"{outcome.End}: {outcome.Messages} messages, {outcome.SinkCalls} calls, ${outcome.Receipt.Cost}");
        #endregion

        Assert.That(outcome.End, Is.EqualTo(ReplyEnd.Completed));
        Assert.That(_sink.Messages.Values.Single().Content, Does.Contain("A gateway keeps a socket open"));
    }

    [Test]
    public async Task Options()
    {
        IReplySink sink = _sink;
        const string prompt = "Wie geht https://example.com/api?";
        IAsyncEnumerable<StepResult<StreamChunk>> stream = Answering("So: https://example.com/api und https://evil.example/?s=1").StreamAsync(prompt, Emulated.Scope);

        #region discord-options
        var options = new ReplyStreamerOptions
        {
            Links = new LinkPolicy { AllowedHosts = ["docs.example.org"], UserText = prompt },  // and the hosts that the user named
            Lines = new ReplyLines { Stopped = "Angehalten.", OutOfTime = "Die Zeit für diese Antwort ist um." },
        };
        ReplyOutcome outcome = await new DiscordReplyStreamer(options).RunAsync(stream, sink);
        #endregion

        Assert.That(outcome.End, Is.EqualTo(ReplyEnd.Completed));
        Assert.That(_sink.Messages.Values.Single().Content, Does.Contain("So: https://example.com/api").And.Not.Contains(" https://evil.example"));
    }

    [Test]
    public void Split()
    {
        string answer = string.Concat(Enumerable.Repeat("One more sentence. ", 300));
        var sent = new List<string>();

        #region discord-text
        foreach (string content in DiscordText.Split(DiscordText.ApplyLinkPolicy(answer, LinkPolicy.Default)))
        {
            sent.Add(content);  // send it, without mentions
        }
        #endregion

        Assert.That(sent, Has.Count.GreaterThan(2).And.All.Length.LessThanOrEqualTo(2000));
    }

    [Test]
    public async Task Cards()
    {
        AnalysisClient analysis = Emulated.Client().Analysis;
        IntelScope scope = Emulated.Scope;
        TimeProvider time = TimeProvider.System;
        CancellationToken ct = CancellationToken.None;
        const string transcript = "Ann: The pilot carried nine thousand people. Bob: It carried two hundred a night.";

        #region discord-cards
        StepResult<ContentAnalysis> result = await analysis.AnalyzeAsync(transcript, AnalysisKind.Debate, scope, ct);
        IReadOnlyList<DiscordCard> cards = result.Match(
            debate => DiscordCards.Of(debate, result.Receipt),
            error => DiscordCards.Of(error, time));
        IReadOnlyList<string> messages = DiscordText.Split(DiscordCards.ToText(cards));  // where there are no embeds and components
        #endregion

        Assert.That(cards[0].Title, Is.EqualTo("Debate"));
        Assert.That(messages, Is.Not.Empty);
    }

    [Test]
    public void Stops()
    {
        var stops = new ReplyStops();
        CancellationToken token = stops.Start(run: 7, user: 3);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stops.Stop(run: 7, user: 4), Is.False);
            Assert.That(stops.Stop(run: 8, user: 3), Is.False);
            Assert.That(token.IsCancellationRequested, Is.False);
            Assert.That(stops.Stop(run: 7, user: 3), Is.True);
            Assert.That(token.IsCancellationRequested, Is.True);
        }

        stops.End(run: 7);
        Assert.That(stops.Stop(run: 7, user: 3), Is.False);
    }

    [TestCase(10015, 404, ReplySinkFailure.NotReady)]
    [TestCase(10008, 404, ReplySinkFailure.MessageGone)]
    [TestCase(50027, 401, ReplySinkFailure.Expired)]
    [TestCase(50013, 403, ReplySinkFailure.Forbidden)]
    [TestCase(40005, 413, ReplySinkFailure.TooLarge)]
    [TestCase(40094, 400, ReplySinkFailure.QuotaReached)]
    [TestCase(50035, 400, ReplySinkFailure.Rejected)]
    [TestCase(null, 429, ReplySinkFailure.RateLimited)]
    [TestCase(0, 502, ReplySinkFailure.Unavailable)]
    public void Faults(int? code, int status, ReplySinkFailure kind)
    {
        ReplySinkException fault = DiscordFaults.Of(code, status, isNew: true);
        Assert.That(fault.Kind, Is.EqualTo(kind));
        Assert.That(fault.MayHaveApplied, Is.EqualTo(status == 502));
        Assert.That(DiscordFaults.Of(code, status, isNew: false).MayHaveApplied, Is.False);
    }

    private static TextClient Answering(string answer)
    {
        TextClient text = Substitute.For<TextClient>();
        text.StreamAsync(Arg.Any<string>(), Arg.Any<IntelScope>(), Arg.Any<CancellationToken>())
            .Returns(new[] { StepResult.Success(StreamChunk.Of(answer)), StepResult.Success(StreamChunk.Final()) }.ToAsyncEnumerable());
        return text;
    }

    private sealed class MemorySink : IReplySink
    {
        public Dictionary<ReplyMessageId, ReplyMessage> Messages { get; } = [];

        public ReplyLimits Limits { get; } = new();

        public ValueTask<ReplyMessageId> PostAsync(ReplyMessage message, CancellationToken cancellationToken)
        {
            var id = new ReplyMessageId($"{Messages.Count}");
            Messages[id] = message;
            return new(id);
        }

        public ValueTask EditAsync(ReplyMessageId id, ReplyMessage message, CancellationToken cancellationToken)
        {
            Messages[id] = message;
            return default;
        }
    }
}

#region discord-faults
/// <summary>What Discord's error codes mean to the streamer. The library's exception is left out: its address holds the interaction's token.</summary>
internal static class DiscordFaults
{
    public static ReplySinkException Of(int? code, int status, bool isNew, TimeSpan? retryAfter = null)
    {
        ReplySinkFailure kind = (code, status) switch
        {
            (10015 or 10062, _) => ReplySinkFailure.NotReady,
            (10008, _) => ReplySinkFailure.MessageGone,
            (50027, _) or (_, 401) => ReplySinkFailure.Expired,
            (50001 or 50013, _) => ReplySinkFailure.Forbidden,
            (40005, _) or (_, 413) => ReplySinkFailure.TooLarge,
            (40094, _) => ReplySinkFailure.QuotaReached,
            (_, 429) => ReplySinkFailure.RateLimited,
            (_, >= 500) => ReplySinkFailure.Unavailable,
            _ => ReplySinkFailure.Rejected,
        };

        // A new message may have arrived although the answer did not; an edit is the same the second time.
        return new ReplySinkException(kind) { RetryAfter = retryAfter, MayHaveApplied = isNew && kind is ReplySinkFailure.Unavailable };
    }
}
#endregion

#region discord-stops
/// <summary>The Stop buttons of the replies that are being written. Only who asked may stop.</summary>
internal sealed class ReplyStops
{
    private readonly ConcurrentDictionary<ulong, (ulong User, CancellationTokenSource Source)> _running = new();

    public CancellationToken Start(ulong run, ulong user)
    {
        var source = new CancellationTokenSource();
        _running[run] = (user, source);
        return source.Token;
    }

    public bool Stop(ulong run, ulong user)
    {
        if (!_running.TryGetValue(run, out (ulong User, CancellationTokenSource Source) reply) || reply.User != user)
        {
            return false;
        }

        reply.Source.Cancel();
        return true;
    }

    public void End(ulong run) => _running.TryRemove(run, out _);  // in a finally, after RunAsync
}
#endregion
