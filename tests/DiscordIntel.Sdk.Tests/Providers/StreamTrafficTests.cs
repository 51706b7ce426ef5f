using System.Text;
using System.Text.Json;
using DiscordIntel.Providers;
using DiscordIntel.Results;
using DiscordIntel.TestKit;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace DiscordIntel.Tests.Providers;

/// <summary>What the services really streamed, in whatever pieces it arrives.</summary>
internal sealed class StreamTrafficTests
{
    private static readonly Dictionary<string, (StepErrorKind Kind, string Partial)> Errors = new()
    {
        ["doc-or-midstream"] = (StepErrorKind.StreamInterrupted, "Par"),
        ["doc-sse-error-event"] = (StepErrorKind.StreamInterrupted, "Par"),
    };

    // Spoken answers: the events hold sound, and neither text nor a finish reason.
    private static readonly string[] Spoken = ["03-audio-in-sse"];

    private static IEnumerable<TrafficRecord> Records() =>
        TrafficRecord.All().Where(record => record.IsStream && record.Path.EndsWith("chat/completions", StringComparison.Ordinal));

    private static IEnumerable<TrafficRecord> Answers() => Records().Where(record => !Errors.ContainsKey(record.Name));

    private static IEnumerable<TrafficRecord> Faults() => Records().Where(record => Errors.ContainsKey(record.Name));

    /// <summary>One of each kind, with the distance of its cuts where every byte would be too many.</summary>
    private static IEnumerable<TestCaseData> Cuts()
    {
        (string Name, int Step)[] kinds =
        [
            ("08-basic-sse", 1), ("11-basic-sse-nousage", 1), ("53-reasoning-sse", 1), ("56-refusal-sse", 1), ("66-tool-call-sse", 1), ("75-tools-parallel-sse", 1),
            ("42-or-reasoning-sse", 1), ("44-or-tool-call-sse", 1), ("31-n-choices-sse", 29), ("54-reasoning-sse", 61),
        ];
        return from kind in kinds
               join record in Records() on kind.Name equals record.Name
               select new TestCaseData(record, kind.Step).SetArgDisplayNames(record.Name);
    }

    [Test]
    public void Records_WhereTheFolderIs_AreTwentyThree()
    {
        if (SharedMaterial.Find("traffic/recorded") is null)
        {
            Assert.Ignore("shared/traffic is absent.");
        }

        Assert.That(Records().Count(), Is.EqualTo(23));
        Assert.That(Errors.Keys.Concat(Spoken), Is.SubsetOf(Records().Select(record => record.Name)));
        Assert.That(Cuts().Count(), Is.EqualTo(10));
    }

    [TestCaseSource(nameof(Answers))]
    public async Task NextAsync_RecordedStream_GivesWhatTheRecordExpectsInWhateverPieces(TrafficRecord record)
    {
        byte[] whole = record.ResponseBytes.ToArray();
        byte[] windows = Encoding.UTF8.GetBytes(record.ResponseText.Replace("\n", "\r\n", StringComparison.Ordinal));

        foreach ((byte[] body, int size) in new[] { (whole, whole.Length), (whole, 1), (whole, 7), (windows, windows.Length), (windows, 1), (windows, 7) })
        {
            await using IReplyStream stream = await OpenAsync(body, size);
            var text = new StringBuilder();
            while (await stream.NextAsync())
            {
                text.Append(stream.Text);
            }

            using (Assert.EnterMultipleScope())
            {
                AssertExpected(record, stream.ToResponse(text.ToString()));
                Assert.That(stream.IsComplete, Is.EqualTo(!Spoken.Contains(record.Name)));
            }
        }
    }

