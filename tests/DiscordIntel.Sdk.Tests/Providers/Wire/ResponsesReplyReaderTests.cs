using System.Text;
using System.Text.Json;
using DiscordIntel.Providers.Wire;
using NUnit.Framework;

namespace DiscordIntel.Tests.Providers.Wire;

internal sealed class ResponsesReplyReaderTests
{
    private const string Good = """
        {"id":"resp_1","object":"response","created_at":1,"status":"completed","error":null,"incomplete_details":null,"model":"gpt-6-luna","output":[
        {"id":"rs_1","type":"reasoning","summary":[{"type":"summary_text","text":"A."},{"type":"summary_text","text":"B."}],"encrypted_content":"gAAA"},
        {"id":"ws_1","type":"web_search_call","status":"completed"},
        {"id":"msg_1","type":"message","status":"completed","role":"assistant","content":[{"type":"output_text","text":"Hi \u00e9 \ud83d","annotations":[],"logprobs":[]},{"type":"output_text","text":"there"}]},
        {"id":"fc_1","type":"function_call","status":"completed","call_id":"call_1","name":"f","arguments":"{\"a\":1}"}],
        "usage":{"input_tokens":10,"input_tokens_details":{"cached_tokens":3,"cache_write_tokens":4},"output_tokens":20,"output_tokens_details":{"reasoning_tokens":5},"total_tokens":30},"service_tier":"default"}
        """;

    private static readonly string[] Values =
        ["null", "true", "1", "-1", "1.5", "1e400", "99999999999999999999", "\"text\"", "\"\\ud800\"", "[]", "{}", "[null,1,\"a\",[{}]]", "{\"a\":{\"b\":[1]}}"];

