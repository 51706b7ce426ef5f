using DiscordIntel.Testing.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Testing.Tests.Checks;

[TestFixture]
internal sealed class ResponseFormatCheckTests
{
    private const string Open = """{"type":"object","properties":{}}""";

    [TestCase("{}", "Missing required parameter: 'response_format.type'.", "response_format.type", "missing_required_parameter")]
    [TestCase("""{"type":"xml"}""", "Invalid value: 'xml'. Supported values are: 'json_object', 'json_schema', and 'text'.", "response_format.type", "invalid_value")]
    [TestCase("""{"type":"text","strict":true}""", "Unknown parameter: 'response_format.strict'.", "response_format.strict", "unknown_parameter")]
    [TestCase("""{"type":"json_schema"}""", "Missing required parameter: 'response_format.json_schema'.", "response_format.json_schema", "missing_required_parameter")]
    [TestCase("""{"type":"json_schema","schema":{}}""", "Unknown parameter: 'response_format.schema'.", "response_format.schema", "unknown_parameter")]
    [TestCase("""{"type":"json_schema","json_schema":{"schema":{}}}""", "Missing required parameter: 'response_format.json_schema.name'.", "response_format.json_schema.name", "missing_required_parameter")]
    [TestCase("""{"type":"json_schema","json_schema":{"name":"my answer","schema":{}}}""", "Invalid 'response_format.json_schema.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.", "response_format.json_schema.name", "invalid_value")]
    [TestCase("""{"type":"json_schema","json_schema":{"name":"","schema":{}}}""", "Invalid 'response_format.json_schema.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.", "response_format.json_schema.name", "invalid_value")]
    [TestCase("""{"type":"json_schema","json_schema":{"name":"answer","strict":true}}""", "Missing required parameter: 'response_format.json_schema.schema'.", "response_format.json_schema.schema", "missing_required_parameter")]
    [TestCase("""{"type":"json_schema","json_schema":{"name":"answer","strict":"yes","schema":{}}}""", "Invalid type for 'response_format.json_schema.strict': expected a boolean, but got a string instead.", "response_format.json_schema.strict", "invalid_type")]
    [TestCase("""{"type":"json_schema","json_schema":{"name":"answer","strict":true,"schema":{"type":"object","properties":{}}}}""", "Invalid schema for response_format 'answer': In context=(), 'additionalProperties' is required to be supplied and to be false.", "response_format", "invalid_json_schema")]
    public Task Find_FaultyFormat_Is400(string format, string message, string param, string code) =>
        EmulatorClient.AssertRefusedAsync(EmulatorClient.Chat(more: $"\"response_format\":{format}"), message, param, code);

    [Test]
    public Task Find_LongName_Is400() => EmulatorClient.AssertRefusedAsync(
        EmulatorClient.Chat(more: $$$"""  "response_format":{"type":"json_schema","json_schema":{"name":"{{{new string('a', 65)}}}","schema":{} } } """),
        "Invalid 'response_format.json_schema.name': string too long. Expected a string with maximum length 64, but got a string with length 65 instead.",
        "response_format.json_schema.name",
        "string_above_max_length");

    [Test]
    public Task Find_JsonObjectWithoutTheWord_Is400() => EmulatorClient.AssertRefusedAsync(
        EmulatorClient.Chat("Answer as an object.", """  "response_format":{"type":"json_object"} """),
        "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
        "messages",
        null);

    [TestCase("""{"type":"text"}""")]
    [TestCase($$$"""{"type":"json_schema","json_schema":{"name":"a-B_9","description":"d","schema":{{{Open}}}}}""")]
    [TestCase($$$"""{"type":"json_schema","json_schema":{"name":"a","strict":false,"schema":{{{Open}}}}}""")]
    [TestCase($$$"""{"type":"json_schema","json_schema":{"name":"a","strict":null}}""")]
    public Task Find_LawfulFormat_IsAccepted(string format) =>
        EmulatorClient.AssertAcceptedAsync(EmulatorClient.Chat(more: $"\"response_format\":{format}"));
}
