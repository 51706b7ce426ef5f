using DiscordIntel.Structured.Schemas;
using NUnit.Framework;
using static DiscordIntel.Tests.Structured.Schemas.GivenSchemas;

namespace DiscordIntel.Tests.Structured.Schemas;

/// <summary>What a log is told of a wrong answer: the place and the schema's rule, and nothing that the answer says.</summary>
public class IssueRuleTests
{
    [TestCase("""{"type":"integer"}""", "```json\n{\"p\":1}\n```", "$: it is wrapped in a ``` fence where bare JSON is expected")]
    [TestCase("""{"type":"integer"}""", "kestrel", "$: it is not a single JSON value of at most 64 levels (line 1, byte 0)")]
    [TestCase("""{"type":"integer"}""", "{}", "$.p: it is missing")]
    [TestCase("""{"type":"integer"}""", """{"p":1,"p":2}""", "$.p: it is given twice")]
    [TestCase("""{"type":"integer"}""", """{"p":"kestrel"}""", "$.p: a string is not of type integer")]
    [TestCase("""{"type":"integer"}""", """{"p":null}""", "$.p: null is not of type integer")]
    [TestCase("""{"type":"string"}""", """{"p":[4711]}""", "$.p: an array is not of type string")]
    [TestCase("""{"type":"string"}""", """{"p":4711}""", "$.p: a number is not of type string")]
    [TestCase("""{"type":"string"}""", """{"p":true}""", "$.p: a boolean is not of type string")]
    [TestCase("""{"type":"string","maxLength":3}""", """{"p":"kestrel"}""", "$.p: its characters are more than 3")]
    [TestCase("""{"type":"string","minLength":9}""", """{"p":"kestrel"}""", "$.p: its characters are fewer than 9")]
    [TestCase("""{"type":"string","pattern":"^[0-9]+$"}""", """{"p":"kestrel"}""", "$.p: it does not match the pattern ^[0-9]+$")]
    [TestCase("""{"enum":["a","b"]}""", """{"p":"kestrel"}""", "$.p: it is not one of \"a\", \"b\"")]
    [TestCase("""{"const":"a"}""", """{"p":"kestrel"}""", "$.p: it is not \"a\"")]
    [TestCase("""{"type":"number","minimum":5000}""", """{"p":4711}""", "$.p: it is below the minimum 5000")]
    [TestCase("""{"type":"number","maximum":5}""", """{"p":4711}""", "$.p: it is above the maximum 5")]
    [TestCase("""{"type":"number","exclusiveMinimum":5000}""", """{"p":4711}""", "$.p: it is not above 5000")]
    [TestCase("""{"type":"number","exclusiveMaximum":5}""", """{"p":4711}""", "$.p: it is not below 5")]
    [TestCase("""{"type":"number","multipleOf":5}""", """{"p":4711}""", "$.p: it is not a multiple of 5")]
    [TestCase("""{"type":"array","items":{"type":"integer"},"maxItems":1}""", """{"p":[4711,4711]}""", "$.p: its elements are more than 1")]
    [TestCase("""{"type":"array","items":{"type":"integer"},"minItems":3}""", """{"p":[4711,4711]}""", "$.p: its elements are fewer than 3")]
    [TestCase("""{"type":"array","items":{"type":"integer"},"uniqueItems":true}""", """{"p":[4711,4711]}""", "$.p: two of its elements are equal")]
    [TestCase("""{"anyOf":[{"type":"string","maxLength":2},{"type":"string","maxLength":3}]}""", """{"p":"kestrel"}""", "$.p: it fits none of the 2 alternatives")]
    [TestCase("""{"anyOf":[{"type":"object","properties":{"k":{"const":"a"}},"required":["k"]}]}""", """{"p":{"k":"kestrel"}}""", "$.p.k: it is not \"a\"")]
    [TestCase("""{"type":"object","properties":{}}""", """{"p":{"kestrel":4711,"wept":1}}""", "$.p: it holds a member that is not known")]
    [TestCase("""{"type":"integer"}""", """{"p":1,"kestrel":1}""", "$: it holds a member that is not known")]
    public void Rules_WrongAnswer_NameThePlaceAndTheRuleOnce(string property, string answer, string rule)
    {
        SchemaVerdict verdict = Compile(Required(property)).Validate(answer);

        Assert.That(verdict.Rules, Is.EqualTo(new[] { rule }));
        Assert.That(rule, Does.Not.Contain("kestrel").And.Not.Contain("4711").And.Not.Contain("wept"));
    }

    [Test]
    public void Rules_LawfulAnswer_AreNone() => Assert.That(Compile(Required("""{"type":"integer"}""")).Validate("""{"p":1}""").Rules, Is.Empty);
}
