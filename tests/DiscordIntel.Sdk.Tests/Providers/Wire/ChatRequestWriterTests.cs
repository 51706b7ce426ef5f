using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DiscordIntel.Providers;
using DiscordIntel.Providers.Wire;
using DiscordIntel.TestKit;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace DiscordIntel.Tests.Providers.Wire;

internal sealed class ChatRequestWriterTests
{
    [Test]
    public void Write_EverythingSet_IsThisVeryText()
    {
        var options = new IntelChatOptions
        {
            ModelId = "gpt-6-luna",
            MaxOutputTokens = 4000,
            Temperature = 0.7f,
            ReasoningEffort = "none",
            ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse("""{"type":"object"}"""), "debate", "A debate."),
        };

        Assert.That(
            Write([new(ChatRole.System, "Be brief."), new(ChatRole.User, "Hi <b>\"you\"</b> é 👋")], options, "abc"),
            Is.EqualTo(
                """
                {"model":"gpt-6-luna","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi <b>\"you\"</b> é \uD83D\uDC4B"}],
                "max_completion_tokens":4000,"temperature":0.7,"reasoning_effort":"none",
                "response_format":{"type":"json_schema","json_schema":{"name":"debate","description":"A debate.","strict":true,"schema":{"type":"object"}}},
                "safety_identifier":"abc","store":false}
                """.ReplaceLineEndings("")));
    }

    [Test]
    public void Write_NothingSet_LeavesTheMembersOut() =>
        Assert.That(
            Write([new(ChatRole.User, "Hi")], new ChatOptions { ModelId = "m" }),
            Is.EqualTo("""{"model":"m","messages":[{"role":"user","content":"Hi"}],"store":false}"""));

    [Test]
    public void Write_JsonWithoutASchema_AsksForAnObject() =>
        Assert.That(Write([new(ChatRole.User, "Hi")], new ChatOptions { ModelId = "m", ResponseFormat = ChatResponseFormat.Json }), Does.Contain("""
            "response_format":{"type":"json_object"}
            """));

    [Test]
    public void Write_SeveralParts_IsAListOfParts() =>
        Assert.That(
            Write([new(ChatRole.User, [new TextContent("a"), new TextContent("b")])], new ChatOptions { ModelId = "m" }),
            Does.Contain("""{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}"""));

    /// <summary>An empty list of parts is a 400.</summary>
    [Test]
    public void Write_MessageWithoutContents_IsEmptyText() =>
        Assert.That(
            Write([new(ChatRole.User, (string?)null), new(ChatRole.User, "Hi")], new ChatOptions { ModelId = "m" }),
            Does.Contain("""{"role":"user","content":""}"""));

    /// <summary>What Discord users send is cut anywhere: half an emoji must not end a call.</summary>
    [Test]
    public void Write_LoneSurrogates_BecomeReplacementCharacters() =>
        Assert.That(
            JsonElement.Parse(Write([new(ChatRole.User, "a\ud83d b\udc4b")], new ChatOptions { ModelId = "m" })).GetProperty("messages")[0].GetProperty("content").GetString(),
            Is.EqualTo("a\ufffd b\ufffd"));

    [Test]
    public void Write_ContentThatCannotBeSent_IsRefusedByName()
    {
        ProviderException thrown = Assert.Throws<ProviderException>(
            () => Write([new(ChatRole.User, [new TextContent("hear"), new DataContent(new byte[] { 1 }, "audio/wav")])], new ChatOptions { ModelId = "m" }))!;

        Assert.That(thrown.Fault.Message, Is.EqualTo("A message holds DataContent, which this version does not send. Send text, images, or calls of functions and their results."));
    }

    [Test]
    public void Write_Images_AreAddressesWithADetail()
    {
        var low = new DataContent(new byte[] { 1, 2, 3 }, "image/png") { AdditionalProperties = new() { ["detail"] = "low" } };

        Assert.That(
            Write([new(ChatRole.User, [new TextContent("Look"), new UriContent("https://example.test/a.png", "image/png"), low])], new ChatOptions { ModelId = "m" }),
            Does.Contain(
                """
                "content":[{"type":"text","text":"Look"},{"type":"image_url","image_url":{"url":"https://example.test/a.png","detail":"high"}},
                {"type":"image_url","image_url":{"url":"data:image/png;base64,AQID","detail":"low"}}]
                """.ReplaceLineEndings("")));
    }

    [Test]
    public void Write_ToolRound_IsCallsAndAMessageForEachResult()
    {
        ChatMessage[] round =
        [
            new(ChatRole.User, "Weather in Brno?"),
            new(ChatRole.Assistant,
            [
                new TextReasoningContent("hidden") { ProtectedData = "gAAA" },
                new TextContent("Let me look."),
                new FunctionCallContent("call_1", "get_weather") { RawRepresentation = """{"city": "Brno"}""" },
                new FunctionCallContent("call_2", "get_time", new Dictionary<string, object?> { ["zone"] = "CET", ["exact"] = true, ["digits"] = 2, ["none"] = null }),
            ]),
            new(ChatRole.Tool, [new FunctionResultContent("call_1", "3 °C"), new FunctionResultContent("call_2", JsonElement.Parse("""{"hour":9}"""))]),
        ];

        Assert.That(Write(round, new ChatOptions { ModelId = "m" }), Does.Contain(
            """
            {"role":"assistant","content":"Let me look.","tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\": \"Brno\"}"}},
            {"id":"call_2","type":"function","function":{"name":"get_time","arguments":"{\"zone\":\"CET\",\"exact\":true,\"digits\":2,\"none\":null}"}}]},
            {"role":"tool","tool_call_id":"call_1","content":"3 °C"},{"role":"tool","tool_call_id":"call_2","content":"{\"hour\":9}"}
            """.ReplaceLineEndings("")));
    }

    [Test]
    public void Write_CallsWithoutText_HaveNullForContent() => Assert.That(
        Write([new(ChatRole.Assistant, [new FunctionCallContent("call_1", "f")])], new ChatOptions { ModelId = "m" }),
        Does.Contain("""{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{}"}}]}"""));

    [Test]
    public void Write_Refusal_IsSaidAsOne() => Assert.That(
        Write([new(ChatRole.Assistant, [new ErrorContent("No.") { ErrorCode = "Refusal" }])], new ChatOptions { ModelId = "m" }),
        Does.Contain("""{"role":"assistant","content":null,"refusal":"No."}"""));

    [Test]
    public void Write_ResultThatJsonCannotHold_IsRefusedByName()
    {
        ProviderException thrown = Assert.Throws<ProviderException>(
            () => Write([new(ChatRole.Tool, [new FunctionResultContent("call_1", new[] { double.NaN })])], new ChatOptions { ModelId = "m" }))!;

        Assert.That(thrown.Fault.Message, Does.StartWith("A FunctionResultContent holds a value that JSON cannot hold."));
    }

    [TestCase(null, null)]
    [TestCase("auto", "\"auto\"")]
    [TestCase("none", "\"none\"")]
    [TestCase("any", "\"required\"")]
    [TestCase("get_time", """{"type":"function","function":{"name":"get_time"}}""")]
    public void Write_Tools_AreFunctionsAndAChoice(string? mode, string? choice)
    {
        string body = Write([new(ChatRole.User, "Hi")], ToolSamples.Options("m", mode));

        Assert.That(body, Does.Contain(
            """
            "tools":[{"type":"function","function":{"name":"get_time","description":"Tells the time.","parameters":{"type":"object","properties":{"zone":{"type":"string"}}},"strict":false}},
            {"type":"function","function":{"name":"roll","parameters":{"type":"object","properties":{},"required":[],"additionalProperties":false},"strict":true}},
            {"type":"function","function":{"name":"ping","parameters":{"type":"object","properties":{}},"strict":false}}]
            """.ReplaceLineEndings("") + (choice is null ? "" : $",\"tool_choice\":{choice}") + ",\"parallel_tool_calls\":false"));
    }

    [Test]
    public void Write_ChoiceWithoutTools_IsLeftOut() => Assert.That(
        Write([new(ChatRole.User, "Hi")], new ChatOptions { ModelId = "m", ToolMode = ChatToolMode.RequireAny, AllowMultipleToolCalls = true, Tools = [] }),
        Is.EqualTo("""{"model":"m","messages":[{"role":"user","content":"Hi"}],"store":false}"""));

    [Test]
    public void Write_ToolThatIsNoFunction_IsRefusedByName()
    {
        ProviderException thrown = Assert.Throws<ProviderException>(
            () => Write([new(ChatRole.User, "Hi")], new ChatOptions { ModelId = "m", Tools = [new HostedWebSearchTool()] }))!;

        Assert.That(thrown.Fault.Message, Is.EqualTo("The tool 'web_search' is a HostedWebSearchTool, which this version does not send. Offer functions."));
    }

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public bool Write_AnyText_IsReadBackAsItWas(string? text)
    {
        string sent = text ?? "";
        string body = Write([new(ChatRole.User, sent)], new ChatOptions { ModelId = "m" });
        string read = JsonElement.Parse(body).GetProperty("messages")[0].GetProperty("content").GetString()!;
        return read == Encoding.Unicode.GetString(Encoding.Unicode.GetBytes(sent));
    }

    /// <summary>Without the last event's usage a stream has no bill.</summary>
    [Test]
    public void Write_Stream_AsksForItsUsage() =>
        Assert.That(
            Write([new(ChatRole.User, "Hi")], new ChatOptions { ModelId = "m" }, stream: true),
            Is.EqualTo("""{"model":"m","messages":[{"role":"user","content":"Hi"}],"store":false,"stream":true,"stream_options":{"include_usage":true}}"""));

    private static string Write(ChatMessage[] messages, ChatOptions options, string? identifier = null, bool stream = false)
    {
        using var written = new MemoryStream();
        using (var json = new Utf8JsonWriter(written, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            ChatRequestWriter.Write(json, messages, options, RequestShape.For(options), identifier, stream);
        }

        string body = Encoding.UTF8.GetString(written.ToArray());
        Assert.That(OpenApiDescription.Load()?.Check("CreateChatCompletionRequest", JsonElement.Parse(body)) ?? [], Is.Empty);
        return body;
    }
}
