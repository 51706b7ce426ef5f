using System.Diagnostics;
using DiscordIntel.Results;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Telemetry;

[NonParallelizable]
internal sealed class TelemetryTests
{
    [Test]
    public async Task CompleteAsync_Retried_IsOneStepSpanWithAChildForEachAttempt()
    {
        using var host = new RoadHost();
        using var telemetry = new RoadTelemetry(host.Telemetry);
        host.Handler.Then(503, "").Then(200, RoadAnswer.Saying("Paris", usage: """
            {"prompt_tokens":10,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":2}}
            """));

        await host.AskAsync();

        Assert.That(telemetry.Spans.Select(span => (span.DisplayName, span.Kind)), Is.EqualTo(new[]
        {
            ("chat gpt-6-luna", ActivityKind.Client), ("chat gpt-6-luna", ActivityKind.Client), ("discordintel.text.complete", ActivityKind.Internal),
        }));
        (Activity failed, Activity answered, Activity step) = (telemetry.Spans[0], telemetry.Spans[1], telemetry.Spans[2]);
        Assert.Multiple(() =>
        {
            Assert.That(failed.ParentSpanId, Is.EqualTo(step.SpanId));
            Assert.That(answered.ParentSpanId, Is.EqualTo(step.SpanId));
            Assert.That(step.ParentSpanId, Is.EqualTo(default(ActivitySpanId)));
            Assert.That((failed.Status, failed.GetTagItem("error.type")), Is.EqualTo((ActivityStatusCode.Error, "ProviderUnavailable")));
            Assert.That(failed.TagObjects.Select(tag => tag.Key), Has.None.StartsWith("gen_ai.usage"));
            Assert.That(answered.Status, Is.EqualTo(ActivityStatusCode.Unset));
            Assert.That(
                answered.TagObjects.Where(tag => tag.Key != "gen_ai.response.finish_reasons").ToDictionary(tag => tag.Key, tag => tag.Value),
                Is.EquivalentTo(new Dictionary<string, object?>
                {
                    ["gen_ai.operation.name"] = "chat",
                    ["gen_ai.provider.name"] = "openai",
                    ["gen_ai.request.model"] = "gpt-6-luna",
                    ["gen_ai.request.max_tokens"] = 4000,
                    ["gen_ai.request.temperature"] = 0.7f,
                    ["openai.api.type"] = "chat_completions",
                    ["gen_ai.response.id"] = "chatcmpl-1",
                    ["gen_ai.response.model"] = "gpt-6-luna",
                    ["gen_ai.usage.input_tokens"] = 10L,
                    ["gen_ai.usage.output_tokens"] = 5L,
                    ["gen_ai.usage.cache_read.input_tokens"] = 4L,
                    ["gen_ai.usage.reasoning.output_tokens"] = 2L,
                }));
            Assert.That(answered.GetTagItem("gen_ai.response.finish_reasons"), Is.EqualTo(new[] { "stop" }));
            Assert.That(step.TagObjects.Select(tag => tag.Key), Is.EquivalentTo(new[] { "operation", "outcome", "discordintel.tenant", "discordintel.attempts", "discordintel.cache", "discordintel.cost_usd" }));
            Assert.That((step.GetTagItem("outcome"), step.GetTagItem("discordintel.attempts"), step.GetTagItem("discordintel.tenant")), Is.EqualTo(("success", 2, "111111111111111111")));
        });
        Assert.That(Activity.Current, Is.Null, "a call leaves no span behind in its caller");
    }

