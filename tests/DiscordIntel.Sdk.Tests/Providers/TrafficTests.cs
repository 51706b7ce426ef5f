using System.Text.Json;
using DiscordIntel.Providers.Wire;
using DiscordIntel.Results;
using DiscordIntel.TestKit;
using DiscordIntel.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Tests.Providers;

/// <summary>What the services really sent, through the whole road.</summary>
internal sealed class TrafficTests
{
    private static readonly Dictionary<string, (StepErrorKind Kind, TimeSpan? RetryAfter)> Errors = new()
    {
        ["14-compat-nonjson"] = (StepErrorKind.InvalidResponse, null),
        ["17-err400"] = (StepErrorKind.InvalidRequest, null),
        ["18-err400"] = (StepErrorKind.InvalidRequest, null),
        ["19-err404"] = (StepErrorKind.ModelUnavailable, null),
        ["35-or-err401"] = (StepErrorKind.Unauthorized, null),
        ["doc-401-key"] = (StepErrorKind.Unauthorized, null),
        ["doc-403-region"] = (StepErrorKind.Unauthorized, null),
        ["doc-413-audio"] = (StepErrorKind.ContextTooLong, null),
        ["doc-429-quota"] = (StepErrorKind.QuotaExhausted, null),
        ["doc-429-rate"] = (StepErrorKind.RateLimited, TimeSpan.FromMilliseconds(1798)),
        ["doc-429-rate-date"] = (StepErrorKind.RateLimited, TimeSpan.FromDays(365)),
        ["doc-500"] = (StepErrorKind.ProviderUnavailable, null),
        ["doc-502-html"] = (StepErrorKind.ProviderUnavailable, null),
        ["doc-503"] = (StepErrorKind.ProviderUnavailable, null),
        ["doc-520-empty"] = (StepErrorKind.ProviderUnavailable, null),
        ["doc-or-402"] = (StepErrorKind.QuotaExhausted, null),
    };

    // Azure's addresses end in a query.
    private static IEnumerable<TrafficRecord> Records() =>
        TrafficRecord.All().Where(record => !record.IsStream && record.Path.Split('?')[0].EndsWith("chat/completions", StringComparison.Ordinal));

    private static IEnumerable<TrafficRecord> Answers() => Records().Where(record => !Errors.ContainsKey(record.Name));

    private static IEnumerable<TrafficRecord> Faults() => Records().Where(record => Errors.ContainsKey(record.Name));

    [Test]
    public void Records_WhereTheFolderIs_AreAtLeastForty()
    {
        if (SharedMaterial.Find("traffic/recorded") is null)
        {
            Assert.Ignore("shared/traffic is absent.");
        }

        Assert.That(Records().Count(), Is.GreaterThanOrEqualTo(40));
        Assert.That(Errors.Keys, Is.SubsetOf(Records().Select(record => record.Name)), "every error in the table is a record that was read");
    }

    [TestCaseSource(nameof(Answers))]
    public void Read_RecordedAnswer_GivesWhatTheRecordExpects(TrafficRecord record)
    {
        ChatReply reply = ChatReplyReader.Read(record.ResponseBytes.Span);

        JsonElement choice = record.Expect.GetProperty("choices")[0];
        Assert.Multiple(() =>
        {
            Assert.That(reply.Id, Is.EqualTo(Text(record.Expect, "id")));
            Assert.That(reply.Model, Is.EqualTo(Text(record.Expect, "model")));
            Assert.That(reply.Text, Is.EqualTo(Text(choice, "content")));
            Assert.That(reply.Refusal, Is.EqualTo(Text(choice, "refusal")));
            Assert.That(reply.FinishReason, Is.EqualTo(Text(choice, "finish")));
            Assert.That(
                (reply.ToolCalls ?? []).Select(call => (call.Id, call.Name, call.Arguments)),
                Is.EqualTo(choice.GetProperty("tools").EnumerateArray().Select(tool => (Text(tool, "id"), Text(tool, "name"), Text(tool, "arguments")))));
            JsonElement usage = record.Expect.GetProperty("usage");
            Assert.That(reply.InputTokens, Is.EqualTo(Number(usage, "prompt_tokens")));
            Assert.That(reply.OutputTokens, Is.EqualTo(Number(usage, "completion_tokens")));
            Assert.That(reply.CachedInputTokens, Is.EqualTo(Number(usage, "prompt_tokens_details", "cached_tokens")));
            Assert.That(reply.ReasoningTokens, Is.EqualTo(Number(usage, "completion_tokens_details", "reasoning_tokens")));
            Assert.That(reply.Cost, Is.EqualTo(Cost(usage)));
            Assert.That(reply.Error, Is.Null);
        });
    }

