using System.Text.Json;
using DiscordIntel.Testing.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Testing.Tests.Streaming;

/// <summary>What a streamed completion looks like on the wire, over both forms of the emulator.</summary>
[TestFixture(Form.InProcess)]
[TestFixture(Form.Loopback)]
internal sealed class CompletionStreamTests(Form form)
{
    private const string Head = """{"id":"chatcmpl-emulator-1","object":"chat.completion.chunk","created":1767225601,"model":"emulator","service_tier":"default","system_fingerprint":null,"choices":""";

    [Test]
    public async Task Stream_Text_IsThisOnTheWire()
    {
        await using StreamClient client = await StreamClient.OpenAsync(form, EmulatorReply.Text("Hello là you"));

        using HttpResponseMessage response = await client.SendAsync(StreamClient.Chat("Hi there, emulator!"));

        Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/event-stream; charset=utf-8"));
        Assert.That(response.Headers.GetValues("x-request-id"), Is.EqualTo(new[] { "req_emulator_1" }));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(string.Concat(
            Event("""[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"kQz7Wb2mXe9Rt4Yp"}"""),
            Event("""[{"index":0,"delta":{"content":"Hello"},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"b2mXe9Rt4Yp"}"""),
            Event("""[{"index":0,"delta":{"content":" là"},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"7Wb2mXe9Rt4Yp"}"""),
            Event("""[{"index":0,"delta":{"content":" you"},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"Wb2mXe9Rt4Yp"}"""),
            Event("""[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"usage":null,"obfuscation":"kQz7Wb2mXe9Rt4Yp"}"""),
            Event("""[],"usage":{"prompt_tokens":5,"completion_tokens":4,"total_tokens":9,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}},"obfuscation":"kQz7Wb2mXe9Rt4Yp"}"""),
            "data: [DONE]\n\n")));

