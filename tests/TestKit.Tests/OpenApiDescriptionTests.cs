using System.Text.Json;
using NUnit.Framework;

namespace DiscordIntel.TestKit.Tests;

/// <summary>The evaluator's rules on small descriptions; needs no shared material.</summary>
[TestFixture]
internal sealed class OpenApiDescriptionTests
{
    private const string Base = """{"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}""";
    private const string Extended = """{"allOf": [{"$ref": "#/components/schemas/Base"}, {"type": "object", "properties": {"b": {"type": "integer"}}}]}""";

    private const string Messages = """
        {"oneOf": [
          {"type": "object", "properties": {"role": {"type": "string", "enum": ["user"]}, "text": {"type": "string"}}, "required": ["role", "text"]},
          {"type": "object", "properties": {"role": {"const": "tool"}, "id": {"type": "string"}, "size": {"type": "number"}}, "required": ["role", "id"]}
        ]}
        """;

    [TestCase("""{"a": "x", "b": 1}""", ExpectedResult = "")]
    [TestCase("""{"a": "x", "b": 1.0}""", ExpectedResult = "")]
    [TestCase("""{"b": 1}""", ExpectedResult = "$: lacks the required member 'a'")]
    [TestCase("""{"a": "x", "c": 1}""", ExpectedResult = "$.c: is not a known member")]
    [TestCase("""{"a": "x", "b": 1.5}""", ExpectedResult = "$.b: number is not integer")]
    public string Check_AllOf_IsClosedOverTheMembersOfAllParts(string body) => Errors(Extended, body);

    [TestCase("""{"a": "x"}""", ExpectedResult = "")]
    [TestCase("""{"a": "x", "b": 1}""", ExpectedResult = "$.b: is not a known member")]
    public string Check_PartOfAnAllOfUsedAlone_IsClosed(string body) => Errors("""{"$ref": "#/components/schemas/Base"}""", body);

    [TestCase("""{"role": "user", "text": "x"}""", ExpectedResult = "")]
    [TestCase("""{"role": "tool"}""", ExpectedResult = "$: lacks the required member 'id'")]
    [TestCase("""{"role": "tool", "id": "1", "size": "x", "text": "y"}""", ExpectedResult = "$.size: string is not number|$.text: is not a known member")]
    [TestCase("""{"role": "usr", "text": "x"}""", ExpectedResult = "$.role: \"usr\" is not one of \"user\", \"tool\"")]
    [TestCase("17", ExpectedResult = "$: number is not object")]
    public string Check_Union_ReportsTheBranchThatWasMeant(string body) => Errors(Messages, body);

