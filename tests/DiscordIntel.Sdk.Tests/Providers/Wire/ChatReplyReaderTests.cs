using System.Text;
using System.Text.Json;
using DiscordIntel.Providers.Wire;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace DiscordIntel.Tests.Providers.Wire;

internal sealed class ChatReplyReaderTests
{
    private const string Good = """
        {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt-6-luna","choices":[{"index":0,"message":{"role":"assistant",
        "content":"Hi \u00e9 \ud83d\udc4b","refusal":null,"annotations":[],"tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}}]},
        "logprobs":null,"finish_reason":"stop"},{"index":1,"message":{"content":"other"},"finish_reason":"length"}],
        "usage":{"prompt_tokens":10,"completion_tokens":20,"total_tokens":30,"prompt_tokens_details":{"cached_tokens":3,"cache_write_tokens":4,"audio_tokens":0},
        "completion_tokens_details":{"reasoning_tokens":5},"cost":0.00012,"cost_details":{"upstream_inference_cost":null}},"service_tier":"default"}
        """;

    private static readonly string[] Values =
        ["null", "true", "1", "-1", "1.5", "1e400", "99999999999999999999", "\"text\"", "\"\\ud800\"", "[]", "{}", "[null,1,\"a\",[{}]]", "{\"a\":{\"b\":[1]}}"];

    [Test]
    public void Read_WholeAnswer_ReadsTheFirstChoiceAndTheUsage()
    {
        ChatReply reply = Read(Good);

        Assert.Multiple(() =>
        {
            Assert.That((reply.Id, reply.Model, reply.HasChoice, reply.Text, reply.Refusal, reply.FinishReason), Is.EqualTo(("chatcmpl-1", "gpt-6-luna", true, "Hi é 👋", (string?)null, "stop")));
            Assert.That(reply.ToolCalls, Is.EqualTo(new[] { new ChatReply.ToolCall("call_1", "f", "{\"a\":1}") }));
            Assert.That((reply.InputTokens, reply.OutputTokens, reply.CachedInputTokens, reply.CacheWriteTokens, reply.ReasoningTokens), Is.EqualTo((10L, 20L, 3L, 4L, 5L)));
            Assert.That(reply.Cost, Is.EqualTo(0.00012m));
            Assert.That(reply.Error, Is.Null);
        });
    }

    [TestCase("""{"choices":[{"message":{"content":[{"type":"text","text":"a"},"x",null,{"type":"image"},{"text":"b"},{"text":7}]}}]}""", "ab")]
    [TestCase("""{"choices":[{"message":{"content":[]}}]}""", "")]
    [TestCase("""{"choices":[{"message":{"content":"cut \ud83d"}}]}""", "cut \ufffd")]
    [TestCase("""{"choices":[{"message":{"content":"\udc4b\ud83d\udc4b\ud83d\ud83d"}}]}""", "\ufffd👋\ufffd\ufffd")]
    [TestCase("""{"choices":[{"message":{"content":"\"\\\/\b\f\n\r\t"}}]}""", "\"\\/\b\f\n\r\t")]
    [TestCase("""{"choices":[{"message":{"content":"first","content":"last"}}]}""", "last")]
    [TestCase("""{"choices":[{"message":{"content":"first"}}],"choices":[{"message":{"content":"last"}}]}""", "first")]
    [TestCase("""{"choices":[null,7,{"message":{"content":"third"}}]}""", "third")]
    [TestCase("""{"choices":[{"finish_reason":"content_filter"}]}""", null)]
    [TestCase("""{"\u0063hoices":[{"message":{"cont\u0065nt":"escaped names"}}]}""", "escaped names")]
    public void Read_OddContent_IsReadAsFarAsItGoes(string body, string? text) => Assert.That(Read(body).Text, Is.EqualTo(text));

    /// <summary>A lone surrogate in a member's name made the JSON reader's own comparison throw.</summary>
    [TestCase("""{"\ud800":1,"choices":[{"\ud800":1,"message":{"\ud800":1,"content":"x","tool_calls":[{"\ud800":1,"function":{"\ud800":1}}]}}],"usage":{"\ud800":1}}""")]
    [TestCase("""{"choices":[{"message":{"content":[{"\ud800\ud800":1,"text":"x"}]}}]}""")]
    public void Read_BrokenTextInNames_IsPassedOver(string body) => Assert.That(Read(body).Text, Is.EqualTo("x"));

    [Test]
    public void Read_BytesThatAreNotUtf8_BecomeReplacementCharacters()
    {
        byte[] body = Encoding.Latin1.GetBytes("""{"é":1,"choices":[{"message":{"content":"é","tool_calls":[{"id":"é","function":{"name":"n","é":"a"}}]}}],"error":{"message":"né","é":1}}""");

        ChatReply reply = ChatReplyReader.Read(body);

        Assert.That((reply.Text, reply.ToolCalls![0].Id, reply.Error!.Message), Is.EqualTo(("\ufffd", "\ufffd", "n\ufffd")));
    }

    [TestCase("""{"error":{"message":"no","code":502}}""", "no", "502")]
    [TestCase("""{"error":"no"}""", "no", null)]
    [TestCase("""{"error":{}}""", null, null)]
    public void Read_ErrorInside_IsTold(string body, string? message, string? code)
    {
        ChatReply reply = Read(body);

        Assert.That((reply.Error!.Status, reply.Error.Message, reply.Error.Code), Is.EqualTo((200, message, code)));
    }

