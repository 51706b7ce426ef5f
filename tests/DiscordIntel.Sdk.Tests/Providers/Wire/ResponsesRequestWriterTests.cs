using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DiscordIntel.Providers;
using DiscordIntel.Providers.Wire;
using DiscordIntel.TestKit;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace DiscordIntel.Tests.Providers.Wire;

internal sealed class ResponsesRequestWriterTests
{
    [Test]
    public void Write_EverythingSet_IsThisVeryText()
    {
        var options = new IntelChatOptions
        {
            ModelId = "gpt-6-luna",
            MaxOutputTokens = 4000,
            Temperature = 0.7f,
            ReasoningEffort = "low",
            ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse("""{"type":"object"}"""), "debate", "A debate."),
        };

        Assert.That(
            Write([new(ChatRole.System, "Be brief."), new(ChatRole.User, "Hi <b>\"you\"</b> é 👋")], options, "abc", stream: true),
            Is.EqualTo(
                """
                {"model":"gpt-6-luna","input":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi <b>\"you\"</b> é \uD83D\uDC4B"}],
                "max_output_tokens":4000,"temperature":0.7,"reasoning":{"effort":"low"},"include":["reasoning.encrypted_content"],
                "text":{"format":{"type":"json_schema","name":"debate","description":"A debate.","strict":true,"schema":{"type":"object"}}},
                "safety_identifier":"abc","store":false,"stream":true}
                """.ReplaceLineEndings("")));
    }

    [Test]
    public void Write_NothingSet_LeavesTheMembersOut() =>
        Assert.That(Write([new(ChatRole.User, "Hi")], new ChatOptions { ModelId = "m" }), Is.EqualTo("""{"model":"m","input":[{"role":"user","content":"Hi"}],"store":false}"""));

    /// <summary>A model that does not reason answers 400 to a wish for its reasoning.</summary>
    [Test]
    public void Write_NoReasoning_AsksForNone() =>
        Assert.That(Write([new(ChatRole.User, "Hi")], new IntelChatOptions { ModelId = "m", ReasoningEffort = "none" }), Does.Contain("""
            "reasoning":{"effort":"none"},"store"
            """));

    [Test]
    public void Write_JsonWithoutASchema_AsksForAnObject() =>
        Assert.That(Write([new(ChatRole.User, "Hi")], new ChatOptions { ModelId = "m", ResponseFormat = ChatResponseFormat.Json }), Does.Contain("""
            "text":{"format":{"type":"json_object"}}
            """));

    [Test]
    public void Write_Images_AreAddressesWithADetail()
    {
        var low = new DataContent(new byte[] { 1, 2, 3 }, "image/png") { AdditionalProperties = new() { ["detail"] = "low" } };

        Assert.That(
            Write([new(ChatRole.User, [new TextContent("Look"), new UriContent("https://example.test/a.png", "image/png"), low])], new ChatOptions { ModelId = "m" }),
            Does.Contain(
                """
                {"role":"user","content":[{"type":"input_text","text":"Look"},{"type":"input_image","image_url":"https://example.test/a.png","detail":"high"},
                {"type":"input_image","image_url":"data:image/png;base64,AQID","detail":"low"}]}
                """.ReplaceLineEndings("")));
    }

    [Test]
    public void Write_ContentThatCannotBeSent_IsRefusedByName()
    {
        ProviderException thrown = Assert.Throws<ProviderException>(
            () => Write([new(ChatRole.User, [new TextContent("hear"), new DataContent(new byte[] { 1 }, "audio/wav")])], new ChatOptions { ModelId = "m" }))!;

        Assert.That(thrown.Fault.Message, Does.StartWith("A message holds DataContent, which this version does not send."));
    }

    /// <summary>The provider stores nothing: what it thought goes back with the call that followed from it, in the order in which it came.</summary>
    [Test]
    public void Write_ToolRound_CarriesTheReasoningBack()
    {
        ChatReply reply = ResponsesReplyReader.Read(
            """
            {"status":"completed","output":[{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"Look it up."}],"encrypted_content":"gAAA1"},
            {"type":"message","content":[{"type":"output_text","text":"Let me look."}]},{"type":"function_call","call_id":"call_1","name":"get_weather","arguments":"{\"city\": \"Brno\"}"},
            {"type":"reasoning","id":"rs_2","summary":[],"encrypted_content":"gAAA2"},{"type":"function_call","call_id":"call_2","name":"get_time","arguments":"{}"}]}
            """u8);
        ChatMessage said = ChatReplyMapper.ToResponse(reply, new ReplyDetails()).Messages[0];
        ChatMessage[] round =
        [
            new(ChatRole.User, "Weather in Brno?"),
            said,
            new(ChatRole.Tool, [new FunctionResultContent("call_1", "3 °C"), new FunctionResultContent("call_2", JsonElement.Parse("""{"hour":9}"""))]),
        ];

        const string expected =
            """
            "input":[{"role":"user","content":"Weather in Brno?"},
            {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"Look it up."}],"encrypted_content":"gAAA1"},{"role":"assistant","content":"Let me look."},
            {"type":"function_call","call_id":"call_1","name":"get_weather","arguments":"{\"city\": \"Brno\"}"},
            {"type":"reasoning","id":"rs_2","summary":[],"encrypted_content":"gAAA2"},{"type":"function_call","call_id":"call_2","name":"get_time","arguments":"{}"},
            {"type":"function_call_output","call_id":"call_1","output":"3 °C"},{"type":"function_call_output","call_id":"call_2","output":"{\"hour\":9}"}]
            """;
        Assert.That(Write(round, new ChatOptions { ModelId = "m" }), Does.Contain(expected.ReplaceLineEndings("")));

        // A bot that keeps its conversations as JSON loses nothing that matters: only the blanks of arguments.
        var kept = JsonSerializer.Deserialize<ChatMessage[]>(JsonSerializer.Serialize(round, AIJsonUtilities.DefaultOptions), AIJsonUtilities.DefaultOptions)!;
        Assert.That(Write(kept, new ChatOptions { ModelId = "m" }), Does.Contain(expected.ReplaceLineEndings("").Replace("\\\": ", "\\\":", StringComparison.Ordinal)));
    }

    /// <summary>Reasoning that nothing followed from, and reasoning of another server, are each a 400.</summary>
    [Test]
    public void Write_ReasoningThatCannotGoBack_IsLeftOut()
    {
        var ours = new TextReasoningContent("") { ProtectedData = "gAAA", AdditionalProperties = new() { ["reasoning_id"] = "rs_1" } };
        var foreign = new TextReasoningContent("Hm.") { ProtectedData = "sig" };

        Assert.That(
            Write([new(ChatRole.Assistant, [foreign, new TextContent("Nine."), ours]), new(ChatRole.User, "Sure?")], new ChatOptions { ModelId = "m" }),
            Is.EqualTo("""{"model":"m","input":[{"role":"assistant","content":"Nine."},{"role":"user","content":"Sure?"}],"store":false}"""));
    }

    [Test]
    public void Write_WhatAModelSaidInParts_IsOneText() => Assert.That(
        Write([new(ChatRole.Assistant, [new TextContent("a"), new TextContent("b"), new ErrorContent("No.") { ErrorCode = "Refusal" }])], new ChatOptions { ModelId = "m" }),
        Does.Contain("""[{"role":"assistant","content":"ab"},{"role":"assistant","content":"No."}]"""));

    [TestCase(null, null)]
    [TestCase("auto", "\"auto\"")]
    [TestCase("none", "\"none\"")]
    [TestCase("any", "\"required\"")]
    [TestCase("get_time", """{"type":"function","name":"get_time"}""")]
    public void Write_Tools_AreFunctionsAndAChoice(string? mode, string? choice)
    {
        string body = Write([new(ChatRole.User, "Hi")], ToolSamples.Options("m", mode));

        Assert.That(body, Does.Contain(
            """
            "tools":[{"type":"function","name":"get_time","description":"Tells the time.","parameters":{"type":"object","properties":{"zone":{"type":"string"}}},"strict":false},
            {"type":"function","name":"roll","parameters":{"type":"object","properties":{},"required":[],"additionalProperties":false},"strict":true},
            {"type":"function","name":"ping","parameters":{"type":"object","properties":{}},"strict":false}]
            """.ReplaceLineEndings("") + (choice is null ? "" : $",\"tool_choice\":{choice}") + ",\"parallel_tool_calls\":false"));
    }

    [Test]
    public void Write_ChoiceWithoutTools_IsLeftOut() => Assert.That(
        Write([new(ChatRole.User, "Hi")], new ChatOptions { ModelId = "m", ToolMode = ChatToolMode.RequireAny, AllowMultipleToolCalls = true }),
        Is.EqualTo("""{"model":"m","input":[{"role":"user","content":"Hi"}],"store":false}"""));

    [Test]
    public void Write_FewerOutputTokensThanItTakes_IsRefusedWithTheNumber()
    {
        ProviderException thrown = Assert.Throws<ProviderException>(() => Write([new(ChatRole.User, "Hi")], new ChatOptions { ModelId = "m", MaxOutputTokens = 15 }))!;

        Assert.That(thrown.Fault.Message, Does.Contain("below 16").And.Contains("15 are asked for"));
        Assert.That(Write([new(ChatRole.User, "Hi")], new ChatOptions { ModelId = "m", MaxOutputTokens = 16 }), Does.Contain("\"max_output_tokens\":16"));
    }

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public bool Write_AnyText_IsReadBackAsItWas(string? text)
    {
        string sent = text ?? "";
        string body = Write([new(ChatRole.User, sent)], new ChatOptions { ModelId = "m" });
        return JsonElement.Parse(body).GetProperty("input")[0].GetProperty("content").GetString() == Encoding.Unicode.GetString(Encoding.Unicode.GetBytes(sent));
    }

    private static string Write(ChatMessage[] messages, ChatOptions options, string? identifier = null, bool stream = false)
    {
        using var written = new MemoryStream();
        using (var json = new Utf8JsonWriter(written, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            ResponsesEndpoint.Instance.Write(json, messages, options, RequestShape.For(options, OpenAIApi.Responses), identifier, stream);
        }

        string body = Encoding.UTF8.GetString(written.ToArray());
        Assert.That(OpenApiDescription.Load()?.Check("CreateResponse", JsonElement.Parse(body)) ?? [], Is.Empty);
        return body;
    }
}
