using DiscordIntel.Discord;
using DiscordIntel.Results;
using FsCheck;
using FsCheck.Fluent;

namespace DiscordIntel.Tests.Discord.Support;

/// <summary>A whole reply: what the model says and when, what Discord does, what the user does.</summary>
internal sealed record ReplyCase
{
    /// <summary>One host by the bot's owner, one by the user.</summary>
    public static LinkPolicy Links { get; } = new() { AllowedHosts = ["allowed.org"], UserText = "What is on example.com?" };

    public required string Document { get; init; }

    public required int[] Chunks { get; init; }

    public required TimeSpan[] Pauses { get; init; }

    public ModelEnd ModelEnd { get; init; }

    public bool HasStatus { get; init; }

    public int MaxChars { get; init; } = 2000;

    public int MaxMessages { get; init; } = 5;

    public long MaxFileBytes { get; init; } = 10_000_000;

    public int MaxAnswerChars { get; init; } = 32_000;

    public TimeSpan? Deadline { get; init; }

    public IReadOnlyDictionary<int, SinkAct> Script { get; init; } = new Dictionary<int, SinkAct>();

    public TimeSpan AckedAt { get; init; }

    public TimeSpan ExpiresAt { get; init; } = TimeSpan.MaxValue;

    public TimeSpan? StopAt { get; init; }

    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(80);

    /// <summary>Nothing goes wrong.</summary>
    public static Gen<ReplyCase> Calm { get; } =
        from document in Documents.Any
        from chunks in Documents.Chunks
        from seconds in Gen.Elements(0, 0, 3, 20, 90, 240)
        from weights in Gen.Choose(0, 9).ArrayOf(5)
        from status in Gen.Elements(true, false, false)
        from limit in Documents.Limit
        from messages in Gen.Elements(5, 5, 1, 2, 20)
        from bytes in Gen.Elements(10_000_000L, 10_000_000L, 500L, 0L)
        from most in Gen.Elements(32_000, 32_000, 1_000)
        select new ReplyCase
        {
            Document = document,
            Chunks = chunks,
            Pauses = PausesOf(Documents.Cut(document, chunks).Count(), seconds, weights),
            HasStatus = status,
            MaxChars = limit,
            MaxMessages = messages,
            MaxFileBytes = bytes,
            MaxAnswerChars = most,
        };

    /// <summary>Anything may go wrong, at any call, at any time.</summary>
    public static Gen<ReplyCase> Faulty { get; } =
        from calm in Calm
        from rate in Gen.Elements(0, 5, 15, 40)
        from acts in Gen.Frequency(
            (100 - rate, Gen.Constant(SinkAct.Accept)),
            (rate, Gen.Elements(
                SinkAct.AcceptSlowly, SinkAct.Stall, SinkAct.Hang, SinkAct.RateLimit, SinkAct.RateLimit, SinkAct.RateLimitWithoutDelay, SinkAct.FailBefore,
                SinkAct.FailBefore, SinkAct.FailAfter, SinkAct.ThrowAnything))).ListOf(60)
        from fatal in Gen.Frequency((3, Gen.Constant(SinkAct.Accept)), (2, Gen.Elements(
            SinkAct.DeleteFirst, SinkAct.DeleteThis, SinkAct.Expire, SinkAct.Forbid, SinkAct.Reject, SinkAct.TooLarge, SinkAct.Quota)))
        from fatalAt in Gen.Choose(0, 8)
        from acked in Gen.Frequency((3, Gen.Constant(0)), (2, Gen.Choose(1, 9_000)), (1, Gen.Choose(9_000, 30_000)))
        from expires in Gen.Frequency((5, Gen.Constant(int.MaxValue)), (1, Gen.Choose(1, 60_000)))
        from stop in Gen.Frequency((2, Gen.Constant(-1)), (1, Gen.Choose(0, 20_000)))
        from deadline in Gen.Frequency((2, Gen.Constant(-1)), (1, Gen.Choose(1, 90_000)), (1, Gen.Constant(870_000)))
        from end in Gen.Elements(ModelEnd.Final, ModelEnd.Final, ModelEnd.Error, ModelEnd.WithoutFinal, ModelEnd.Throws, ModelEnd.Never)
        from latency in Gen.Elements(0, 80, 700)
        select calm with
        {
            Script = ScriptOf(acts, fatal, fatalAt),
            AckedAt = TimeSpan.FromMilliseconds(acked),
            ExpiresAt = expires == int.MaxValue ? TimeSpan.MaxValue : TimeSpan.FromMilliseconds(expires),

            // Half a millisecond beside everything else, so that nothing is at the same time. A model that never ends is stopped.
            StopAt = stop >= 0 ? TimeSpan.FromMilliseconds(stop + 0.5) : end == ModelEnd.Never && deadline < 0 ? TimeSpan.FromMilliseconds(30_000.5) : null,
            Deadline = deadline < 0 ? null : TimeSpan.FromMilliseconds(deadline + 0.25),
            ModelEnd = end,
            Latency = TimeSpan.FromMilliseconds(latency),
        };

    public ReplyLog Run()
    {
        var time = new VirtualTime();
        var limits = new ReplyLimits
        {
            MaxChars = MaxChars,
            MaxMessages = MaxMessages,
            MaxFileBytes = MaxFileBytes,
            Deadline = VirtualTime.Start + Deadline,
        };
        var discord = new FakeDiscord(time, limits, Script) { AckedAt = AckedAt, ExpiresAt = ExpiresAt, Latency = Latency };
        var model = new ScriptedModel(time, Pieces(), Pauses, ModelEnd);
        var streamer = new DiscordReplyStreamer(new() { Links = Links, MaxAnswerChars = MaxAnswerChars }, time);
        using CancellationTokenSource stop = StopAt is { } at ? new(at, time) : new();
        ReplyOutcome outcome = time.Run(() => streamer.RunAsync(model.StreamAsync(), discord, stop.Token), TimeSpan.FromHours(2));
        return new(this, discord, model, outcome, time.Elapsed);
    }

    // In whole milliseconds, for about that many seconds in all.
    private static TimeSpan[] PausesOf(int pieces, int seconds, int[] weights) =>
        [.. weights.Select(weight => TimeSpan.FromMilliseconds(1000 * seconds * weight / Math.Max(1, pieces * weights.Sum() / weights.Length)))];

    private static Dictionary<int, SinkAct> ScriptOf(IEnumerable<SinkAct> acts, SinkAct fatal, int fatalAt)
    {
        Dictionary<int, SinkAct> script = acts.Index().Where(act => act.Item != SinkAct.Accept).ToDictionary(act => act.Index, act => act.Item);
        script[fatalAt] = fatal;
        return script;
    }

    private IEnumerable<StreamChunk> Pieces()
    {
        int number = 0;
        if (HasStatus)
        {
            yield return StreamChunk.Doing("Looking at `image` 1 || of 2 at https://evil.test/x\nnow");
        }

        foreach (string piece in Documents.Cut(Document, Chunks))
        {
            yield return StreamChunk.Of(piece);
            if (HasStatus && number++ % 5 == 4)
            {
                yield return StreamChunk.Doing($"Step {number}");
            }
        }
    }
}
