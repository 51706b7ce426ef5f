using System.Net;
using System.Text.Json;
using DiscordIntel.Testing.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Testing.Tests.Checks;

[TestFixture]
internal sealed class ChatMembersTests
{
    [TestCase("\"max_output_tokens\":5", "Unknown parameter: 'max_output_tokens'.", "max_output_tokens", "unknown_parameter")]
    [TestCase("\"Temperature\":1", "Unknown parameter: 'Temperature'.", "Temperature", "unknown_parameter")]
    [TestCase("\"temperature\":\"1\"", "Invalid type for 'temperature': expected a decimal, but got a string instead.", "temperature", "invalid_type")]
    [TestCase("\"max_completion_tokens\":1.5", "Invalid type for 'max_completion_tokens': expected an integer, but got a decimal instead.", "max_completion_tokens", "invalid_type")]
    [TestCase("\"store\":0", "Invalid type for 'store': expected a boolean, but got an integer instead.", "store", "invalid_type")]
    [TestCase("\"stop\":{}", "Invalid type for 'stop': expected one of a string or an array, but got an object instead.", "stop", "invalid_type")]
    [TestCase("\"response_format\":\"json\"", "Invalid type for 'response_format': expected an object, but got a string instead.", "response_format", "invalid_type")]
    [TestCase("\"tools\":null", "Invalid type for 'tools': expected an array, but got null instead.", "tools", "invalid_type")]
    [TestCase("\"temperature\":2.5", "Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 2.5 instead.", "temperature", "decimal_above_max_value")]
    [TestCase("\"temperature\":-1", "Invalid 'temperature': decimal below minimum value. Expected a value >= 0, but got -1 instead.", "temperature", "decimal_below_min_value")]
    [TestCase("\"n\":129", "Invalid 'n': integer above maximum value. Expected a value <= 128, but got 129 instead.", "n", "integer_above_max_value")]
    [TestCase("\"max_completion_tokens\":0", "Invalid 'max_completion_tokens': integer below minimum value. Expected a value >= 1, but got 0 instead.", "max_completion_tokens", "integer_below_min_value")]
    [TestCase("\"verbosity\":\"loud\"", "Invalid value: 'loud'. Supported values are: 'low', 'medium', and 'high'.", "verbosity", "invalid_value")]
    [TestCase("\"reasoning_effort\":\"deep\"", "Invalid value: 'deep'. Supported values are: 'none', 'minimal', 'low', 'medium', 'high', 'xhigh', and 'max'.", "reasoning_effort", "invalid_value")]
    public Task Find_FaultyMember_Is400(string member, string message, string param, string code) =>
        EmulatorClient.AssertRefusedAsync(EmulatorClient.Chat(more: member), message, param, code);

    [Test]
    public Task Find_LongSafetyIdentifier_Is400() => EmulatorClient.AssertRefusedAsync(
        EmulatorClient.Chat(more: $"\"safety_identifier\":\"{new string('a', 65)}\""),
        "Invalid 'safety_identifier': string too long. Expected a string with maximum length 64, but got a string with length 65 instead.",
        "safety_identifier",
        "string_above_max_length");

    [TestCase("\"temperature\":null,\"max_completion_tokens\":null,\"reasoning_effort\":null,\"stream\":false,\"stop\":null,\"seed\":-5")]
    [TestCase("\"temperature\":1,\"top_p\":0.5,\"n\":2,\"stop\":[\"a\"],\"store\":false,\"safety_identifier\":\"x\",\"prompt_cache_key\":\"k\",\"verbosity\":\"low\"")]
    public Task Find_LawfulMembers_AreAccepted(string members) => EmulatorClient.AssertAcceptedAsync(EmulatorClient.Chat(more: members));

    [Test]
    public async Task Find_EveryMemberOfTheDescription_IsKnown()
    {
        using JsonDocument description = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Shared.Folder("openapi"), "openai.json")));
        JsonElement schemas = description.RootElement.GetProperty("components").GetProperty("schemas");
        string[] names = [.. Members(schemas, schemas.GetProperty("CreateChatCompletionRequest")).Distinct()];
        using var client = new EmulatorClient();

        Assert.That(names, Has.Length.EqualTo(37), "the set in the source is of this size");
        foreach (string name in names.Except(["model", "messages"]))
        {
            // No member takes an array of an array, but some take an array: then it passes, which says as much.
            (_, JsonElement reply) = await client.PostAsync(EmulatorClient.Chat(more: $"\"{name}\":[[]]"));
            Assert.That(reply.ToString(), Does.Not.Contain("unknown_parameter"), name);
        }

        (HttpStatusCode status, _) = await client.PostAsync(EmulatorClient.Chat(more: "\"not_in_the_description\":1"));
        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    private static IEnumerable<string> Members(JsonElement schemas, JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            return Members(schemas, schemas.GetProperty(reference.GetString()!.Split('/')[^1]));
        }

        IEnumerable<string> own = schema.TryGetProperty("properties", out JsonElement properties) ? properties.EnumerateObject().Select(property => property.Name) : [];
        IEnumerable<string> inherited = schema.TryGetProperty("allOf", out JsonElement all) ? all.EnumerateArray().SelectMany(one => Members(schemas, one)) : [];
        return own.Concat(inherited);
    }
}
