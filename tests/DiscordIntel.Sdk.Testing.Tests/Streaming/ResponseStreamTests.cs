using System.Text;
using System.Text.Json;
using DiscordIntel.Testing.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Testing.Tests.Streaming;

/// <summary>What a streamed response looks like on the wire, over both forms of the emulator.</summary>
[TestFixture(Form.InProcess)]
[TestFixture(Form.Loopback)]
internal sealed class ResponseStreamTests(Form form)
{
    private static readonly string[] Message =
    [
        "response.created", "response.in_progress", "response.output_item.added", "response.content_part.added", "response.output_text.delta", "response.output_text.delta",
        "response.output_text.done", "response.content_part.done", "response.output_item.done", "response.completed",
    ];

    [Test]
    public async Task Stream_Text_IsTheseEvents()
    {
        List<JsonElement> events = await EventsAsync(EmulatorReply.Text("Hello you."));

        Assert.That(events.Select(TypeOf), Is.EqualTo(Message));
        Assert.That(events.Select(sent => sent.GetProperty("sequence_number").GetInt32()), Is.EqualTo(Enumerable.Range(0, Message.Length)));
        Assert.That(string.Concat(events.Where(sent => TypeOf(sent) == "response.output_text.delta").Select(sent => sent.GetProperty("delta").GetString())), Is.EqualTo("Hello you."));
        JsonElement whole = events[^1].GetProperty("response");
        Assert.That(whole.GetProperty("output")[0].GetProperty("content")[0].GetProperty("text").GetString(), Is.EqualTo("Hello you."));
        Assert.That(whole.GetProperty("usage").GetProperty("output_tokens").GetInt32(), Is.EqualTo(3));
    }

    [Test]
    public async Task Stream_ToolCalls_AreItemsWithTheirArguments()
    {
        List<JsonElement> events = await EventsAsync(EmulatorReply.ToolCalls(("get_weather", """{"city":"Brno"}"""), ("get_time", "{}")), ",\"include\":[\"reasoning.encrypted_content\"]");

        Assert.That(events.Where(sent => TypeOf(sent).EndsWith(".added", StringComparison.Ordinal)).Select(sent => sent.GetProperty("item").GetProperty("type").GetString()), Is.EqualTo(new[] { "reasoning", "function_call", "function_call" }));
        Assert.That(events.Where(sent => TypeOf(sent) == "response.function_call_arguments.done").Select(sent => sent.GetProperty("arguments").GetString()), Is.EqualTo(new[] { """{"city":"Brno"}""", "{}" }));
        Assert.That(events.Count(sent => TypeOf(sent) == "response.output_item.done"), Is.EqualTo(3));
        JsonElement[] output = [.. events[^1].GetProperty("response").GetProperty("output").EnumerateArray()];
        Assert.That(output[0].GetProperty("encrypted_content").GetString(), Is.EqualTo("gAAAA-emulator-rs_emulator_1_0"));
        Assert.That(output[1].GetProperty("call_id").GetString(), Is.EqualTo("call_emulator_1_0"));
    }

    [Test]
    public async Task Stream_Truncated_EndsIncomplete()
    {
        List<JsonElement> events = await EventsAsync(EmulatorReply.Truncated("One"));

        Assert.That(TypeOf(events[^1]), Is.EqualTo("response.incomplete"));
        Assert.That(events[^1].GetProperty("response").GetProperty("incomplete_details").GetProperty("reason").GetString(), Is.EqualTo("max_output_tokens"));
    }

    /// <summary>A script cuts both APIs alike: at the head, behind so many words, before the end.</summary>
    [TestCase(0, 0, null)]
    [TestCase(1, 4, "response.content_part.added")]
    [TestCase(2, 5, "response.output_text.delta")]
    [TestCase(4, 9, "response.output_item.done")]
    [TestCase(99, 9, "response.output_item.done")]
    public async Task CutAfter_SomeChunks_NeverHasTheEnd(int chunks, int count, string? last)
    {
        List<JsonElement> events = await EventsAsync(EmulatorReply.Text("Hello you.").CutAfter(chunks));

        Assert.That((events.Count, events.Count == 0 ? null : TypeOf(events[^1])), Is.EqualTo((count, last)));
    }

    [Test]
    public async Task WithoutDone_LeavesOutTheLastEvent()
    {
        List<JsonElement> events = await EventsAsync(EmulatorReply.Text("Hello you.").WithoutDone());

        Assert.That(events.Select(TypeOf), Is.EqualTo(Message.SkipLast(1)));
    }

    [Test]
    public async Task ErrorAfter_SomeChunks_IsAnEventOfItsOwn()
    {
        List<JsonElement> events = await EventsAsync(EmulatorReply.Text("Hello you.").ErrorAfter(2, "overloaded"));

        Assert.That((TypeOf(events[^1]), events[^1].GetProperty("code").GetString()), Is.EqualTo(("error", "overloaded")));
    }

    [Test]
    public async Task RouterErrorAfter_SomeChunks_IsAFailedResponse()
    {
        List<JsonElement> events = await EventsAsync(EmulatorReply.Text("Hello you.").RouterErrorAfter(2, 502));

        Assert.That((TypeOf(events[^1]), events[^1].GetProperty("response").GetProperty("error").GetProperty("code").GetInt32()), Is.EqualTo(("response.failed", 502)));
    }

    [Test]
    public async Task Stream_LooksAsToldOnTheWire()
    {
        await using StreamClient client = await StreamClient.OpenAsync(form, EmulatorReply.Text("Hi").WithComments("wait").WithCrLf().WithoutLastBlankLine().InReadsOf(7));

        string wire = await ReadAsync(client, "");

        Assert.That(wire, Does.StartWith(": wait\r\n\r\nevent: response.created\r\ndata: {\"type\":\"response.created\",\"response\":{"));
        Assert.That(wire, Does.EndWith("}\r\n").And.Not.EndsWith("\r\n\r\n").And.Not.Contain("[DONE]"));
    }

    [Test]
    public async Task Billed_BrokenResponse_CountsWhatWasGenerated()
    {
        await using StreamClient client = await StreamClient.OpenAsync(form, EmulatorReply.Text("seven77 eight888 nine999").CutAfter(2));

        await ReadAsync(client, "");

        await client.AnsweredAsync();
        Assert.That(client.Emulator.Billed.Single(), Is.EqualTo(new EmulatorBill { Model = "m", Completions = 1, InputTokens = 4, OutputTokens = 2 }));
        Assert.That(client.Emulator.Requests.Single().Chunks, Is.EqualTo(2));
    }

    private async Task<List<JsonElement>> EventsAsync(EmulatorReply reply, string more = "")
    {
        await using StreamClient client = await StreamClient.OpenAsync(form, reply);
        string wire = await ReadAsync(client, more);
        string[] lines = wire.Split('\n');
        List<JsonElement> events = [.. lines.Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => EmulatorClient.Parse(line["data: ".Length..]))];
        Assert.That(lines.Where(line => line.StartsWith("event: ", StringComparison.Ordinal)), Is.EqualTo(events.Select(sent => $"event: {TypeOf(sent)}")));
        return events;
    }

    private static async Task<string> ReadAsync(StreamClient client, string more)
    {
        using var body = new StringContent($$"""{"model":"m","input":"Sixteen letters!","stream":true{{more}}}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.Http.PostAsync(new Uri("responses", UriKind.Relative), body);
        Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/event-stream; charset=utf-8"));
        return await response.Content.ReadAsStringAsync();
    }

    private static string TypeOf(JsonElement sent) => sent.GetProperty("type").GetString()!;
}