    [TestCase("""{"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}, {"type": "null"}]}""", "[\"a\", 1]",
        ExpectedResult = "$[1]: number is not string")]
    [TestCase("""{"anyOf": [{"type": "string"}, {"type": "array"}, {"type": "null"}]}""", "1", ExpectedResult = "$: number is not one of string, array, null")]
    [TestCase("""{"oneOf": [{"type": "string"}, {"type": "string", "maxLength": 9}]}""", "\"a\"", ExpectedResult = "")]
    [TestCase("""{"type": "string", "enum": ["a"], "nullable": true}""", "null", ExpectedResult = "")]
    [TestCase("""{"type": ["string", "null"], "enum": ["a"]}""", "null", ExpectedResult = "")]
    [TestCase("""{"type": "string", "enum": ["a"]}""", "null", ExpectedResult = "$: null is not string")]
    [TestCase("""{"type": "number", "minimum": 0, "maximum": 2}""", "2.1", ExpectedResult = "$: 2.1 breaks maximum 2")]
    [TestCase("""{"type": "number", "exclusiveMinimum": 0}""", "0", ExpectedResult = "$: 0 breaks exclusiveMinimum 0")]
    [TestCase("""{"type": "number", "minimum": 0, "exclusiveMinimum": true}""", "0", ExpectedResult = "")]
    [TestCase("""{"type": "string", "minLength": 2}""", "\"a\"", ExpectedResult = "$: its size 1 breaks minLength 2")]
    [TestCase("""{"type": "string", "maxLength": 1}""", "\"😀\"", ExpectedResult = "")]
    [TestCase("""{"type": "array", "maxItems": 1}""", "[1, 2]", ExpectedResult = "$: its size 2 breaks maxItems 1")]
    [TestCase("""{"type": "array", "minItems": 1}""", "[]", ExpectedResult = "$: its size 0 breaks minItems 1")]
    [TestCase("""{"type": "string", "pattern": "^x+$"}""", "\"xy\"", ExpectedResult = "$: does not match ^x+$")]
    [TestCase("""{"type": "string", "format": "uri"}""", "\"picture.png\"", ExpectedResult = "$: is not an absolute URI")]
    [TestCase("""{"type": "string", "format": "uri"}""", "\"data:image/png;base64,iVBORw0=\"", ExpectedResult = "")]
    [TestCase("""{"type": "object", "additionalProperties": {"type": "string"}}""", """{"a b": 1}""", ExpectedResult = "$['a b']: number is not string")]
    [TestCase("""{"type": "object", "additionalProperties": false, "properties": {"a": {}}}""", """{"a": 1, "b": 2}""",
        ExpectedResult = "$.b: is not a known member")]
    [TestCase("""{"type": "object", "properties": {"a": {}}, "additionalProperties": true}""", """{"b": 2}""", ExpectedResult = "")]
    [TestCase("""{"type": "object"}""", """{"b": 2}""", ExpectedResult = "")]
    [TestCase("""{"type": "object", "maxProperties": 1}""", """{"a": 1, "b": 2}""", ExpectedResult = "$: has 2 members, more than 1")]
    [TestCase("""{"type": "object", "propertyNames": {"maxLength": 1}}""", """{"ab": 1}""", ExpectedResult = "$.ab: its size 2 breaks maxLength 1")]
    [TestCase("""{"type": "object", "properties": {"a": false}}""", """{"a": 1}""", ExpectedResult = "$.a: is not allowed here")]
    public string Check_Keyword_IsApplied(string schema, string body) => Errors(schema, body);

    [Test]
    public void Check_RecursiveReference_LeadsToTheNearestAnchor()
    {
        const string Tree = """
            {"$recursiveAnchor": true, "type": "object", "properties": {"children": {"type": "array", "items": {"oneOf": [{"type": "string"}, {"$recursiveRef": "#"}]}}}}
            """;
        Assert.That(Errors("""{"$ref": "#/components/schemas/Tree"}""", """{"children": ["a", {"children": [{"childen": []}]}]}""", Tree),
            Is.EqualTo("$.children[1].children[0].childen: is not a known member"));
    }

    [Test]
    public void Check_KeywordItDoesNotKnow_Throws() =>
        Assert.That(() => Errors("""{"if": {}}""", "1"), Throws.TypeOf<NotSupportedException>().With.Message.Contains("'if'"));

    [Test]
    public void Check_ReferenceToNothing_Throws() =>
        Assert.That(() => Errors("""{"$ref": "#/components/schemas/Gone"}""", "1"), Throws.TypeOf<NotSupportedException>());

    [Test]
    public void Check_SchemaThatDoesNotExist_Throws() =>
        Assert.That(() => OpenApiDescription.Parse("""{"components": {"schemas": {}}}""").Check("Nothing", default), Throws.ArgumentException);

    private static string Errors(string schema, string body, string tree = "true")
    {
        OpenApiDescription description = OpenApiDescription.Parse(
            $$$"""{"components": {"schemas": {"Base": {{{Base}}}, "Extended": {{{Extended}}}, "Tree": {{{tree}}}, "Tested": {{{schema}}} } } }""");
        return string.Join('|', description.Check("Tested", JsonElement.Parse(body)));
    }
}