    [TestCase("""{"error":null}""")]
    [TestCase("""{"error":false}""")]
    public void Read_ErrorThatIsNone_IsPassedOver(string body) => Assert.That(Read(body).Error, Is.Null);

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("\"text\"")]
    [TestCase("<html></html>")]
    [TestCase("{} {}")]
    [TestCase("{}x")]
    [TestCase("data: {}")]
    public void Read_NoObject_IsAJsonException(string body) => Assert.That(() => Read(body), Throws.InstanceOf<JsonException>());

    [Test]
    public void Read_NumbersThatCannotBe_AreUnknown()
    {
        ChatReply reply = Read("""{"choices":[{}],"usage":{"prompt_tokens":-1,"completion_tokens":1.5,"cached_tokens":99999999999999999999,"cost":-0.1,"reasoning_tokens":9223372036854775807}}""");

        Assert.That((reply.InputTokens, reply.OutputTokens, reply.CachedInputTokens, reply.ReasoningTokens, reply.Cost), Is.EqualTo(((long?)null, (long?)null, (long?)null, (long?)null, (decimal?)null)));
    }

    /// <summary>Half an answer is no answer, wherever it was cut.</summary>
    [Test]
    public void Read_CutAnywhere_IsAJsonException()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Good.TrimEnd());

        for (int length = 0; length < whole.Length; length++)
        {
            Assert.That(() => ChatReplyReader.Read(whole.AsSpan(0, length)), Throws.InstanceOf<JsonException>(), $"cut at {length}");
        }
    }

    /// <summary>Every member, in turn, with a value of every kind.</summary>
    [Test]
    public void Read_WrongTypeAnywhere_ThrowsNothing()
    {
        string[] shapes =
        [
            "$", """{"id":$}""", """{"model":$}""", """{"error":$}""", """{"error":{"message":$,"code":$,"type":$,"param":$,"metadata":$}}""", """{"choices":$}""", """{"choices":[$]}""",
            """{"choices":[{"message":$,"finish_reason":$}]}""", """{"choices":[{"message":{"content":$,"refusal":$,"tool_calls":$}}]}""",
            """{"choices":[{"message":{"content":[$,{"text":$}],"tool_calls":[$,{"id":$,"function":$},{"function":{"name":$,"arguments":$}}]}}]}""",
            """{"usage":$}""", """{"usage":{"prompt_tokens":$,"completion_tokens":$,"cost":$,"prompt_tokens_details":$,"completion_tokens_details":$}}""",
            """{"usage":{"prompt_tokens_details":{"cached_tokens":$,"prompt_tokens_details":{"cache_write_tokens":$}}}}""",
        ];
        foreach (string shape in shapes)
        {
            foreach (string value in Values)
            {
                string body = shape.Replace("$", value, StringComparison.Ordinal);
                Assert.That(() => Tolerates(Encoding.UTF8.GetBytes(body)), Throws.Nothing, body);
            }
        }
    }

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public Property Read_AnyBytesChanged_ThrowsAtMostAJsonException((ushort At, byte Value)[] changes)
    {
        byte[] body = Encoding.UTF8.GetBytes(Good);
        foreach ((ushort at, byte value) in changes)
        {
            body[at % body.Length] = value;
        }

        Tolerates(body);
        return true.ToProperty();
    }

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public Property Read_AnyJson_ThrowsAtMostAJsonException() => Prop.ForAll(Json(4).ToArbitrary(), json =>
    {
        Tolerates(Encoding.UTF8.GetBytes(json));
        return true;
    });

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public Property Read_AnyEscapedText_IsReadAsTheJsonReaderWouldWhereItCan(NonNull<string> text)
    {
        string escaped = string.Concat(text.Get.Select(c => $"\\u{(int)c:x4}"));
        string expected = Encoding.Unicode.GetString(Encoding.Unicode.GetBytes(text.Get));
        return (Read($$$"""{"choices":[{"message":{"content":"{{{escaped}}}"}}]}""").Text == expected).ToProperty();
    }

    private static Gen<string> Json(int depth)
    {
        Gen<string> name = Gen.Elements("id", "model", "choices", "message", "content", "text", "refusal", "finish_reason", "tool_calls", "function", "name", "arguments", "usage", "prompt_tokens", "completion_tokens", "prompt_tokens_details", "cached_tokens", "cost", "error", "code", "metadata", "\\ud800", "x");
        Gen<string> leaf = Gen.Elements(Values);
        if (depth == 0)
        {
            return leaf;
        }

        Gen<string> item = Json(depth - 1);
        Gen<string> list = item.ArrayOf().Select(items => $"[{string.Join(',', items.Take(4))}]");
        Gen<string> map = name.SelectMany(key => item.Select(value => $"\"{key}\":{value}")).ArrayOf().Select(members => $"{{{string.Join(',', members.Take(5))}}}");
        return Gen.OneOf(leaf, list, map, map, map);
    }

    private static void Tolerates(byte[] body)
    {
        try
        {
            ChatReplyMapper.ToResponse(ChatReplyReader.Read(body), new DiscordIntel.Providers.ReplyDetails());
            ErrorReader.Read(body, new DiscordIntel.Providers.ProviderFault());
        }
        catch (JsonException)
        {
            // The one exception allowed: no JSON object.
        }
    }

    private static ChatReply Read(string body) => ChatReplyReader.Read(Encoding.UTF8.GetBytes(body));
}
