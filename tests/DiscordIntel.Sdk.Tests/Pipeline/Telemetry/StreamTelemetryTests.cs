using System.Diagnostics;
using System.Text;
using DiscordIntel.Results;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using static DiscordIntel.Tests.Support.RoadEvents;

namespace DiscordIntel.Tests.Pipeline.Telemetry;

/// <summary>A stream's spans and measurements end with the stream, not with its opening.</summary>
[NonParallelizable]
internal sealed class StreamTelemetryTests
{
    [Test]
    public async Task StreamAsync_Whole_IsOneSpanThatLastsAsLongAsTheStream()
    {
        using var host = new RoadHost();
        using var telemetry = new RoadTelemetry(host.Telemetry);
        host.Handler.Then(503, "").ThenBody(new RoadBody().Then(_ => Later(2, Role + Piece("Par"))).Then(_ => Later(5, Piece("is") + Finish() + Bill + Done)));
        await using IAsyncEnumerator<StepResult<StreamChunk>> stream = host.StreamAsync().GetAsyncEnumerator();

        await stream.MoveNextAsync();
        Assert.That(telemetry.Spans, Has.Count.EqualTo(1), "of the attempt that failed");
        while (await stream.MoveNextAsync())
        {
        }

        Assert.That(telemetry.Spans.Select(span => span.DisplayName), Is.EqualTo(new[] { "chat gpt-6-luna", "chat gpt-6-luna", "discordintel.text.stream" }));
        (Activity failed, Activity answered, Activity step) = (telemetry.Spans[0], telemetry.Spans[1], telemetry.Spans[2]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((failed.GetTagItem("error.type"), failed.GetTagItem("gen_ai.request.stream"), failed.GetTagItem("gen_ai.response.time_to_first_chunk")), Is.EqualTo(("ProviderUnavailable", true, (object?)null)));
            Assert.That((answered.ParentSpanId, answered.Status), Is.EqualTo((step.SpanId, ActivityStatusCode.Unset)));
            Assert.That(
                answered.TagObjects.Where(tag => tag.Key != "gen_ai.response.finish_reasons").ToDictionary(tag => tag.Key, tag => tag.Value),
                Is.EquivalentTo(new Dictionary<string, object?>
                {
                    ["gen_ai.operation.name"] = "chat",
                    ["gen_ai.provider.name"] = "openai",
                    ["gen_ai.request.model"] = "gpt-6-luna",
                    ["gen_ai.request.stream"] = true,
                    ["gen_ai.request.max_tokens"] = 4000,
                    ["gen_ai.request.temperature"] = 0.7f,
                    ["gen_ai.response.id"] = "chatcmpl-1",
                    ["gen_ai.response.model"] = "gpt-6-luna",
                    ["gen_ai.response.time_to_first_chunk"] = 2d,
                    ["gen_ai.usage.input_tokens"] = 10L,
                    ["gen_ai.usage.output_tokens"] = 5L,
                }));
            Assert.That(answered.GetTagItem("gen_ai.response.finish_reasons"), Is.EqualTo(new[] { "stop" }));
            Assert.That((step.GetTagItem("outcome"), step.GetTagItem("discordintel.attempts")), Is.EqualTo(("success", 2)));
        }

        ValueTask<ReadOnlyMemory<byte>> Later(int seconds, string piece)
        {
            host.Time.Advance(TimeSpan.FromSeconds(seconds));
            return new(Encoding.UTF8.GetBytes(piece));
        }
    }

