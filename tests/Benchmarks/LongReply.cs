using System.Text;
using BenchmarkDotNet.Attributes;
using DiscordIntel.Discord;
using DiscordIntel.Results;

namespace DiscordIntel.Benchmarks;

/// <summary>An answer of 30,000 characters for Discord: cut at once, and as it streams in, three characters at a time.</summary>
[MemoryDiagnoser]
public class LongReply
{
    private const int Chars = 30_000;

    private static readonly ReplyStreamerOptions Options = new();
    private string _answer = "";
    private StepResult<StreamChunk>[] _chunks = [];

    [GlobalSetup]
    public void Setup()
    {
        var text = new StringBuilder();
        for (int i = 1; text.Length < Chars; i++)
        {
            text.Append("## Step ").Append(i).Append("\n\nFirst **check** what `retry_after` says, then wait; see https://docs.example.com/steps/").Append(i).Append(" for more.\n\n")
                .Append("```cs\nawait Task.Delay(wait, cancellationToken);\nreturn await SendAsync(request);\n```\n\n- one thing\n- and ||another||\n\n");
        }

        _answer = text.ToString(0, Chars);
        _chunks = [.. Enumerable.Range(0, Chars / 3).Select(i => StepResult.Success(StreamChunk.Of(_answer.Substring(i * 3, 3)))), StepResult.Success(StreamChunk.Final())];
    }

    [Benchmark]
    public int Split() => DiscordText.Split(_answer).Count;

    [Benchmark]
    public int ApplyLinkPolicyAndSplit() => DiscordText.Split(DiscordText.ApplyLinkPolicy(_answer, Options.Links)).Count;

    /// <summary>The whole streamer over a sink that takes no time: the text is kept, judged and cut piece by piece, and each full message is written once.</summary>
    [Benchmark]
    public async Task<long> Stream()
    {
        ReplyOutcome outcome = await new DiscordReplyStreamer(Options, new HurriedClock()).RunAsync(_chunks.ToAsyncEnumerable(), new NoSink());
        return outcome.Messages == 20 || outcome.CharsShown >= Chars ? outcome.CharsShown : throw new InvalidOperationException($"{outcome}");
    }

    private sealed class NoSink : IReplySink
    {
        public ReplyLimits Limits { get; } = new() { MaxMessages = 20 };

        public ValueTask<ReplyMessageId> PostAsync(ReplyMessage message, CancellationToken cancellationToken) => new(new ReplyMessageId("1"));

        public ValueTask EditAsync(ReplyMessageId id, ReplyMessage message, CancellationToken cancellationToken) => default;
    }

    /// <summary>Whenever it is looked at, ten seconds have passed: nothing ever waits for the pace of the calls.</summary>
    private sealed class HurriedClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now += TimeSpan.TicksPerSecond * 10;
    }
}