    [Test]
    public void Read_WholeAnswer_ReadsItsItemsInTheirPlaces()
    {
        ChatReply reply = Read(Good);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((reply.Id, reply.Model, reply.HasChoice, reply.Text, reply.TextAt, reply.Refusal, reply.FinishReason), Is.EqualTo(("resp_1", "gpt-6-luna", true, "Hi é \ufffdthere", (int?)2, (string?)null, "tool_calls")));
            Assert.That(reply.ToolCalls, Is.EqualTo(new[] { new ChatReply.ToolCall("call_1", "f", "{\"a\":1}", 3) }));
            Assert.That(reply.Reasoning, Is.EqualTo(new[] { new ChatReply.HiddenReasoning("rs_1", "gAAA", "A.\n\nB.", 0) }));
            Assert.That((reply.InputTokens, reply.OutputTokens, reply.CachedInputTokens, reply.CacheWriteTokens, reply.ReasoningTokens), Is.EqualTo((10L, 20L, 3L, 4L, 5L)));
            Assert.That((reply.ServiceTier, reply.Error), Is.EqualTo(("default", (object?)null)));
        }
    }

    /// <summary>Only what the service calls completed is: any other word ends an answer as a failure.</summary>
    [TestCase("""{"status":"completed","output":[]}""", "stop")]
    [TestCase("""{"output":[]}""", "stop")]
    [TestCase("""{"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"}}""", "length")]
    [TestCase("""{"status":"incomplete","incomplete_details":{"reason":"content_filter"}}""", "content_filter")]
    [TestCase("""{"incomplete_details":{"reason":"something_new"},"status":"incomplete"}""", "length")]
    [TestCase("""{"status":"incomplete","incomplete_details":null}""", "length")]
    [TestCase("""{"status":"failed"}""", "error")]
    [TestCase("""{"status":"cancelled"}""", "error")]
    [TestCase("""{"status":"in_progress"}""", "error")]
    [TestCase("""{"status":"queued"}""", "error")]
    [TestCase("""{"status":"something_new"}""", "error")]
    public void Read_Status_BecomesAFinishReason(string body, string finish) => Assert.That(Read(body).FinishReason, Is.EqualTo(finish));

    [TestCase("""{"output":[{"type":"message","content":[{"type":"refusal","refusal":"No."}]}]}""", null, "No.")]
    [TestCase("""{"output":[null,7,[],{},{"type":"message"},{"type":"message","content":[null,{"type":"output_text"},{"type":"new_part","text":"x"},{"type":"output_text","text":"a"}]}]}""", "a", null)]
    [TestCase("""{"output":[{"type":"message","content":[{"type":"output_text","text":"a"}]},{"type":"message","content":[{"type":"output_text","text":"b"}]}]}""", "ab", null)]
    [TestCase("""{"output":[{"\ud800":1,"type":"message","content":[{"\ud800":1,"type":"output_text","text":"x"}]}],"\ud800":1}""", "x", null)]
    [TestCase("""{"output":{"type":"message"}}""", null, null)]
    public void Read_OddOutput_IsReadAsFarAsItGoes(string body, string? text, string? refusal) => Assert.That((Read(body).Text, Read(body).Refusal), Is.EqualTo((text, refusal)));

    [Test]
    public void Read_CallWithoutACallId_HasItsItemId() =>
        Assert.That(Read("""{"output":[{"type":"function_call","id":"fc_1","name":"f"}]}""").ToolCalls, Is.EqualTo(new[] { new ChatReply.ToolCall("fc_1", "f", "") }));

    /// <summary>Nothing is stored at the provider: an id without its content leads nowhere.</summary>
    [Test]
    public void Read_ReasoningThatIsNotEncrypted_IsPassedOver() =>
        Assert.That(Read("""{"output":[{"type":"reasoning","id":"rs_1","summary":[]},{"type":"reasoning","id":"rs_2","encrypted_content":null}]}""").Reasoning, Is.Null);

    [Test]
    public void Read_FailedResponse_TellsItsError()
    {
        ChatReply reply = Read("""{"status":"failed","error":{"code":"rate_limit_exceeded","message":"slow"},"output":[]}""");

        Assert.That((reply.Error!.Code, reply.Error.Message, reply.Error.Status), Is.EqualTo(("rate_limit_exceeded", "slow", 200)));
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("<html></html>")]
    [TestCase("{} {}")]
    [TestCase("data: {}")]
    public void Read_NoObject_IsAJsonException(string body) => Assert.That(() => Read(body), Throws.InstanceOf<JsonException>());

    [Test]
    public void Read_CutAnywhere_IsAJsonException()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Good.TrimEnd());

        for (int length = 0; length < whole.Length; length++)
        {
            Assert.That(() => ResponsesReplyReader.Read(whole.AsSpan(0, length)), Throws.InstanceOf<JsonException>(), $"cut at {length}");
        }
    }

    /// <summary>Every member, in turn, with a value of every kind.</summary>
    [Test]
    public void Read_WrongTypeAnywhere_ThrowsNothing()
    {
        string[] shapes =
        [
            """{"id":$}""", """{"model":$}""", """{"status":$}""", """{"incomplete_details":$,"status":"incomplete"}""", """{"incomplete_details":{"reason":$}}""", """{"error":$}""", """{"output":$}""",
            """{"output":[$]}""", """{"output":[{"type":$}]}""", """{"output":[{"type":"message","content":$}]}""", """{"output":[{"type":"message","content":[$,{"type":$,"text":$}]}]}""",
            """{"output":[{"type":"message","content":[{"type":"output_text","text":$},{"type":"refusal","refusal":$}]}]}""",
            """{"output":[{"type":"function_call","call_id":$,"id":$,"name":$,"arguments":$}]}""", """{"output":[{"type":"reasoning","id":$,"encrypted_content":$,"summary":$}]}""",
            """{"output":[{"type":"reasoning","encrypted_content":"x","summary":[$,{"text":$}]}]}""", """{"usage":$}""",
            """{"usage":{"input_tokens":$,"output_tokens":$,"input_tokens_details":$,"output_tokens_details":$}}""",
        ];

        foreach (string shape in shapes)
        {
            foreach (string value in Values)
            {
                Assert.That(() => Read(shape.Replace("$", value, StringComparison.Ordinal)), Throws.Nothing, $"{shape} {value}");
            }
        }
    }

    private static ChatReply Read(string body) => ResponsesReplyReader.Read(Encoding.UTF8.GetBytes(body));
}
