using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using DiscordIntel.Functions;
using DiscordIntel.Results;
using DiscordIntel.TestKit;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace DiscordIntel.Tests.Functions;

/// <summary>Calls that services really sent: they run with what was sent, and the request that follows is one that OpenAI's description allows (the host asserts it).</summary>
internal sealed class ToolTrafficTests
{
    private const string StreamedAnswer = """
        data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"gpt-6-luna","choices":[{"index":0,"delta":{"role":"assistant","content":"Done."},"finish_reason":"stop"}]}

        data: [DONE]


        """;

    private static IEnumerable<TrafficRecord> Records() => TrafficRecord.All().Where(record =>
        record.Status == 200 && record.Path.EndsWith("chat/completions", StringComparison.Ordinal)
        && record.Expect.TryGetProperty("choices", out JsonElement choices) && choices.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } choice
        && choice.GetProperty("tools").GetArrayLength() > 0);

    [Test]
    public void Records_WhereTheFolderIs_AreSixteen()
    {
        if (SharedMaterial.Find("traffic/recorded") is null)
        {
            Assert.Ignore("shared/traffic is absent.");
        }

        Assert.That((Records().Count(record => !record.IsStream), Records().Count(record => record.IsStream)), Is.EqualTo((10, 6)));
    }

    [TestCaseSource(nameof(Records))]
    public async Task Run_RecordedCalls_RunAsSentAndAreFollowedByALawfulRequest(TrafficRecord record)
    {
        (string Id, string Name, string Arguments)[] sent =
            [.. record.Expect.GetProperty("choices")[0].GetProperty("tools").EnumerateArray().Select(tool => (Text(tool, "id"), Text(tool, "name"), Text(tool, "arguments")))];
        var ran = new ConcurrentBag<(string Name, string Arguments)>();
        AIFunction[] tools = [.. sent.DistinctBy(call => call.Name).Select(call => new Noted(call.Name, SchemaOf(Parsed(call.Arguments)), ran))];
        using var host = new RoadHost();
        host.Handler.Then(() => RoadAnswer.Of(200, record.ResponseBytes.ToArray(), ("content-type", record.IsStream ? "text/event-stream" : "application/json")));
        host.Handler.Then(200, record.IsStream ? StreamedAnswer : RoadAnswer.Saying("Done."), ("content-type", record.IsStream ? "text/event-stream" : "application/json"));
        var functions = host.Services.GetRequiredService<FunctionCallingClient>();
        FunctionRequest request = FunctionRequest.Of("Go on.", tools);

        StepReceipt receipt = record.IsStream
            ? (await functions.RunStreamingAsync(request, RoadHost.Scope).LastAsync()).Receipt
            : (await functions.RunAsync(request, RoadHost.Scope)).Receipt;

        JsonElement[] followUp = [.. JsonElement.Parse(host.Handler.Requests[1].Body).GetProperty("messages").EnumerateArray()];
        JsonElement[] repeated = [.. followUp.Single(message => Text(message, "role") == "assistant").GetProperty("tool_calls").EnumerateArray()];
        Assert.Multiple(() =>
        {
            Assert.That(ran, Is.EquivalentTo(sent.Where(call => Parsed(call.Arguments) is not null).Select(call => (call.Name, Parsed(call.Arguments)!.ToJsonString()))));
            Assert.That(receipt.ToolSteps.Select(step => (step.CallId, step.Tool, step.Outcome)), Is.EqualTo(
                sent.Select(call => (call.Id, call.Name, Parsed(call.Arguments) is null ? ToolOutcome.InvalidArguments : ToolOutcome.Succeeded))));
            Assert.That(repeated.Select(call => (Text(call, "id"), Text(call.GetProperty("function"), "name"), Text(call.GetProperty("function"), "arguments"))), Is.EqualTo(sent));
            Assert.That(followUp.Where(message => Text(message, "role") == "tool").Select(message => Text(message, "tool_call_id")), Is.EqualTo(sent.Select(call => call.Id)));
            Assert.That(host.Handler.Requests, Has.Count.EqualTo(2));
        });
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static JsonNode? Parsed(string arguments)
    {
        try
        {
            return JsonNode.Parse(arguments);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A schema that the value fits.</summary>
    private static JsonObject SchemaOf(JsonNode? value) => value switch
    {
        JsonArray items => new() { ["type"] = "array", ["items"] = items.Count == 0 ? new JsonObject { ["type"] = "string" } : SchemaOf(items[0]) },
        JsonValue leaf => new() { ["type"] = leaf.GetValueKind() switch { JsonValueKind.String => "string", JsonValueKind.Number => "number", _ => "boolean" } },
        _ => new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject((value as JsonObject ?? []).Select(member => KeyValuePair.Create(member.Key, (JsonNode?)SchemaOf(member.Value)))),
        },
    };

    private sealed class Noted(string name, JsonObject schema, ConcurrentBag<(string Name, string Arguments)> ran) : AIFunction
    {
        public override string Name => name;

        public override JsonElement JsonSchema { get; } = JsonElement.Parse(schema.ToJsonString());

        protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
        {
            ran.Add((name, JsonNode.Parse(((JsonElement)arguments.Context![typeof(JsonElement)]!).GetRawText())!.ToJsonString()));
            return ValueTask.FromResult<object?>("ok");
        }
    }
}