    [TestCaseSource(nameof(Answers))]
    public async Task StreamAsync_RecordedStream_GivesItsTextOrTheRightKind(TrafficRecord record)
    {
        using var host = new RoadHost(options => options.Resilience.MaxAttempts = 1);
        List<StepResult<StreamChunk>> chunks = await StreamAsync(host, record);

        JsonElement choice = record.Expect.GetProperty("choices")[0], usage = record.Expect.GetProperty("usage");
        string content = Text(choice, "content") ?? "";
        string? refusal = Text(choice, "refusal"), finish = Text(choice, "finish");
        StepErrorKind? kind = finish is null ? StepErrorKind.ProviderUnavailable
            : refusal is not null ? StepErrorKind.Refused
            : content.Length == 0 ? StepErrorKind.InvalidResponse : null;
        StepResult<StreamChunk> last = chunks[^1];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(string.Concat(chunks.Where(chunk => chunk.IsSuccess).Select(chunk => chunk.Value.Text)), Is.EqualTo(content));
            Assert.That(chunks.Where(chunk => chunk is { IsSuccess: true, Value.IsFinal: false }).Select(chunk => chunk.Value.Text), Has.None.Empty);
            Assert.That(last.Error?.Kind, Is.EqualTo(kind), last.Error?.Message);
            Assert.That(last.Error?.Partial, Is.EqualTo(refusal));
            Assert.That(last.Value.FinishReason, Is.EqualTo(kind is null ? finish : null));
            Assert.That(last.Receipt.Model, Is.EqualTo(Text(record.Expect, "model") ?? "gpt-6-luna"));
            Assert.That(last.Receipt.InputTokens, Is.EqualTo(Number(usage, "prompt_tokens")));
            Assert.That(last.Receipt.OutputTokens, Is.EqualTo(Number(usage, "completion_tokens")));
            Assert.That(last.Receipt.ReasoningTokens, Is.EqualTo(Number(usage, "completion_tokens_details", "reasoning_tokens")));
            Assert.That(last.Receipt.Cost, Cost(usage) is { } cost ? Is.EqualTo(cost) : Is.GreaterThan(0));
            Assert.That(last.Receipt.CostIsEstimated || usage.ValueKind is JsonValueKind.Object);
            Assert.That(last.Receipt.RequestId, Is.EqualTo(
                record.ResponseHeaders.GetValueOrDefault("x-request-id") ?? record.ResponseHeaders.GetValueOrDefault("x-generation-id") ?? Text(record.Expect.GetProperty("ids"), 0)));
            Assert.That(host.Handler.Requests, Has.Count.EqualTo(1));
        }
    }

    [TestCaseSource(nameof(Faults))]
    public async Task StreamAsync_RecordedErrorInTheStream_GivesItsKindAndTheTextSoFar(TrafficRecord record)
    {
        using var host = new RoadHost();
        List<StepResult<StreamChunk>> chunks = await StreamAsync(host, record);

        (StepErrorKind kind, string partial) = Errors[record.Name];
        StepResult<StreamChunk> last = chunks[^1];
        Assert.That((last.Error?.Kind, last.Error?.Partial, host.Handler.Requests.Count), Is.EqualTo(((StepErrorKind?)kind, partial, 1)));
        Assert.That(chunks.Select(chunk => chunk.Value.Text), Is.EqualTo(new[] { partial, "" }));
    }

    /// <summary>No beginning of a stream is an answer, wherever it was cut; only the blank line behind the mark of the end may be missing.</summary>
    [TestCaseSource(nameof(Cuts))]
    public async Task StreamAsync_CutAnywhere_IsAFailureWithTheTextSoFar(TrafficRecord record, int step)
    {
        var body = new CutHandler();
        using var host = new RoadHost(options =>
        {
            options.OpenAI.PrimaryHandler = () => body;
            options.Resilience.MaxAttempts = 1;
        });
        byte[] whole = record.ResponseBytes.ToArray();
        int mark = whole.AsSpan().IndexOf("data: [DONE]"u8);
        string content = Text(record.Expect.GetProperty("choices")[0], "content") ?? "";
        Assert.That(mark, Is.GreaterThan(0));
        SortedSet<int> cuts = [.. Enumerable.Range(0, whole.Length / step).Select(i => i * step), .. Borders(whole), .. Enumerable.Range(mark, "data: [DONE]".Length)];

        foreach (int cut in cuts.Where(cut => cut < mark + "data: [DONE]".Length))
        {
            body.Body = whole[..cut];
            StringBuilder seen = new();
            StepResult<StreamChunk>? last = null;
            await foreach (StepResult<StreamChunk> chunk in host.StreamAsync())
            {
                last = chunk;
                seen.Append(chunk.Value.Text);
            }

            string? text = seen.Length == 0 ? null : seen.ToString();
            Assert.That(last!.Error?.Kind, Is.EqualTo(text is null ? StepErrorKind.ProviderUnavailable : StepErrorKind.StreamInterrupted), $"cut at {cut}: {last.Error}");
            Assert.That(last.Error!.Partial, Is.EqualTo(text), $"cut at {cut}");
            Assert.That(content, Does.StartWith(text ?? ""), $"cut at {cut}");
        }

        for (int cut = mark + "data: [DONE]".Length; cut <= whole.Length; cut++)
        {
            await using IReplyStream stream = await OpenAsync(whole[..cut], whole.Length);
            while (await stream.NextAsync())
            {
            }

            Assert.That(stream.IsComplete, Is.True, $"cut at {cut}");
        }
    }

    private static IEnumerable<int> Borders(byte[] body)
    {
        for (int i = 2; i < body.Length; i++)
        {
            if (body[i - 1] == '\n' && body[i - 2] == '\n')
            {
                yield return i;
            }
        }
    }

    private static void AssertExpected(TrafficRecord record, ChatResponse reply)
    {
        JsonElement choice = record.Expect.GetProperty("choices")[0], usage = record.Expect.GetProperty("usage");
        IList<AIContent> contents = reply.Messages[0].Contents;
        Assert.That(reply.Text, Is.EqualTo(Text(choice, "content") ?? ""));
        Assert.That(contents.OfType<ErrorContent>().SingleOrDefault()?.Message, Is.EqualTo(Text(choice, "refusal")));
        Assert.That(reply.FinishReason?.Value, Is.EqualTo(Text(choice, "finish")));
        Assert.That(reply.ModelId, Is.EqualTo(Text(record.Expect, "model")));
        Assert.That(reply.ResponseId, Is.EqualTo(Text(record.Expect.GetProperty("ids"), 0)));
        Assert.That(
            contents.OfType<FunctionCallContent>().Select(call => (call.CallId, call.Name, (string?)call.RawRepresentation)),
            Is.EqualTo(choice.GetProperty("tools").EnumerateArray().Select(tool => (Text(tool, "id"), Text(tool, "name"), Text(tool, "arguments")))));
        Assert.That(reply.Usage?.InputTokenCount, Is.EqualTo(Number(usage, "prompt_tokens")));
        Assert.That(reply.Usage?.OutputTokenCount, Is.EqualTo(Number(usage, "completion_tokens")));
        Assert.That(reply.Usage?.CachedInputTokenCount, Is.EqualTo(Number(usage, "prompt_tokens_details", "cached_tokens")));
        Assert.That(reply.Usage?.ReasoningTokenCount, Is.EqualTo(Number(usage, "completion_tokens_details", "reasoning_tokens")));
        Assert.That(((ReplyDetails)reply.RawRepresentation!).Cost, Is.EqualTo(Cost(usage)));
    }

    private static ValueTask<IReplyStream> OpenAsync(byte[] body, int pieces)
    {
        var pieced = new RoadBody();
        for (int at = 0; at < body.Length; at += pieces)
        {
            pieced.Then(body.AsMemory(at, Math.Min(pieces, body.Length - at)));
        }

        var handler = new RoadHandler(TimeProvider.System).ThenBody(pieced);
        var options = new DiscordIntelOptions();
        options.OpenAI.ApiKey = RoadHost.ApiKey;
        options.OpenAI.PrimaryHandler = () => handler;
        var client = (IReplyStreamSource)new OpenAIClientFactory(TimeProvider.System).Create(options);
        return client.OpenAsync([new ChatMessage(ChatRole.User, "Hi")], new ChatOptions { ModelId = "gpt-6-luna" }, CancellationToken.None);
    }

    private static Task<List<StepResult<StreamChunk>>> StreamAsync(RoadHost host, TrafficRecord record)
    {
        host.Handler.Then(() => RoadAnswer.Of(
            record.Status, record.ResponseBytes.ToArray(), [.. record.ResponseHeaders.Select(header => (header.Key, header.Value))]));
        return host.StreamAsync().ToListAsync().AsTask();
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static string? Text(JsonElement list, int index) => list.GetArrayLength() > index ? list[index].GetString() : null;

    private static long? Number(JsonElement parent, params string[] path)
    {
        foreach (string name in path)
        {
            if (parent.ValueKind is not JsonValueKind.Object || !parent.TryGetProperty(name, out parent))
            {
                return null;
            }
        }

        return parent.ValueKind is JsonValueKind.Number ? parent.GetInt64() : null;
    }

    private static decimal? Cost(JsonElement usage) =>
        usage.ValueKind is JsonValueKind.Object && usage.TryGetProperty("cost", out JsonElement cost) && cost.ValueKind is JsonValueKind.Number ? cost.GetDecimal() : null;

    private sealed class CutHandler : HttpMessageHandler
    {
        public byte[] Body { get; set; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(RoadAnswer.Of(200, Body, ("content-type", "text/event-stream")));
    }
}
