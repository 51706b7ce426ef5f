using System.Text;
using System.Text.Json;
using DiscordIntel.Providers.Wire;
using NUnit.Framework;

namespace DiscordIntel.Tests.Providers.Wire;

internal sealed class ResponsesEventReaderTests
{
    private const string Created = """{"type":"response.created","sequence_number":0,"response":{"id":"resp_1","model":"gpt-6-luna","status":"in_progress","output":[]}}""";
    private const string Added = """{"type":"response.output_item.added","output_index":0,"item":{"type":"function_call","id":"fc_1","call_id":"call_1","name":"f","arguments":""}}""";
    private const string Done = """{"type":"response.output_item.done","output_index":0,"item":{"type":"function_call","id":"fc_1","call_id":"call_1","name":"f","arguments":"{\"a\":1}"}}""";

    private static readonly string[] Values = ["null", "true", "1", "-1", "99999999999", "\"text\"", "\"\\ud800\"", "[]", "{}", "[null,1,[{}]]", "{\"type\":\"message\",\"content\":[]}"];

    [Test]
    public void Read_Text_IsHandedOutOnce()
    {
        (ResponsesEventReader reader, string text) = Read(
            Created,
            """{"type":"response.output_item.added","output_index":0,"item":{"type":"message","content":[]}}""",
            """{"delta":"Par","output_index":0,"content_index":0,"type":"response.output_text.delta","logprobs":[],"obfuscation":"x"}""",
            """{"type":"response.output_text.delta","delta":"is \ud83d"}""",
            """{"type":"response.output_text.done","text":"Paris"}""",
            """{"type":"response.something_new","delta":"no","text":"no"}""",
            """{"type":"response.reasoning_summary_text.delta","delta":"no"}""",
            """{"type":"response.output_item.done","output_index":0,"item":{"type":"message","content":[{"type":"output_text","text":"Paris"}]}}""",
            """{"type":"response.completed","response":{"id":"resp_1","status":"completed","model":"m-2","output":[{"type":"message","content":[{"type":"output_text","text":"Paris"}]}],"usage":{"input_tokens":1,"output_tokens":2}}}""");

        ChatReply reply = reader.Gather();
        Assert.That((text, reader.IsDone, reply.FinishReason, reply.Id, reply.Model, reply.InputTokens, reply.OutputTokens), Is.EqualTo(("Paris \ufffd", true, "stop", "resp_1", "m-2", (long?)1, (long?)2)));
    }

    /// <summary>Some servers stream nothing and say it all at the end.</summary>
    [Test]
    public void Read_TextOnlyInTheLastEvent_IsHandedOutThere()
    {
        (_, string text) = Read(Created, """{"type":"response.completed","response":{"status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"Paris"}]}]}}""");

        Assert.That(text, Is.EqualTo("Paris"));
    }

    /// <summary>Some leave the output out of the last event, and some leave out even what ends an item.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void Read_LastEventWithoutOutput_KeepsWhatCameByItem(bool hasItem)
    {
        (ResponsesEventReader reader, _) = Read(
            Created,
            Added,
            """{"type":"response.function_call_arguments.delta","output_index":0,"delta":"{"}""",
            hasItem ? Done : """{"type":"response.function_call_arguments.done","output_index":0,"arguments":"{\"a\":1}"}""",
            """{"type":"response.output_item.done","output_index":1,"item":{"type":"reasoning","id":"rs_1","encrypted_content":"gAAA","summary":[]}}""",
            """{"type":"response.completed","response":{"status":"completed","usage":{"input_tokens":10,"output_tokens":4}}}""");

        ChatReply reply = reader.Gather();
        Assert.That(reply.ToolCalls, Is.EqualTo(new[] { new ChatReply.ToolCall("call_1", "f", "{\"a\":1}") }));
        Assert.That(reply.Reasoning, Is.EqualTo(new[] { new ChatReply.HiddenReasoning("rs_1", "gAAA", "", 1) }));
        Assert.That((reply.FinishReason, reply.OutputTokens, reply.Model), Is.EqualTo(("tool_calls", (long?)4, "gpt-6-luna")));
    }

    [TestCase("""{"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"output":[]}}""", "length")]
    [TestCase("""{"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"content_filter"},"output":[]}}""", "content_filter")]
    [TestCase("""{"type":"response.failed","response":{"status":"failed","output":[]}}""", "error")]
    public void Read_OtherEnds_AreEndsOfTheirKind(string end, string finish)
    {
        (ResponsesEventReader reader, _) = Read(Created, end);

        Assert.That((reader.IsDone, reader.Reply.FinishReason), Is.EqualTo((true, finish)));
    }

