using DiscordIntel.Testing.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Testing.Tests.Checks;

[TestFixture]
internal sealed class MessageCheckTests
{
    private const string Picture = "data:image/png;base64,iVBORw0KGgo=";

    [TestCase("\"hi\"", "Invalid type for 'messages[0]': expected an object, but got a string instead.", "messages[0]", "invalid_type")]
    [TestCase("""{"content":"hi"}""", "Missing required parameter: 'messages[0].role'.", "messages[0].role", "missing_required_parameter")]
    [TestCase("""{"role":"robot","content":"hi"}""", "Invalid value: 'robot'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and 'developer'.", "messages[0].role", "invalid_value")]
    [TestCase("""{"role":1,"content":"hi"}""", "Invalid type for 'messages[0].role': expected a string, but got an integer instead.", "messages[0].role", "invalid_type")]
    [TestCase("""{"role":"user"}""", "Missing required parameter: 'messages[0].content'.", "messages[0].content", "missing_required_parameter")]
    [TestCase("""{"role":"user","content":null}""", "Invalid value for 'content': expected a string, got null.", "messages[0].content", null)]
    [TestCase("""{"role":"assistant","content":null}""", "Invalid value for 'content': expected a string, got null.", "messages[0].content", null)]
    [TestCase("""{"role":"user","content":5}""", "Invalid type for 'messages[0].content': expected one of a string or an array, but got an integer instead.", "messages[0].content", "invalid_type")]
    [TestCase("""{"role":"user","content":[]}""", "Invalid 'messages[0].content': empty array. Expected an array with minimum length 1, but got an empty array instead.", "messages[0].content", "empty_array")]
    [TestCase("""{"role":"user","content":"hi","user_id":"7"}""", "Unknown parameter: 'messages[0].user_id'.", "messages[0].user_id", "unknown_parameter")]
    [TestCase("""{"role":"user","content":"hi","tool_calls":[]}""", "Unknown parameter: 'messages[0].tool_calls'.", "messages[0].tool_calls", "unknown_parameter")]
    [TestCase("""{"role":"tool","content":"hi"}""", "Missing required parameter: 'messages[0].tool_call_id'.", "messages[0].tool_call_id", "missing_required_parameter")]
    public Task Find_FaultyMessage_Is400(string message, string words, string param, string? code) =>
        EmulatorClient.AssertRefusedAsync($$"""{"model":"emulator","messages":[{{message}}]}""", words, param, code);

    [TestCase("\"hi\"", "Invalid type for 'messages[0].content[0]': expected an object, but got a string instead.", "messages[0].content[0]", "invalid_type")]
    [TestCase("""{"text":"hi"}""", "Missing required parameter: 'messages[0].content[0].type'.", "messages[0].content[0].type", "missing_required_parameter")]
    [TestCase("""{"type":"image","image":"x"}""", "Invalid value: 'image'. Supported values are: 'text', 'image_url', 'input_audio', 'refusal', 'audio', and 'file'.", "messages[0].content[0].type", "invalid_value")]
    [TestCase("""{"type":"refusal","refusal":"x"}""", "Invalid value: 'refusal'. Supported values are: 'text', 'image_url', 'input_audio', and 'file'.", "messages[0].content[0].type", "invalid_value")]
    [TestCase("""{"type":"text"}""", "Missing required parameter: 'messages[0].content[0].text'.", "messages[0].content[0].text", "missing_required_parameter")]
    [TestCase("""{"type":"text","text":"hi","cache_control":{}}""", "Unknown parameter: 'messages[0].content[0].cache_control'.", "messages[0].content[0].cache_control", "unknown_parameter")]
    [TestCase("""{"type":"image_url","image_url":"https://example.com/a.png"}""", "Invalid type for 'messages[0].content[0].image_url': expected an object, but got a string instead.", "messages[0].content[0].image_url", "invalid_type")]
    [TestCase("""{"type":"image_url","image_url":{}}""", "Missing required parameter: 'messages[0].content[0].image_url.url'.", "messages[0].content[0].image_url.url", "missing_required_parameter")]
    [TestCase("""{"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"huge"}}""", "Invalid value: 'huge'. Supported values are: 'auto', 'low', and 'high'.", "messages[0].content[0].image_url.detail", "invalid_value")]
    [TestCase("""{"type":"input_audio","input_audio":{"data":"x","format":"ogg"}}""", "Invalid value: 'ogg'. Supported values are: 'wav' and 'mp3'.", "messages[0].content[0].input_audio.format", "invalid_value")]
    public Task Find_FaultyPart_Is400(string part, string words, string param, string code) =>
        EmulatorClient.AssertRefusedAsync($$"""{"model":"emulator","messages":[{"role":"user","content":[{{part}}]}]}""", words, param, code);

    [Test]
    public Task Find_PictureInSystemMessage_Is400() => EmulatorClient.AssertRefusedAsync(
        $$$"""{"model":"emulator","messages":[{"role":"system","content":[{"type":"image_url","image_url":{"url":"{{{Picture}}}"}}]}]}""",
        "Invalid value: 'image_url'. Supported values are: 'text'.",
        "messages[0].content[0].type",
        "invalid_value");

    [TestCase("""{"role":"tool","tool_call_id":"a","content":"ok"}""", "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.", "messages[0].role")]
    [TestCase("""{"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"a","content":"1"},{"role":"tool","tool_call_id":"a","content":"2"}""", "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.", "messages[2].role")]
    [TestCase("""{"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"user","content":"so?"}""", "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: a", "messages[0].role")]
    [TestCase("""{"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]}""", "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: a", "messages[0].role")]
    public Task Find_CallsAndAnswersThatDoNotMatch_Is400(string messages, string words, string param) =>
        EmulatorClient.AssertRefusedAsync($$"""{"model":"emulator","messages":[{{messages}}]}""", words, param, null);

    [TestCase("""{"role":"developer","content":"Be brief."},{"role":"user","content":"hi","name":"ann"}""")]
    [TestCase("""{"role":"system","content":[{"type":"text","text":"Be brief."}]}""")]
    [TestCase("""{"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}},{"id":"b","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"b","content":"ok"},{"role":"tool","tool_call_id":"a","content":"ok"},{"role":"user","content":"so?"}""")]
    [TestCase("""{"role":"user","content":[{"type":"text","text":"look"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo=","detail":"low"}}]}""")]
    [TestCase("""{"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"a","content":"ok"}""")]
    [TestCase("""{"role":"assistant","refusal":"no"},{"role":"user","content":"why?"}""")]
    [TestCase("""{"role":"assistant","content":[{"type":"refusal","refusal":"no"}]}""")]
    [TestCase("""{"role":"function","name":"f","content":null}""")]
    public Task Find_LawfulMessages_AreAccepted(string messages) =>
        EmulatorClient.AssertAcceptedAsync($$"""{"model":"emulator","messages":[{{messages}}]}""");
}