        static string Event(string rest) => $"data: {Head}{rest}\n\n";
    }

    [TestCase("", false)]
    [TestCase("\"stream_options\":null", false)]
    [TestCase("\"stream_options\":{}", false)]
    [TestCase("\"stream_options\":{\"include_usage\":false}", false)]
    [TestCase("\"stream_options\":{\"include_usage\":true}", true)]
    public async Task Stream_Usage_ComesWhenItIsAskedFor(string options, bool expected)
    {
        await using StreamClient client = await StreamClient.OpenAsync(form, EmulatorReply.Text("Hello you."));

        List<JsonElement> chunks = await client.ChunksAsync(StreamClient.Chat(usage: false, more: options.Length == 0 ? null : options));

        Assert.That(chunks, Has.Count.EqualTo(expected ? 5 : 4));
        Assert.That(chunks.Select(chunk => chunk.TryGetProperty("usage", out _)), Is.All.EqualTo(expected));
        Assert.That(chunks[^1].GetProperty("choices").GetArrayLength(), Is.EqualTo(expected ? 0 : 1));
    }

    [Test]
    public async Task Stream_ObfuscationUnwanted_IsLeftOut()
    {
        await using StreamClient client = await StreamClient.OpenAsync(form);

        List<JsonElement> chunks = await client.ChunksAsync(StreamClient.Chat(usage: false, more: "\"stream_options\":{\"include_obfuscation\":false}"));

        Assert.That(chunks.Select(chunk => chunk.TryGetProperty("obfuscation", out _)), Is.All.False);
    }

    [Test]
    public async Task Stream_Refusal_ComesInItsOwnDeltas()
    {
        await using StreamClient client = await StreamClient.OpenAsync(form, EmulatorReply.Refusal("I can't help."));

        List<JsonElement> chunks = await client.ChunksAsync(StreamClient.Chat(usage: false));

        Assert.That(Deltas(chunks), Is.EqualTo(new[]
        {
            """{"role":"assistant","content":null,"refusal":""}""", """{"refusal":"I"}""", """{"refusal":" can't"}""", """{"refusal":" help."}""", "{}",
        }));
        Assert.That(Finish(chunks), Is.EqualTo("stop"));
    }

    [Test]
    public async Task Stream_ToolCalls_ComeWithNamesFirstAndArgumentsInPieces()
    {
        await using StreamClient client = await StreamClient.OpenAsync(
            form, EmulatorReply.ToolCalls(("get_weather", """{"city":"Oslo"}"""), ("get_time", "{}")).InChunksOf(8));

        List<JsonElement> chunks = await client.ChunksAsync(StreamClient.Chat(usage: false));

        Assert.That(Deltas(chunks), Is.EqualTo(new[]
        {
            """{"role":"assistant","content":null,"refusal":null}""",
            """{"tool_calls":[{"index":0,"id":"call_emulator_1_0","type":"function","function":{"name":"get_weather","arguments":""}}]}""",
            """{"tool_calls":[{"index":0,"function":{"arguments":"{\"city\":"}}]}""",
            """{"tool_calls":[{"index":0,"function":{"arguments":"\"Oslo\"}"}}]}""",
            """{"tool_calls":[{"index":1,"id":"call_emulator_1_1","type":"function","function":{"name":"get_time","arguments":""}}]}""",
            """{"tool_calls":[{"index":1,"function":{"arguments":"{}"}}]}""",
            "{}",
        }));
        Assert.That(Finish(chunks), Is.EqualTo("tool_calls"));
    }

    [Test]
    public async Task Stream_Truncated_FinishesWithLength()
    {
        await using StreamClient client = await StreamClient.OpenAsync(form, EmulatorReply.Truncated("{\"a\":"));

        List<JsonElement> chunks = await client.ChunksAsync(StreamClient.Chat(usage: false));

        Assert.That((Text(chunks), Finish(chunks)), Is.EqualTo(("{\"a\":", "length")));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Stream_ContentFiltered_FinishesWithContentFilter(bool withMessage)
    {
        await using StreamClient client = await StreamClient.OpenAsync(form, EmulatorReply.ContentFiltered(withMessage));

        List<JsonElement> chunks = await client.ChunksAsync(StreamClient.Chat(usage: false));

        Assert.That(Finish(chunks), Is.EqualTo("content_filter"));
        Assert.That(chunks[^1].GetProperty("choices")[0].TryGetProperty("delta", out _), Is.EqualTo(withMessage));
    }

    [Test]
    public async Task Stream_NoChoices_HasNone()
    {
        await using StreamClient client = await StreamClient.OpenAsync(form, EmulatorReply.NoChoices());

        List<JsonElement> chunks = await client.ChunksAsync(StreamClient.Chat());

        Assert.That(chunks.Select(chunk => chunk.GetProperty("choices").GetArrayLength()), Is.EqualTo(new[] { 0, 0 }));
        Assert.That(chunks[^1].GetProperty("usage").GetProperty("completion_tokens").GetInt64(), Is.Zero);
    }

    [Test]
    public async Task Stream_MalformedBody_BreaksOffInsideAnEvent()
    {
        await using StreamClient client = await StreamClient.OpenAsync(form, EmulatorReply.MalformedBody());

        (List<string> events, Exception? fault) = await client.EventsAsync(StreamClient.Chat());

        Assert.That((events.Count, fault), Is.EqualTo((2, (Exception?)null)));
        Assert.That(() => EmulatorClient.Parse(events[0]), Throws.Nothing);
        Assert.That(events[1], Does.StartWith("{\"id\":\"chatcmpl-emulator-1\""));
        Assert.That(() => EmulatorClient.Parse(events[1]), Throws.InstanceOf<JsonException>());
    }

    [Test]
    public async Task Stream_ErrorInOk_IsTheOnlyEvent()
    {
        await using StreamClient client = await StreamClient.OpenAsync(form, EmulatorReply.ErrorInOk("overloaded"));

        (List<string> events, _) = await client.EventsAsync(StreamClient.Chat());

        EmulatorClient.AssertError(
            EmulatorClient.Parse(events.Single()), "The server had an error while processing your request. Sorry about that!", "overloaded", null, "overloaded");
    }

    [TestCase(429)]
    [TestCase(503)]
    public async Task Stream_ErrorByStatus_IsJsonAsWithoutAStream(int status)
    {
        await using StreamClient client = await StreamClient.OpenAsync(form, status == 429 ? EmulatorReply.RateLimited(TimeSpan.FromSeconds(3)) : EmulatorReply.Overloaded());

        using HttpResponseMessage response = await client.SendAsync(StreamClient.Chat());

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/json"));
        Assert.That(response.Headers.RetryAfter?.Delta, Is.EqualTo(status == 429 ? TimeSpan.FromSeconds(3) : null));
        Assert.That(EmulatorClient.Parse(await response.Content.ReadAsStringAsync()).TryGetProperty("error", out _));
    }

    [TestCase("Nine. The bridge opens at nine tomorrow. Bring a coat.", null)]
    [TestCase("Answer in JSON if you please.", """  "response_format":{"type":"json_object"} """)]
    [TestCase("One thing leads to another.", """  "response_format":{"type":"json_schema","json_schema":{"name":"a","strict":true,"schema":{"type":"object","properties":{"points":{"type":"array","items":{"type":"string"}}},"required":["points"],"additionalProperties":false}}} """)]
    public async Task Stream_Default_SaysWhatTheWholeReplySays(string content, string? more)
    {
        await using StreamClient client = await StreamClient.OpenAsync(form);
        string whole = await client.ReadAsync(EmulatorClient.Chat(content, more));

        List<JsonElement> chunks = await client.ChunksAsync(StreamClient.Chat(content, more: more));

        JsonElement expected = EmulatorClient.Parse(whole);
        Assert.That(Text(chunks), Is.EqualTo(expected.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()));
        Assert.That(chunks[^1].GetProperty("usage").ToString(), Is.EqualTo(expected.GetProperty("usage").ToString()));
    }

    [TestCase("10-basic-sse", nameof(EmulatorReply.Text))]
    [TestCase("56-refusal-sse", nameof(EmulatorReply.Refusal))]
    [TestCase("76-tools-parallel-sse", nameof(EmulatorReply.ToolCalls))]
    public async Task Stream_Chunks_HaveTheMembersThatOpenAISent(string record, string kind)
    {
        string[] lines = [.. EmulatorClient.Parse(await File.ReadAllTextAsync(Path.Combine(Shared.Folder("traffic"), "recorded", record + ".json")))
            .GetProperty("response").GetProperty("sse").EnumerateArray().Select(line => line.GetString()!)];
        IEnumerable<JsonElement> sent = lines.Where(line => line.StartsWith("data: {", StringComparison.Ordinal)).Select(line => EmulatorClient.Parse(line[6..]));
        await using StreamClient client = await StreamClient.OpenAsync(form, kind switch
        {
            nameof(EmulatorReply.Refusal) => EmulatorReply.Refusal("I am sorry."),
            nameof(EmulatorReply.ToolCalls) => EmulatorReply.ToolCalls(("one", "{}"), ("two", "{}")),
            _ => EmulatorReply.Text("I am sorry."),
        });

        List<JsonElement> chunks = await client.ChunksAsync(StreamClient.Chat());

        // Old recordings lack members that came later; the deltas have been the same all along.
        Assert.That(chunks.Select(DeltaShape).Distinct(), Is.EqualTo(sent.Select(DeltaShape).Distinct()));
        if (kind == nameof(EmulatorReply.Text))
        {
            Assert.That(chunks.Select(Shape).Distinct(), Is.EqualTo(sent.Select(chunk => Shape(chunk).Replace("system_fingerprint:String", "system_fingerprint:null", StringComparison.Ordinal)).Distinct()));
        }
    }

    private static string DeltaShape(JsonElement chunk) =>
        chunk.GetProperty("choices").GetArrayLength() == 0 ? "none" : Shape(chunk.GetProperty("choices")[0].GetProperty("delta")).Replace(",refusal:null", "", StringComparison.Ordinal);

    // The names and kinds of the members, in their order.
    private static string Shape(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', value.EnumerateObject().Select(member => $"{member.Name}:{Shape(member.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(Shape))}]",
        JsonValueKind.Null => "null",
        _ => value.ValueKind.ToString(),
    };

    private static IEnumerable<string> Deltas(List<JsonElement> chunks) => chunks.Select(chunk => chunk.GetProperty("choices")[0].GetProperty("delta").GetRawText());

    private static string Text(List<JsonElement> chunks) => string.Concat(chunks
        .Where(chunk => chunk.GetProperty("choices").GetArrayLength() > 0)
        .Select(chunk => chunk.GetProperty("choices")[0].GetProperty("delta"))
        .Select(delta => delta.TryGetProperty("content", out JsonElement content) ? content.GetString() : ""));

    private static string? Finish(List<JsonElement> chunks) => chunks.Select(chunk => chunk.GetProperty("choices")[0].GetProperty("finish_reason").GetString()).Single(reason => reason is not null);
}
