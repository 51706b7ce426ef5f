using System.Text.Json;
using DiscordIntel.Testing.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Testing.Tests.Checks;

[TestFixture]
internal sealed class ToolCheckTests
{
    [TestCase("5", "Invalid type for 'tools[0]': expected an object, but got an integer instead.", "tools[0]", "invalid_type")]
    [TestCase("""{"type":"plugin"}""", "Invalid value: 'plugin'. Supported values are: 'function' and 'custom'.", "tools[0].type", "invalid_value")]
    [TestCase("""{"type":"function"}""", "Missing required parameter: 'tools[0].function'.", "tools[0].function", "missing_required_parameter")]
    [TestCase("""{"type":"function","function":{}}""", "Missing required parameter: 'tools[0].function.name'.", "tools[0].function.name", "missing_required_parameter")]
    [TestCase("""{"type":"function","function":{"name":"get.it"}}""", "Invalid 'tools[0].function.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.", "tools[0].function.name", "invalid_value")]
    [TestCase("""{"type":"function","function":{"name":"f","strict":true,"parameters":{"type":"object","properties":{"a":{"type":"array"}},"required":["a"],"additionalProperties":false}}}""", "Invalid schema for function 'f': In context=('properties', 'a'), array schema missing items.", "tools[0].function.parameters", "invalid_function_parameters")]
    public Task Find_FaultyTool_Is400(string tool, string message, string param, string code) =>
        EmulatorClient.AssertRefusedAsync(EmulatorClient.Chat(more: $"\"tools\":[{tool}]"), message, param, code);

    [TestCase("""{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object","properties":{"a":{"type":"string","minLength":1}}}}}""")]
    [TestCase("""{"type":"function","function":{"name":"f","strict":true,"parameters":{"type":"object","properties":{},"required":[],"additionalProperties":false}}}""")]
    [TestCase("""{"type":"custom","custom":{"name":"f"}}""")]
    public Task Find_LawfulTool_IsAccepted(string tool) => EmulatorClient.AssertAcceptedAsync(EmulatorClient.Chat(more: $"\"tools\":[{tool}]"));

    [Test]
    public async Task Find_SchemaThatOpenAIRejected_GivesOpenAIsError()
    {
        string file = Path.Combine(Shared.Folder("openapi"), "strict-schemas", "rejected-by-openai.json");
        JsonElement entry = EmulatorClient.Parse(await File.ReadAllTextAsync(file))[0];
        JsonElement error = entry.GetProperty("error");
        string name = entry.GetProperty("schemas")[0][0].GetString()!;

        await EmulatorClient.AssertRefusedAsync(
            EmulatorClient.Chat(more: $$$"""  "tools":[{"type":"function","function":{"name":"{{{name}}}","strict":true}}] """),
            error.GetProperty("message").GetString()!,
            error.GetProperty("param").GetString(),
            error.GetProperty("code").GetString());
    }
}
