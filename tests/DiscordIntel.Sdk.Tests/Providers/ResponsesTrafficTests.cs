using System.Text;
using System.Text.Json;
using DiscordIntel.Providers;
using DiscordIntel.Providers.Wire;
using DiscordIntel.Results;
using DiscordIntel.TestKit;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace DiscordIntel.Tests.Providers;

/// <summary>What OpenAI really answered over Responses, whole and streamed, through the reader and the whole road.</summary>
internal sealed class ResponsesTrafficTests
{
    private static readonly string[] Endings = ["\n", "\r\n"];

    private static IEnumerable<TrafficRecord> Records() => TrafficRecord.All().Where(record => record.Path == "/v1/responses" && record.Status == 200);

    private static IEnumerable<TrafficRecord> Whole() => Records().Where(record => !record.IsStream);

    private static IEnumerable<TrafficRecord> Streams() => Records().Where(record => record.IsStream);

    [Test]
    public void Records_WhereTheyAre_AreOfEveryKind()
    {
        if (!Records().Any())
        {
            Assert.Ignore("No recorded responses are beside this checkout.");
        }

        Assert.That(Whole().Count(), Is.GreaterThanOrEqualTo(61));
        Assert.That(Streams().Count(), Is.GreaterThanOrEqualTo(10));
        Assert.That(Records().Select(record => Text(record.Expect, "finish")).Distinct(), Is.SupersetOf(new[] { "stop", "tool_calls", "length" }));
        Assert.That(Records().Any(record => record.Expect.GetProperty("reasoning").GetArrayLength() > 0));
    }

    [TestCaseSource(nameof(Whole))]
    public void Read_RecordedAnswer_GivesWhatTheRecordExpects(TrafficRecord record) =>
        AssertExpected(record, ChatReplyMapper.ToResponse(ResponsesReplyReader.Read(record.ResponseBytes.Span), new ReplyDetails()));