    [Test]
    public async Task StreamAsync_Whole_MeasuresByTheConventions()
    {
        using var host = new RoadHost();
        using var telemetry = new RoadTelemetry(host.Telemetry);
        host.Handler.ThenBody(new RoadBody().Then(Role).Then(_ => Later(2, Piece("Par"))).Then(_ => Later(5, Piece("is") + Finish() + Bill + Done)));

        await host.StreamAsync().ToListAsync();

        using (Assert.EnterMultipleScope())
        {
            RoadTelemetry.Measurement first = telemetry.Of("gen_ai.client.operation.time_to_first_chunk").Single();
            Assert.That((first.Unit, first.Value), Is.EqualTo(("s", 2d)));
            Assert.That(first.Tags.Keys, Is.EquivalentTo(new[] { "gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.request.model" }));
            Assert.That(telemetry.Of("gen_ai.client.operation.duration").Single().Value, Is.EqualTo(7));
            Assert.That(telemetry.Of("gen_ai.client.token.usage").Select(item => (item.Tags["gen_ai.token.type"], item.Value)), Is.EqualTo(new[] { ((object?)"input", 10d), ("output", 5d) }));
            Assert.That(telemetry.Of("discordintel.step.duration").Single().Value, Is.EqualTo(7));
            Assert.That(telemetry.Of("discordintel.step.results").Single().Tags, Is.EquivalentTo(new Dictionary<string, object?> { ["operation"] = "text.stream", ["outcome"] = "success" }));
        }

        ValueTask<ReadOnlyMemory<byte>> Later(int seconds, string piece)
        {
            host.Time.Advance(TimeSpan.FromSeconds(seconds));
            return new(Encoding.UTF8.GetBytes(piece));
        }
    }

    /// <summary>What is not known is not reported, and yet charged.</summary>
    [Test]
    public async Task StreamAsync_CutOff_ReportsNoTokens()
    {
        using var host = new RoadHost();
        using var telemetry = new RoadTelemetry(host.Telemetry);
        host.Handler.ThenEvents(Role + Piece("Par"));

        StepResult<StreamChunk> last = (await host.StreamAsync().ToListAsync())[^1];

        Assert.That(telemetry.Of("gen_ai.client.token.usage"), Is.Empty);
        Assert.That((telemetry.Spans[0].GetTagItem("error.type"), telemetry.Spans[0].Status), Is.EqualTo(("StreamInterrupted", ActivityStatusCode.Error)));
        Assert.That(telemetry.Spans[0].GetTagItem("gen_ai.response.finish_reasons"), Is.Null);
        Assert.That(telemetry.Of("gen_ai.client.operation.duration").Single().Tags["error.type"], Is.EqualTo("StreamInterrupted"));
        Assert.That(last.Receipt.Cost, Is.GreaterThan(0));
    }

    [Test]
    public async Task StreamAsync_LeftEarly_IsCancelled()
    {
        using var host = new RoadHost();
        using var telemetry = new RoadTelemetry(host.Telemetry);
        host.Handler.ThenEvents(Whole("Par", "is"));

        await host.StreamAsync().FirstAsync();

        Assert.That(telemetry.Spans.Select(span => span.GetTagItem("error.type")), Is.EqualTo(new[] { "cancelled", null }));
        Assert.That(telemetry.Of("gen_ai.client.operation.time_to_first_chunk"), Has.Length.EqualTo(1));
        Assert.That(telemetry.Of("discordintel.step.results").Single().Tags["outcome"], Is.EqualTo("cancelled"));
    }

    [Test]
    public async Task StreamAsync_NoText_HasNoTimeToIt()
    {
        using var host = new RoadHost();
        using var telemetry = new RoadTelemetry(host.Telemetry);
        host.Handler.ThenEvents(Refusal("No.") + Finish() + Bill + Done);

        StepReceipt receipt = (await host.StreamAsync().SingleAsync()).Receipt;

        Assert.That((telemetry.Of("gen_ai.client.operation.time_to_first_chunk").Length, receipt.TimeToFirstChunk), Is.EqualTo((0, (TimeSpan?)null)));
    }

    [Test]
    public async Task StreamAsync_End_WritesOneLine()
    {
        using var host = new RoadHost();
        host.Handler.ThenEvents(Whole("Paris")).ThenEvents(Piece("Par"));

        await host.StreamAsync().ToListAsync();
        await host.StreamAsync().ToListAsync();

        Assert.That(host.Log.Lines.Where(entry => entry.Id.Id != 504).Select(line => (line.Level, line.Text)), Is.EqualTo(new[]
        {
            (LogLevel.Information, "text.stream: success in 0 ms, model gpt-6-luna, tokens 10 in, 5 out, cost 0.0000035 USD, attempts 1"),
            (LogLevel.Warning, "text.stream: StreamInterrupted after 0 ms and 1 attempts, request chatcmpl-1: The stream ended before the answer was complete."),
        }));
    }
}
