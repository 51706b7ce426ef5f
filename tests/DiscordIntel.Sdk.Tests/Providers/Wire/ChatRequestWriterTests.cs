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
    public void Write_ContentThatIsNotText_IsRefusedByName()
    {
        ProviderException thrown = Assert.Throws<ProviderException>(
            () => Write([new(ChatRole.User, [new TextContent("look"), new UriContent("https://example.test/a.png", "image/png")])], new ChatOptions { ModelId = "m" }))!;

        Assert.That(thrown.Fault.Message, Is.EqualTo("A message holds UriContent, which this version does not send. Send text."));
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