    /// <summary>Neither the mark of the other API nor an item that is whole ends an answer.</summary>
    [TestCase("[DONE]", true)]
    [TestCase(Done, false)]
    [TestCase("""{"type":"response.completed"}""", true)]
    [TestCase("""{"type":"response.in_progress","response":{"status":"completed"}}""", false)]
    public void Read_WhatIsNoEnd_LeavesItWithoutAFinish(string data, bool isDone)
    {
        (ResponsesEventReader reader, _) = Read(Created, Added, data);

        Assert.That((reader.IsDone, reader.Gather().FinishReason), Is.EqualTo((isDone, (string?)null)));
    }

    [TestCase("""{"type":"error","sequence_number":2,"code":"rate_limit_exceeded","message":"slow","param":null}""", "rate_limit_exceeded", "slow")]
    [TestCase("""{"type":"error","error":{"type":"server_error","code":"server_error","message":"sorry","param":null},"sequence_number":2}""", "server_error", "sorry")]
    [TestCase("""{"error":{"code":502,"message":"bad"}}""", "502", "bad")]
    [TestCase("""{"type":"response.failed","response":{"status":"failed","error":{"code":"server_error","message":"sorry"}}}""", "server_error", "sorry")]
    public void Read_Error_IsToldInWhateverShape(string data, string code, string message)
    {
        (ResponsesEventReader reader, _) = Read(Created, data);

        Assert.That((reader.Reply.Error!.Code, reader.Reply.Error.Message), Is.EqualTo((code, message)));
    }

    [Test]
    public void Gather_RefusalThatWasCut_IsAsFarAsItCame()
    {
        (ResponsesEventReader reader, string text) = Read(Created, """{"type":"response.refusal.delta","delta":"I "}""", """{"type":"response.refusal.delta","delta":"can't"}""");

        Assert.That((text, reader.Gather().Refusal), Is.EqualTo(("", "I can't")));
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("""{"type":"response.completed","response":{"status":"comp""")]
    [TestCase("{} {}")]
    public void Read_NoObject_IsAJsonException(string data) => Assert.That(() => new ResponsesEventReader().Read(Encoding.UTF8.GetBytes(data)), Throws.InstanceOf<JsonException>());

    [Test]
    public void Read_WrongTypeAnywhere_ThrowsNothingButForText()
    {
        string[] kinds =
        [
            "response.refusal.delta", "response.output_item.added", "response.output_item.done", "response.function_call_arguments.done",
            "response.created", "response.completed", "response.incomplete", "response.failed", "error", "new",
        ];
        string[] shapes = ["""{"type":"@"}""", """{"type":"@","delta":$,"item":$,"arguments":$,"response":$,"output_index":$,"code":$,"message":$}""", """{"response":$,"item":$,"delta":$,"type":"@"}""", """{"type":$}"""];

        foreach (string shape in shapes)
        {
            foreach (string kind in kinds)
            {
                foreach (string value in Values)
                {
                    string data = shape.Replace("@", kind, StringComparison.Ordinal).Replace("$", value, StringComparison.Ordinal);
                    bool isHole = kind == "response.output_text.delta" && data.Contains(kind, StringComparison.Ordinal) && !data.Contains("\"delta\":\"", StringComparison.Ordinal);
                    Assert.That(() => Read(Created, Added, data).Reader.Gather(), isHole ? Throws.InstanceOf<JsonException>() : Throws.Nothing, data);
                }
            }
        }
    }

    [TestCase("""{"type":"response.output_text.delta"}""")]
    [TestCase("""{"type":"response.output_text.delta","delta":null}""")]
    [TestCase("""{"type":"response.output_text.delta","delta":{"text":"Paris"}}""")]
    public void Read_PieceOfTextThatIsNone_IsAJsonException(string data) => Assert.That(() => Read(Created, data), Throws.InstanceOf<JsonException>());

    private static (ResponsesEventReader Reader, string Text) Read(params string[] events)
    {
        var reader = new ResponsesEventReader();
        string text = "";
        foreach (string data in events)
        {
            text += reader.Read(Encoding.UTF8.GetBytes(data));
        }

        return (reader, text);
    }
}