    [TestCaseSource(nameof(Answers))]
    public async Task CompleteAsync_RecordedAnswer_GivesItsTextOrTheRightKind(TrafficRecord record)
    {
        using var host = new RoadHost();
        StepResult<string> result = await AskAsync(host, record);

        JsonElement choice = record.Expect.GetProperty("choices")[0], usage = record.Expect.GetProperty("usage");
        string? content = Text(choice, "content"), refusal = Text(choice, "refusal");
        StepErrorKind? kind = refusal is not null ? StepErrorKind.Refused : Text(choice, "finish") switch
        {
            "content_filter" => StepErrorKind.ContentFiltered,
            "length" => StepErrorKind.Truncated,
            _ => string.IsNullOrEmpty(content) ? StepErrorKind.InvalidResponse : null,
        };
        Assert.Multiple(() =>
        {
            Assert.That(result.Error?.Kind, Is.EqualTo(kind), result.Error?.Message);
            Assert.That(kind is null ? result.Value : result.Error!.Partial, Is.EqualTo(kind is null ? content : string.IsNullOrEmpty(content) ? refusal : content));
            Assert.That(result.Receipt.Model, Is.EqualTo(Text(record.Expect, "model")));
            Assert.That(result.Receipt.InputTokens, Is.EqualTo(Number(usage, "prompt_tokens")));
            Assert.That(result.Receipt.OutputTokens, Is.EqualTo(Number(usage, "completion_tokens")));
            Assert.That(result.Receipt.CachedInputTokens, Is.EqualTo(Number(usage, "prompt_tokens_details", "cached_tokens")));
            Assert.That(result.Receipt.ReasoningTokens, Is.EqualTo(Number(usage, "completion_tokens_details", "reasoning_tokens")));
            Assert.That(result.Receipt.RequestId, Is.EqualTo(
                record.ResponseHeaders.GetValueOrDefault("x-request-id") ?? record.ResponseHeaders.GetValueOrDefault("x-generation-id") ?? Text(record.Expect, "id")));
            Assert.That(result.Receipt.Attempts, Is.EqualTo(1));
            if (Cost(usage) is { } cost)
            {
                Assert.That(result.Receipt.Cost, Is.EqualTo(cost));
            }
        });
    }

    [TestCaseSource(nameof(Faults))]
    public async Task CompleteAsync_RecordedError_GivesItsKindAndHint(TrafficRecord record)
    {
        using var host = new RoadHost(options => options.Resilience.MaxAttempts = 1);
        StepResult<string> result = await AskAsync(host, record);

        (StepErrorKind kind, TimeSpan? retryAfter) = Errors[record.Name];
        string? said = record.Expect.ValueKind is JsonValueKind.Object && record.Expect.TryGetProperty("error", out JsonElement error) ? Text(error, "message") : null;
        Assert.Multiple(() =>
        {
            Assert.That(result.Error?.Kind, Is.EqualTo(kind), result.Error?.Message);
            Assert.That(result.Error?.RetryAfter, Is.EqualTo(retryAfter));
            Assert.That(result.Error?.Message, Does.Contain(said ?? ""));
            Assert.That(result.Receipt.Cost, Is.EqualTo(record.Status is >= 400 and < 500 ? 0 : (decimal?)null), "what is refused is not billed; what broke may be");
            Assert.That(result.Receipt.RequestId, Is.EqualTo(record.ResponseHeaders.GetValueOrDefault("x-request-id")));
        });
    }

    private static Task<StepResult<string>> AskAsync(RoadHost host, TrafficRecord record)
    {
        host.Handler.Then(() => RoadAnswer.Of(
            record.Status, record.ResponseBytes.ToArray(), [.. record.ResponseHeaders.Select(header => (header.Key, header.Value))]));
        return host.AskAsync();
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

    private static decimal? Cost(JsonElement usage) =>
        usage.TryGetProperty("cost", out JsonElement cost) && cost.ValueKind is JsonValueKind.Number ? cost.GetDecimal() : null;
}