    [Test]
    public async Task CompleteAsync_Retried_MeasuresByTheConventions()
    {
        using var host = new RoadHost();
        using var telemetry = new RoadTelemetry(host.Telemetry);
        host.Handler.Then(429, "", ("retry-after", "2")).Then(200, RoadAnswer.Saying("Paris"));

        Task<StepResult<string>> call = host.AskAsync();
        host.Time.Advance(TimeSpan.FromSeconds(2));
        await call.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Multiple(() =>
        {
            Assert.That(telemetry.Of("gen_ai.client.operation.duration").Select(item => (item.Unit, item.Tags.GetValueOrDefault("error.type"))), Is.EqualTo(new[] { ("s", (object?)"RateLimited"), ("s", null) }));
            Assert.That(telemetry.Of("gen_ai.client.token.usage").Select(item => (item.Unit, item.Tags["gen_ai.token.type"], item.Value)), Is.EqualTo(new[] { ("{token}", (object?)"input", 10d), ("{token}", "output", 5d) }));
            Assert.That(
                telemetry.Of("gen_ai.client.token.usage")[0].Tags.Keys,
                Is.EquivalentTo(new[] { "gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.request.model", "gen_ai.response.model", "gen_ai.token.type" }));
            Assert.That(telemetry.Of("discordintel.step.duration").Single().Value, Is.EqualTo(2));
            Assert.That(telemetry.Of("discordintel.step.duration").Single().Unit, Is.EqualTo("s"));
            Assert.That(telemetry.Of("discordintel.step.results").Single().Tags, Is.EquivalentTo(new Dictionary<string, object?> { ["operation"] = "text.complete", ["outcome"] = "success" }));
            Assert.That(telemetry.Of("discordintel.retry.attempts").Single().Tags, Is.EquivalentTo(new Dictionary<string, object?> { ["provider"] = "openai", ["model"] = "gpt-6-luna" }));
        });
    }

    [Test]
    public async Task CompleteAsync_UsageUnknown_ReportsNoTokens()
    {
        using var host = new RoadHost();
        using var telemetry = new RoadTelemetry(host.Telemetry);
        host.Handler.Then(200, RoadAnswer.Saying("Paris", usage: null));

        await host.AskAsync();

        Assert.That(telemetry.Of("gen_ai.client.token.usage"), Is.Empty);
        Assert.That(telemetry.Spans.SelectMany(span => span.TagObjects).Select(tag => tag.Key), Has.None.StartsWith("gen_ai.usage"));
    }

    [Test]
    public async Task CompleteAsync_Failed_IsCountedByKind()
    {
        using var host = new RoadHost();
        using var telemetry = new RoadTelemetry(host.Telemetry);
        host.Handler.Then(401, RoadAnswer.Error("no", "invalid_api_key"));

        await host.AskAsync();

        Assert.That(
            telemetry.Of("discordintel.step.results").Single().Tags,
            Is.EquivalentTo(new Dictionary<string, object?> { ["operation"] = "text.complete", ["outcome"] = "error", ["error.type"] = "Unauthorized" }));
        Assert.That(telemetry.Spans[^1].Status, Is.EqualTo(ActivityStatusCode.Error));
    }

    [Test]
    public async Task CompleteAsync_NothingSent_HasNoAttemptSpan()
    {
        using var host = new RoadHost();
        using var telemetry = new RoadTelemetry(host.Telemetry);

        await host.AskAsync(" ");

        Assert.That(telemetry.Spans.Select(span => span.DisplayName), Is.EqualTo(new[] { "discordintel.text.complete" }));
        Assert.That(telemetry.Of("gen_ai.client.operation.duration"), Is.Empty);
    }

    [Test]
    public async Task CompleteAsync_Success_WritesOneLine()
    {
        using var host = new RoadHost();
        host.Handler.Then(200, RoadAnswer.Saying("Paris"));

        await host.AskAsync();

        RoadLog.Line line = host.Log.Lines.Single(entry => entry.Id.Id != 504);
        Assert.That((line.Level, line.Id.Id), Is.EqualTo((LogLevel.Information, 200)));
        Assert.That(line.Text, Is.EqualTo("text.complete: success in 0 ms, model gpt-6-luna, tokens 10 in, 5 out, cost 0.0000035 USD, attempts 1"));
    }

    [Test]
    public async Task CompleteAsync_Failure_WritesOneWarning()
    {
        using var host = new RoadHost();
        host.Handler.Then(400, RoadAnswer.Error("Unsupported value.", "unsupported_value"), ("x-request-id", "req_1"));

        await host.AskAsync();

        RoadLog.Line line = host.Log.Lines.Single(entry => entry.Id.Id != 504);
        Assert.That((line.Level, line.Id.Id), Is.EqualTo((LogLevel.Warning, 201)));
        Assert.That(line.Text, Is.EqualTo("text.complete: InvalidRequest after 0 ms and 1 attempts, request req_1: openai answered 400 (unsupported_value): Unsupported value."));
    }
}