    [TestCaseSource(nameof(Whole))]
    public async Task CompleteAsync_RecordedAnswer_GivesItsTextOrTheRightKind(TrafficRecord record)
    {
        using RoadHost host = Host();
        host.Handler.Then(() => RoadAnswer.Of(200, record.ResponseBytes.ToArray()));

        StepResult<string> result = await host.AskAsync();

        string text = Text(record.Expect, "text")!;
        StepErrorKind? kind = Text(record.Expect, "finish") switch
        {
            "length" => StepErrorKind.Truncated,
            "error" => StepErrorKind.ProviderUnavailable,
            _ => text.Length == 0 ? StepErrorKind.InvalidResponse : null,
        };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Error?.Kind, Is.EqualTo(kind), result.Error?.Message);
            Assert.That(result.Value, Is.EqualTo(kind is null ? text : null));
            Assert.That((result.Receipt.Api, result.Receipt.Model, result.Receipt.RequestId), Is.EqualTo(("responses", Text(record.Expect, "model"), Text(record.Expect, "id"))));
            AssertUsage(record, result.Receipt.InputTokens, result.Receipt.OutputTokens, result.Receipt.CachedInputTokens, result.Receipt.ReasoningTokens);
        }
    }

    [TestCaseSource(nameof(Streams))]
    public async Task NextAsync_RecordedStream_GivesWhatTheRecordExpectsInWhateverPieces(TrafficRecord record)
    {
        foreach (string ending in Endings)
        {
            byte[] body = Encoding.UTF8.GetBytes(record.ResponseText.Replace("\n", ending, StringComparison.Ordinal));
            foreach (int size in (int[])[body.Length, 7, 1])
            {
                await using IReplyStream stream = await OpenAsync(body, size);
                var text = new StringBuilder();
                while (await stream.NextAsync())
                {
                    text.Append(stream.Text);
                }

                using (Assert.EnterMultipleScope())
                {
                    Assert.That(text.ToString(), Is.EqualTo(Text(record.Expect, "deltas")));
                    AssertExpected(record, stream.ToResponse(text.ToString()));
                    Assert.That(stream.IsComplete, Is.True);
                }
            }
        }
    }

    /// <summary>No beginning of a stream is an answer: only what the service itself calls the end is one.</summary>
    [TestCaseSource(nameof(Streams))]
    public async Task StreamAsync_CutAnywhere_IsAFailureWithTheTextSoFar(TrafficRecord record)
    {
        byte[] whole = record.ResponseBytes.ToArray();
        int mark = record.ResponseText.LastIndexOf("data: ", StringComparison.Ordinal);
        int last = Encoding.UTF8.GetByteCount(record.ResponseText[..mark]);
        int step = Math.Max(1, whole.Length / 150);
        string content = Text(record.Expect, "deltas")!;

        foreach (int cut in Enumerable.Range(0, whole.Length).Where(cut => cut <= last && cut % step == 0).Append(last).Append(last + 6).Append(last + 200))
        {
            using RoadHost host = Host();
            host.Handler.Then(() => RoadAnswer.Of(200, whole[..cut], ("content-type", "text/event-stream")));
            List<StepResult<StreamChunk>> chunks = await host.StreamAsync().ToListAsync();

            string text = string.Concat(chunks.Where(chunk => chunk.IsSuccess).Select(chunk => chunk.Value!.Text));
            StepError? error = chunks[^1].Error;
            Assert.That(error?.Kind, Is.EqualTo(text.Length == 0 ? StepErrorKind.ProviderUnavailable : StepErrorKind.StreamInterrupted), $"cut at {cut}: {error}");
            Assert.That(error!.Partial, Is.EqualTo(text.Length == 0 ? null : text), $"cut at {cut}");
            Assert.That(content, Does.StartWith(text), $"cut at {cut}");
        }
    }

    private static void AssertExpected(TrafficRecord record, ChatResponse reply)
    {
        IList<AIContent> contents = reply.Messages[0].Contents;
        Assert.That((reply.ResponseId, reply.ModelId, reply.FinishReason?.Value), Is.EqualTo((Text(record.Expect, "id"), Text(record.Expect, "model"), Text(record.Expect, "finish"))));
        Assert.That(reply.Text, Is.EqualTo(Text(record.Expect, "text")));
        Assert.That(contents.OfType<ErrorContent>().SingleOrDefault()?.Message, Is.EqualTo(Text(record.Expect, "refusal")));
        Assert.That(
            contents.OfType<FunctionCallContent>().Select(call => (call.CallId, call.Name, (string?)call.RawRepresentation, call.Exception)),
            Is.EqualTo(record.Expect.GetProperty("tools").EnumerateArray().Select(tool => (Text(tool, "id"), Text(tool, "name"), Text(tool, "arguments"), (Exception?)null))));
        Assert.That(
            contents.OfType<TextReasoningContent>().Select(reasoning => (ChatReplyMapper.ReasoningIdOf(reasoning), reasoning.ProtectedData)),
            Is.EqualTo(record.Expect.GetProperty("reasoning").EnumerateArray().Select(item => (Text(item, "id"), Text(item, "encrypted")))));
        AssertUsage(record, reply.Usage?.InputTokenCount, reply.Usage?.OutputTokenCount, reply.Usage?.CachedInputTokenCount, reply.Usage?.ReasoningTokenCount);
    }

    private static void AssertUsage(TrafficRecord record, long? input, long? output, long? cached, long? reasoning)
    {
        JsonElement usage = record.Expect.GetProperty("usage");
        Assert.That((input, output), Is.EqualTo((Number(usage, "input_tokens"), Number(usage, "output_tokens"))));
        Assert.That((cached, reasoning), Is.EqualTo((Number(usage, "input_tokens_details", "cached_tokens"), Number(usage, "output_tokens_details", "reasoning_tokens"))));
    }

    private static RoadHost Host() => new(options =>
    {
        options.OpenAI.Api = OpenAIApi.Responses;
        options.Resilience.MaxAttempts = 1;
    });

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
        options.OpenAI.Api = OpenAIApi.Responses;
        options.OpenAI.PrimaryHandler = () => handler;
        var client = (IReplyStreamSource)new OpenAIClientFactory(TimeProvider.System).Create(options);
        return client.OpenAsync([new ChatMessage(ChatRole.User, "Hi")], new ChatOptions { ModelId = "gpt-6-luna" }, CancellationToken.None);
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

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
}
