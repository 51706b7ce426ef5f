using System.Text.Json;
using DiscordIntel.Structured.Schemas;
using NUnit.Framework;
using static DiscordIntel.Tests.Structured.Schemas.GivenSchemas;

namespace DiscordIntel.Tests.Structured.Schemas;

public class StructuredSchemaTests
{
    private const string CarelessSchema =
        """
        {
          "name": "debate score", "title": "Debate", "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
          "properties": {
            "winner": { "type": "string", "maxLength": 5, "description": "Who won" },
            "notes": { "type": "string", "default": "none", "examples": ["a"] }
          },
          "required": ["winner"]
        }
        """;

    [Test]
    public void TryCompile_CarelessSchema_IsMadeLawful()
    {
        StructuredSchema schema = Compile(CarelessSchema);

        Assert.That(schema.Name, Is.EqualTo("debate_score"));
        Assert.That(schema.Strict.GetRawText(), Is.EqualTo(
            """{"type":"object","properties":{"winner":{"description":"Who won. At most 5 characters.","type":"string"},"notes":{"type":["string","null"]}},"required":["winner","notes"],"additionalProperties":false}"""));
    }

    [TestCase("""{"winner":"Ann","notes":null}""", ExpectedResult = "")]
    [TestCase("""{"winner":"Ann"}""", ExpectedResult = "")]
    [TestCase("""{"winner":"Annabel","notes":"x"}""", ExpectedResult = "$.winner: its 7 characters are more than 5")]
    [TestCase("""{"notes":"x"}""", ExpectedResult = "$.winner: it is missing")]
    [TestCase("""{"winner":null}""", ExpectedResult = "$.winner: null is not of type string")]
    [TestCase("""{"winner":"Ann","more":1}""", ExpectedResult = "$.more: it is not a known member")]
    public string Validate_CarelessSchema_KeepsItsLimits(string answer) => string.Join('\n', Compile(CarelessSchema).Validate(answer).Issues);

