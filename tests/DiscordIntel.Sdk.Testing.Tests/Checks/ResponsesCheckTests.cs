using System.Net;
using System.Text.Json;
using DiscordIntel.Testing.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Testing.Tests.Checks;

/// <summary>What OpenAI refuses on Responses, and what it takes there.</summary>
[TestFixture]
internal sealed class ResponsesCheckTests
{
    private const string Call = """{"type":"function_call","call_id":"call_1","name":"f","arguments":"{}"}""";
    private const string Result = """{"type":"function_call_output","call_id":"call_1","output":"3"}""";
    private const string Reasoning = """{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"gAAAA-emulator-rs_1"}""";

    [TestCase("""{"input":"Hi"}""", "Missing required parameter: 'model'.", "model", "missing_required_parameter")]
    [TestCase("""{"model":"m"}""", "Missing required parameter: 'input'.", "input", "missing_required_parameter")]
    [TestCase("""{"model":"m","input":"Hi","messages":[]}""", "Unknown parameter: 'messages'.", "messages", "unknown_parameter")]
    [TestCase("""{"model":"m","input":"Hi","max_output_tokens":15}""", "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got 15 instead.", "max_output_tokens", "integer_below_min_value")]
    [TestCase("""{"model":"m","input":"Hi","reasoning":{"effort":"huge"}}""", "Invalid value: 'huge'. Supported values are: 'none', 'minimal', 'low', 'medium', 'high', 'xhigh', and 'max'.", "reasoning.effort", "invalid_value")]
    [TestCase("""{"model":"gpt-6.2-sol","input":"Hi","reasoning":{"effort":"none"}}""", "Unsupported value: 'reasoning.effort' does not support 'none' with this model. Supported values are: 'low', 'medium', 'high', 'xhigh', and 'max'.", "reasoning.effort", "unsupported_value")]
    [TestCase("""{"model":"gpt-6-luna","input":"Hi","temperature":0.5,"reasoning":{"effort":"low"}}""", "Unsupported value: 'temperature' does not support 0.5 with this model. Only the default (1) value is supported.", "temperature", "unsupported_value")]
    [TestCase("""{"model":"gpt-4o","input":"Hi","include":["reasoning.encrypted_content"]}""", "Encrypted content is not supported with this model.", "include", null)]
    [TestCase("""{"model":"m","input":"Hi","tools":[{"type":"function","name":"f","strict":false}]}""", "Missing required parameter: 'tools[0].parameters'.", "tools[0].parameters", "missing_required_parameter")]
    [TestCase("""{"model":"m","input":"Hi","tools":[{"type":"function","name":"f","parameters":{"type":"object"},"strict":true}]}""", "Invalid schema for function 'f': In context=(), 'additionalProperties' is required to be supplied and to be false.", "tools[0].parameters", "invalid_function_parameters")]
    [TestCase("""{"model":"m","input":"Hi","tool_choice":"auto"}""", "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.", "tool_choice", null)]
    [TestCase("""{"model":"m","input":"Hi","text":{"format":{"type":"json_schema","name":"a","schema":{"type":"array"},"strict":true}}}""", "Invalid schema for response_format 'a': schema must be a JSON Schema of 'type: \"object\"', got 'type: \"array\"'.", "text.format.schema", "invalid_json_schema")]
    [TestCase("""{"model":"m","input":"Hi","text":{"format":{"type":"json_object"}}}""", "Response input messages must contain the word 'json' in some form to use 'text.format' of type 'json_object'.", "input", null)]
    [TestCase("""{"model":"m","input":[{"role":"tool","content":"Hi"}]}""", "Invalid value: 'tool'. Supported values are: 'assistant', 'system', 'developer', and 'user'.", "input[0].role", "invalid_value")]
    [TestCase("""{"model":"m","input":[{"role":"user","content":[{"type":"text","text":"Hi"}]}]}""", "Invalid value: 'text'. Supported values are: 'input_text', 'input_image', and 'input_file'.", "input[0].content[0].type", "invalid_value")]
    [TestCase("""{"model":"m","input":[{"role":"assistant","content":[{"type":"input_text","text":"Hi"}]}]}""", "Invalid value: 'input_text'. Supported values are: 'output_text' and 'refusal'.", "input[0].content[0].type", "invalid_value")]
    [TestCase("""{"model":"m","input":[""" + Result + "]}", "No tool call found for function call output with call_id call_1.", "input", null)]
    [TestCase("""{"model":"m","input":[""" + Call + "]}", "No tool output found for function call call_1.", "input", null)]
    [TestCase("""{"model":"m","input":[""" + Call + "," + Result + "," + Reasoning + "]}", "Item 'rs_1' of type 'reasoning' was provided without its required following item.", "input", null)]
    [TestCase("""{"model":"m","input":[""" + Reasoning + """,{"role":"user","content":"Hi"}]}""", "Item 'rs_1' of type 'reasoning' was provided without its required following item.", "input", null)]
    [TestCase("""{"model":"m","input":[{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"made up"},""" + Call + "," + Result + "]}", "The encrypted content for item rs_1 could not be verified.", null, "invalid_encrypted_content")]
    public Task Find_FaultyRequest_Is400(string body, string message, string? param, string? code) => EmulatorClient.AssertRefusedAsync(body, message, param, code, "responses");

