using System.Text.Json;
using DiscordIntel.Testing.Tests.Support;
using NUnit.Framework;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

#pragma warning disable NUnit1027 // The arguments come from FsCheck.

namespace DiscordIntel.Testing.Tests.Checks;

[TestFixture]
internal sealed class StrictSchemaCheckTests
{
    private static readonly string[] Refused =
    [
        "allOf", "oneOf", "not", "if", "then", "else", "dependentRequired", "dependentSchemas", "patternProperties", "unevaluatedProperties", "prefixItems",
        "contains", "minLength", "maxLength", "uniqueItems", "default", "name", "examples", "minProperties", "maxProperties",
    ];

    [TestCase("""{"type":"array","items":{"type":"string"}}""", "schema must be a JSON Schema of 'type: \"object\"', got 'type: \"array\"'.")]
    [TestCase("""{"anyOf":[{"type":"object"}]}""", "schema must be a JSON Schema of 'type: \"object\"', got 'type: \"None\"'.")]
    [TestCase("""{"type":["object","null"]}""", "schema must be a JSON Schema of 'type: \"object\"', got 'type: \"[\"object\",\"null\"]\"'.")]
    [TestCase("""{"type":"object","anyOf":[]}""", "In context=(), 'anyOf' is not permitted.")]
    [TestCase("""{"type":"object","properties":{}}""", "In context=(), 'additionalProperties' is required to be supplied and to be false.")]
    [TestCase("""{"type":"object","properties":{},"additionalProperties":true}""", "In context=(), 'additionalProperties' is required to be supplied and to be false.")]
    [TestCase("""{"type":"object","properties":{},"additionalProperties":{"type":"string"}}""", "In context=(), 'additionalProperties' is required to be supplied and to be false.")]
    [TestCase("""{"type":"object","additionalProperties":false}""", "In context=(), object schema missing properties.")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"required":["a"],"additionalProperties":false}""", "In context=(), 'required' is required to be supplied and to be an array including every key in properties. Missing 'b'.")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}""", "In context=(), 'required' is required to be supplied and to be an array including every key in properties. Missing 'a'.")]
    [TestCase("""{"type":"object","properties":{},"required":["z"],"additionalProperties":false}""", "In context=(), 'required' is required to be supplied and to be an array including every key in properties. Extra required key 'z' supplied.")]
    public Task Find_FaultyRoot_Is400(string schema, string fault) => AssertFaultAsync(schema, fault);

    [TestCase("""{"type":"object","properties":{}}""", "In context=('properties', 'x'), 'additionalProperties' is required to be supplied and to be false.")]
    [TestCase("""{"type":"array","items":{"type":"object","properties":{}}}""", "In context=('properties', 'x', 'items'), 'additionalProperties' is required to be supplied and to be false.")]
    [TestCase("""{"anyOf":[{"type":"null"},{"type":"object","properties":{}}]}""", "In context=('properties', 'x', 'anyOf', '1'), 'additionalProperties' is required to be supplied and to be false.")]
    [TestCase("""{"type":["array","null"]}""", "In context=('properties', 'x'), array schema missing items.")]
    [TestCase("{}", "In context=('properties', 'x'), schema must have a 'type' key.")]
    [TestCase("""{"enum":["a"]}""", "In context=('properties', 'x'), schema must have a 'type' key.")]
    [TestCase("true", "In context=('properties', 'x'), true is not of type 'object'.")]
    [TestCase("""{"type":"text"}""", "In context=('properties', 'x'), 'text' is not valid under any of the given schemas.")]
    [TestCase("""{"type":"string","format":"uri"}""", "In context=('properties', 'x'), 'uri' is not a valid format.")]
    [TestCase("""{"$ref":"#/$defs/y","description":"d"}""", "context=('properties', 'x'), $ref cannot have keywords {'description'}.")]
    [TestCase("""{"$ref":"#/$defs/y","title":"t","default":1}""", "context=('properties', 'x'), $ref cannot have keywords {'default', 'title'}.")]
    [TestCase("""{"$ref":"#/$defs/y"}""", "In context=('properties', 'x'), reference to component '#/$defs/y' which was not found in the schema.")]
    [TestCase("""{"$ref":"https://example.com/schema"}""", "In context=('properties', 'x'), reference to component 'https://example.com/schema' which was not found in the schema.")]
    [TestCase("""{"anyOf":{}}""", "In context=('properties', 'x', 'anyOf'), {} is not of type 'array'.")]
    public Task Find_FaultyProperty_Is400(string property, string fault) => AssertFaultAsync(WithProperty(property), fault);

    [TestCaseSource(nameof(Refused))]
    public Task Find_RefusedKeyword_Is400(string keyword) =>
        AssertFaultAsync(WithProperty($$"""{"type":"string","{{keyword}}":1}"""), $"In context=('properties', 'x'), '{keyword}' is not permitted.");

    [Test]
    public Task Find_FaultyDefinition_Is400() => AssertFaultAsync(
        """{"type":"object","properties":{"x":{"$ref":"#/$defs/y"}},"required":["x"],"additionalProperties":false,"$defs":{"y":{"type":"string","minLength":1}}}""",
        "In context=('$defs', 'y'), 'minLength' is not permitted.");

    [TestCase(10, null)]
    [TestCase(11, "11 levels of nesting exceeds limit of 10.")]
    [TestCase(14, "14 levels of nesting exceeds limit of 10.")]
    public async Task Find_Nesting_IsLimitedToTen(int levels, string? fault)
    {
        string schema = """{"type":"string"}""";
        for (int level = 0; level < levels; level++)
        {
            // Objects and lists in turn, an object outermost.
            schema = (levels - level) % 2 == 1 ? WithProperty(schema) : $$"""{"type":"array","items":{{schema}}}""";
        }

        await AssertFaultAsync(schema, fault);
    }

    [TestCase(5_000, null)]
    [TestCase(5_001, "5001 parameters exceeds limit of 5000.")]
    public Task Find_Properties_AreLimited(int count, string? fault)
    {
        string[] names = [.. Enumerable.Range(0, count).Select(index => $"\"p{index}\"")];
        return AssertFaultAsync(
            $$$"""{"type":"object","properties":{ {{{string.Join(',', names.Select(name => name + ":{\"type\":\"null\"}"))}}} },"required":[{{{string.Join(',', names)}}}],"additionalProperties":false}""", fault);
    }

    [TestCase(1_000, 1, null)]
    [TestCase(1_001, 1, "1001 enum values exceeds limit of 1000.")]
    [TestCase(250, 400, null)]
    [TestCase(251, 60, "15060 characters in one enum exceeds limit of 15000.")]
    [TestCase(200, 600, "120001 characters of names and enum values exceeds limit of 120000.")]
    public Task Find_EnumValues_AreLimited(int count, int length, string? fault) => AssertFaultAsync(
        WithProperty($$"""{"type":"string","enum":[{{string.Join(',', Enumerable.Repeat($"\"{new string('v', length)}\"", count))}}]}"""), fault);

    [TestCase("""{"type":"string","title":"T","description":"d","pattern":"^a$"}""")]
    [TestCase("""{"type":["integer","null"],"minimum":0,"maximum":9,"exclusiveMinimum":-1,"exclusiveMaximum":10,"multipleOf":3}""")]
    [TestCase("""{"type":"array","items":{"$ref":"#"},"minItems":0,"maxItems":3}""")]
    [TestCase("""{"type":"string","const":"a"}""")]
    [TestCase("""{"anyOf":[{"$ref":"#/properties/x/anyOf/1"},{"type":"string","format":"date-time"}]}""")]
    public Task Find_LawfulProperty_IsAccepted(string property) => AssertFaultAsync(WithProperty(property), null);

    [Test]
    public async Task Find_SchemasThatOpenAIAccepted_AreAccepted()
    {
        string file = Path.Combine(Shared.Folder("openapi"), "strict-schemas", "accepted-by-openai.json");
        JsonElement[] entries = [.. EmulatorClient.Parse(await File.ReadAllTextAsync(file)).EnumerateArray()];
        Assert.That(entries, Has.Length.GreaterThanOrEqualTo(21));
        foreach (JsonElement entry in entries)
        {
            await AssertFaultAsync(entry.GetProperty("schema").GetRawText(), null);
        }
    }

    [Property(MaxTest = 300, Arbitrary = [typeof(StrictSchemas)])]
    public Task Find_AnyLawfulSchema_IsAccepted(StrictSchema schema) => AssertFaultAsync(schema.Json, null);

    private static string WithProperty(string property) =>
        $$"""{"type":"object","properties":{"x":{{property}}},"required":["x"],"additionalProperties":false}""";

    private static Task AssertFaultAsync(string schema, string? fault)
    {
        string body = EmulatorClient.ChatWithSchema(schema, "Four words are enough.");
        return fault is null
            ? EmulatorClient.AssertAcceptedAsync(body)
            : EmulatorClient.AssertRefusedAsync(body, $"Invalid schema for response_format 'answer': {fault}", "response_format", "invalid_json_schema");
    }
}