    [Test]
    public void TryCompile_SchemasThatOpenAIAccepted_StayLawful()
    {
        string folder = SharedFolder.Find("openapi/strict-schemas");
        using JsonDocument accepted = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "accepted-by-openai.json")));

        foreach (JsonElement entry in accepted.RootElement.EnumerateArray())
        {
            StructuredSchema schema = Compile(entry.GetProperty("schema").GetRawText());
            Assert.That(schema.Strict.GetProperty("properties").EnumerateObject().Count(), Is.EqualTo(entry.GetProperty("schema").GetProperty("properties").EnumerateObject().Count()));
        }

        Assert.That(accepted.RootElement.GetArrayLength(), Is.EqualTo(21));
    }

    [TestCase("""{"type":"integer"}""", """{"type":["integer","null"]}""")]
    [TestCase("""{"type":["integer","null"]}""", """{"type":["integer","null"]}""")]
    [TestCase("""{"enum":["a","b","a"]}""", """{"type":["string","null"],"enum":["a","b",null]}""")]
    [TestCase("""{"enum":["a",null]}""", """{"type":["string","null"],"enum":["a",null]}""")]
    [TestCase("""{"type":["string","null"],"enum":["a"]}""", """{"type":["string","null"],"enum":["a",null]}""")]
    [TestCase("""{"const":"a"}""", """{"anyOf":[{"type":"string","const":"a"},{"type":"null"}]}""")]
    [TestCase("""{"anyOf":[{"type":"string"},{"type":"integer"}]}""", """{"anyOf":[{"type":"string"},{"type":"integer"},{"type":"null"}]}""")]
    [TestCase("""{"oneOf":[{"type":"string"},{"type":"null"}]}""", """{"anyOf":[{"type":"string"},{"type":"null"}]}""")]
    [TestCase("""{"description":"d","allOf":[{"type":"string"}]}""", """{"description":"d","anyOf":[{"type":"string"},{"type":"null"}]}""")]
    [TestCase("""{"items":{"type":"number"},"minItems":1,"uniqueItems":true}""", """{"description":"No two elements are equal.","type":["array","null"],"items":{"type":"number"},"minItems":1}""")]
    [TestCase("""{"type":"object","additionalProperties":false}""", """{"type":["object","null"],"properties":{},"required":[],"additionalProperties":false}""")]
    [TestCase("""{"type":"object","properties":{},"additionalProperties":true}""", """{"type":["object","null"],"properties":{},"required":[],"additionalProperties":false}""")]
    public void TryCompile_OptionalProperty_TakesNull(string property, string strict) => Assert.That(StrictOf(Optional(property)), Is.EqualTo(strict));

    [TestCase("""{"type":"string","format":"date"}""", """{"type":"string","format":"date"}""")]
    [TestCase("""{"type":"string","format":"uri"}""", """{"description":"Format: uri.","type":"string"}""")]
    [TestCase("""{"type":"string","pattern":"^a+$"}""", """{"type":"string","pattern":"^a+$"}""")]
    [TestCase("""{"type":"string","pattern":"^(?!b)","description":"d!"}""", """{"description":"d! Matches the pattern ^(?!b)","type":"string"}""")]
    [TestCase("""{"type":"string","minLength":2,"maxLength":9,"minimum":1}""", """{"description":"At least 2 characters. At most 9 characters.","type":"string"}""")]
    [TestCase("""{"type":"string","minLength":1,"maxLength":1}""", """{"description":"Exactly 1 character.","type":"string"}""")]
    [TestCase("""{"type":"string","minLength":2,"maxLength":2,"format":"made-up"}""", """{"description":"Exactly 2 characters. Format: made-up.","type":"string"}""")]
    [TestCase("""{"type":"number","minimum":0,"maximum":1.50,"multipleOf":1e-2}""", """{"type":"number","multipleOf":0.01,"minimum":0,"maximum":1.50}""")]
    [TestCase("""{"type":"number","exclusiveMinimum":-1,"exclusiveMaximum":1e300}""", """{"type":"number","exclusiveMinimum":-1,"exclusiveMaximum":1E+300}""")]
    [TestCase("""{"enum":[1,2.5]}""", """{"type":"number","enum":[1,2.5]}""")]
    [TestCase("""{"enum":[1,2.0]}""", """{"type":"integer","enum":[1,2.0]}""")]
    [TestCase("""{"type":"object","properties":{"name":{"type":"string"}},"name":"x","x-order":1,"$comment":"c"}""", """{"type":"object","properties":{"name":{"type":["string","null"]}},"required":["name"],"additionalProperties":false}""")]
    public void TryCompile_RequiredProperty_IsWritten(string property, string strict) => Assert.That(StrictOf(Required(property)), Is.EqualTo(strict));

    [Test]
    public void TryCompile_ReferencesIntoTheMiddle_LeadToDefinitions()
    {
        StructuredSchema schema = Compile(
            """
            {
              "type": "object",
              "properties": {
                "first": { "type": "string", "maxLength": 3 },
                "again": { "$ref": "#/properties/first", "description": "Once more", "minLength": 2 },
                "list": { "type": "array", "items": { "$ref": "#/definitions/a%20b" } },
                "self": { "anyOf": [{ "$ref": "#" }, { "type": "null" }] }
              },
              "required": ["again", "list"],
              "definitions": { "a b": { "$ref": "#/definitions/c" }, "c": { "type": "object", "properties": { "next": { "$ref": "#/definitions/a b" } } }, "unused": true }
            }
            """);

        Assert.That(schema.Strict.GetRawText(), Is.EqualTo(
            """{"type":"object","properties":{"first":{"anyOf":[{"$ref":"#/$defs/first"},{"type":"null"}]},"again":{"description":"Once more. At least 2 characters.","anyOf":[{"$ref":"#/$defs/first"}]},"list":{"type":"array","items":{"$ref":"#/$defs/c"}},"self":{"anyOf":[{"$ref":"#"},{"type":"null"}]}},"required":["first","again","list","self"],"additionalProperties":false,"$defs":{"first":{"description":"At most 3 characters.","type":"string"},"c":{"type":"object","properties":{"next":{"anyOf":[{"$ref":"#/$defs/c"},{"type":"null"}]}},"required":["next"],"additionalProperties":false}}}"""));
        Assert.That(schema.Validate("""{"first":null,"again":"abc","list":[{"next":{"next":null}}],"self":{"again":"ab","list":[]}}""").IsValid, Is.True);
        Assert.That(schema.Validate("""{"again":"a","list":[{"next":{"next":5}}],"self":{"again":"abcd","list":[]}}""").Issues, Is.EqualTo(new[]
        {
            "$.again: its 1 characters are fewer than 2",
            "$.list[0].next.next: 5 is not of type object",
            "$.self.again: its 4 characters are more than 3",
        }));
    }

    [Test]
    public void TryCompile_RootReference_IsFollowed()
    {
        StructuredSchema schema = Compile("""{"$ref":"#/$defs/Tree","$defs":{"Tree":{"type":"object","properties":{"kids":{"type":"array","items":{"$ref":"#/$defs/Tree"}}},"required":["kids"]}}}""");

        Assert.That(schema.Strict.GetRawText(), Is.EqualTo("""{"type":"object","properties":{"kids":{"type":"array","items":{"$ref":"#"}}},"required":["kids"],"additionalProperties":false}"""));
    }

    [Test]
    public void TryCompile_DefinitionsWithLikeNames_StayApart()
    {
        StructuredSchema schema = Compile("""{"type":"object","properties":{"a":{"$ref":"#/$defs/x y"},"b":{"$ref":"#/$defs/x_y"},"c":{"$ref":"#/$defs/-"}},"required":["a","b","c"],"$defs":{"x y":{"type":"string"},"x_y":{"type":"integer"},"-":{"type":"null"}}}""");

        Assert.That(schema.Strict.GetProperty("$defs").GetRawText(), Is.EqualTo("""{"x_y":{"type":"string"},"x_y_2":{"type":"integer"},"part":{"type":"null"}}"""));
    }

    [TestCase("""{"title":"A title"}""", ExpectedResult = "A_title")]
    [TestCase("""{"title":"A title","name":"n"}""", ExpectedResult = "n")]
    [TestCase("""{"title":"***","name":""}""", ExpectedResult = null)]
    [TestCase("""{"title":"0123456789012345678901234567890123456789012345678901234567890123456789"}""", ExpectedResult = "0123456789012345678901234567890123456789012345678901234567890123")]
    [TestCase("{}", ExpectedResult = null)]
    public string? Name_OfGivenSchema_IsLawful(string extra) => Compile($$"""{"type":"object","properties":{},{{extra[1..]}}""".Replace(",}", "}", StringComparison.Ordinal)).Name;

    [Test]
    public void TryCompile_DisposedOriginal_StaysUsable()
    {
        JsonDocument document = JsonDocument.Parse(Optional("""{"enum":["a"]}"""));
        StructuredSchema.TryCompile(document.RootElement, out StructuredSchema? schema, out _);
        document.Dispose();

        Assert.That(schema!.Validate("""{"p":"a"}""").IsValid, Is.True);
        Assert.That(schema.Strict.GetProperty("type").GetString(), Is.EqualTo("object"));
    }

    private static string StrictOf(string schema) => Compile(schema).Strict.GetProperty("properties").GetProperty("p").GetRawText();
}