    [TestCase("""{"model":"m","input":"Hi"}""")]
    [TestCase("""{"model":"gpt-6-luna","input":"Hi","reasoning":{"effort":"low"},"include":["reasoning.encrypted_content"],"tools":[{"type":"function","name":"f","parameters":{"type":"object"},"strict":false}],"tool_choice":"auto"}""")]
    [TestCase("""{"model":"m","input":[{"role":"system","content":"x"},{"role":"user","content":[{"type":"input_text","text":"Hi"},{"type":"input_image","image_url":"https://example.test/a.png","detail":"high"}]}],"max_output_tokens":16,"store":false}""")]
    [TestCase("""{"model":"m","input":[{"role":"user","content":"Hi"},""" + Reasoning + "," + Call + "," + Result + "]}")]
    [TestCase("""{"model":"m","input":[""" + Reasoning + """,{"role":"assistant","content":"Nine."},{"role":"user","content":"Sure?"}]}""")]
    public Task Find_LawfulRequest_IsAccepted(string body) => EmulatorClient.AssertAcceptedAsync(body, "responses");

    [Test]
    public async Task Find_ReasoningThatWasNotEncrypted_IsNotFound()
    {
        using var client = new EmulatorClient();

        (HttpStatusCode status, JsonElement reply) = await client.PostAsync("""{"model":"m","input":[{"type":"reasoning","id":"rs_1","summary":[]},{"role":"assistant","content":"Nine."}]}""", "responses");

        Assert.That((status, reply.GetProperty("error").GetProperty("message").GetString()), Is.EqualTo((HttpStatusCode.NotFound,
            "Item with id 'rs_1' not found. Items are not persisted when `store` is set to false. Try again with `store` set to true, or remove this item from your input.")));
    }

    /// <summary>What OpenAI answered 200, the checks must let pass. What it had stored (conversations, prompts) is not here.</summary>
    [Test]
    public async Task Find_RequestsThatOpenAIAccepted_AreAccepted()
    {
        int count = 0;
        var refused = new List<string>();
        using var client = new EmulatorClient();
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Shared.Folder("traffic"), "recorded"), "*.json").Order(StringComparer.Ordinal))
        {
            JsonElement record = EmulatorClient.Parse(await File.ReadAllTextAsync(file));
            JsonElement body = record.GetProperty("request").GetProperty("body");
            if (record.GetProperty("request").GetProperty("path").GetString() != "/v1/responses" || record.GetProperty("response").GetProperty("status").GetInt32() != 200
                || body.ValueKind != JsonValueKind.Object
                || body.EnumerateObject().Any(member => member.Name is "previous_response_id" or "conversation" or "prompt" or "stream"))
            {
                continue;
            }

            (HttpStatusCode status, JsonElement reply) = await client.PostAsync(body.GetRawText(), "responses");
            refused.AddRange(status == HttpStatusCode.OK ? [] : [$"{Path.GetFileName(file)}: {reply}"]);
            count++;
        }

        if (count == 0)
        {
            Assert.Ignore("No recorded responses are beside this checkout.");
        }

        Assert.That(refused, Is.Empty);
        Assert.That(count, Is.GreaterThanOrEqualTo(40));
    }
}
