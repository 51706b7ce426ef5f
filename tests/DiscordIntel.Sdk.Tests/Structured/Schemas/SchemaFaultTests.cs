using System.Text.Json;
using DiscordIntel.Structured.Schemas;
using NUnit.Framework;
using static DiscordIntel.Tests.Structured.Schemas.GivenSchemas;

namespace DiscordIntel.Tests.Structured.Schemas;

public class SchemaFaultTests
{
    private const string Root = "$: the root must be an object; wrap it in an object with one property";
    private const string Undescribed = "$.properties.p: an object whose members are not described cannot be sent to a strict model; describe them in 'properties', or use a list of objects with a key and a value";
    private const string Open = "$.properties.p: an open dictionary cannot be sent to a strict model; use a list of objects with a key and a value";

    [TestCase("""{"type":"array","items":{"type":"string"}}""")]
    [TestCase("""{"type":"string"}""")]
    [TestCase("""{"type":["object","null"],"properties":{}}""")]
    [TestCase("""{"$ref":"#/$defs/a","$defs":{"a":{"enum":["x"]}}}""")]
    public void TryCompile_RootThatIsNoObject_IsRefused(string schema) => Assert.That(FaultsOf(schema), Is.EqualTo(new[] { Root }));

    [TestCase("""{"anyOf":[{"type":"object","properties":{}}]}""")]
    [TestCase("""{"oneOf":[{"type":"object","properties":{}},{"type":"object","properties":{"a":{"type":"string"}}}]}""")]
    [TestCase("""{"$ref":"#/$defs/a","$defs":{"a":{"anyOf":[{"type":"object","properties":{}},{"type":"null"}]}}}""")]
    public void TryCompile_RootThatIsAUnion_IsRefusedAsSuch(string schema) =>
        Assert.That(FaultsOf(schema), Is.EqualTo(new[] { "$: the root is a union, and a strict model takes no anyOf there; put the union into a property of an object" }));

    [TestCase("""{"type":"object","additionalProperties":{"type":"string"}}""")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":{"type":"string"}}""")]
    [TestCase("""{"additionalProperties":{"type":"string"}}""")]
    public void TryCompile_OpenDictionary_IsRefused(string property) => Assert.That(FaultsOf(Optional(property)), Is.EqualTo(new[] { Open }));

    [TestCase("""{"type":"object"}""")]
    [TestCase("""{"type":"object","additionalProperties":true}""")]
    public void TryCompile_ObjectWithoutMembers_IsRefused(string property) => Assert.That(FaultsOf(Optional(property)), Is.EqualTo(new[] { Undescribed }));

    [TestCase("""{"type":"number","minimum":5,"maximum":1}""", "'minimum' 5 and 'maximum' 1 leave no value")]
    [TestCase("""{"type":"number","minimum":1,"exclusiveMaximum":1.0}""", "'minimum' 1 and 'exclusiveMaximum' 1.0 leave no value")]
    [TestCase("""{"type":"number","exclusiveMinimum":1,"maximum":1}""", "'exclusiveMinimum' 1 and 'maximum' 1 leave no value")]
    [TestCase("""{"type":"number","exclusiveMinimum":2,"exclusiveMaximum":1}""", "'exclusiveMinimum' 2 and 'exclusiveMaximum' 1 leave no value")]
    [TestCase("""{"type":"string","minLength":3,"maxLength":2}""", "'minLength' 3 and 'maxLength' 2 leave no value")]
    [TestCase("""{"type":"array","items":{"type":"null"},"minItems":3,"maxItems":2}""", "'minItems' 3 and 'maxItems' 2 leave no value")]
    [TestCase("""{"anyOf":[{"type":"string"}],"minLength":3,"maxLength":2}""", "'minLength' 3 and 'maxLength' 2 leave no value")]
    [TestCase("""{"const":"a","enum":["b"]}""", "'const' \"a\" does not fit the schema's other keywords")]
    [TestCase("""{"const":7,"maximum":5}""", "'const' 7 does not fit the schema's other keywords")]
    [TestCase("""{"enum":["abc","de"],"maxLength":1}""", "no value of 'enum' fits the schema's limits")]
    public void TryCompile_ContradictoryLimits_AreRefused(string property, string fault)
    {
        IReadOnlyList<string> faults = FaultsOf(Required(property));

        Assert.That(faults, Has.Count.EqualTo(1));
        Assert.That(faults[0], Does.StartWith($"$.properties.p: {fault}; "));
    }

    [TestCase("""{"type":"number","minimum":1,"maximum":1}""")]
    [TestCase("""{"type":"number","exclusiveMinimum":1,"maximum":1.1}""")]
    [TestCase("""{"type":"string","minLength":2,"maxLength":2}""")]
    [TestCase("""{"type":"array","items":{"type":"null"},"minItems":0,"maxItems":0}""")]
    [TestCase("""{"const":"a","enum":["a","b"]}""")]
    [TestCase("""{"enum":[1,9],"maximum":5}""")]
    public void TryCompile_NarrowLimits_AreLawful(string property) => Compile(Required(property));

    [TestCase("""{"$ref":"#"}""")]
    [TestCase("""{"anyOf":[{"$ref":"#"},{"$ref":"#"}]}""")]
    [TestCase("""{"type":"array","items":{"$ref":"#"},"minItems":1}""")]
    [TestCase("""{"type":"object","properties":{"q":{"$ref":"#"}},"required":["q"]}""")]
    public void TryCompile_ObjectThatRequiresItself_IsRefused(string property)
    {
        IReadOnlyList<string> faults = FaultsOf(Required(property));

        Assert.That(faults, Has.Count.EqualTo(1));
        Assert.That(faults[0], Does.Match(@"^\$(\.properties\.p)?: it requires itself without end, so no answer can fit; make a member on the way nullable or optional, or a list$"));
        Assert.That(StructuredSchema.TryCompile(JsonElement.Parse(Optional(property)), out _, out _), Is.True, "an optional member ends it");
    }

    [TestCase("{\"not\":{}}", "'not' is not supported")]
    [TestCase("""{"enum":[[]]}""", "an array as a fixed value cannot be sent to a strict model")]
    [TestCase("""{"type":5}""", "'type' is malformed")]
    public void TryCompile_OneFault_IsToldOnceAndNotWhatFollowsFromIt(string property, string fault)
    {
        IReadOnlyList<string> faults = FaultsOf(Required(property));

        Assert.That(faults, Has.Count.EqualTo(1));
        Assert.That(faults[0], Does.Contain(fault));
    }

    [Test]
    public void TryCompile_SameFaultTwice_IsToldOnce() => Assert.That(FaultsOf(Required("""{"type":["a","b"]}""")), Has.Count.EqualTo(1));

    [TestCase("true", "'true' accepts anything; give it a type")]
    [TestCase("false", "'false' accepts nothing; give it a type")]
    [TestCase("7", "a schema cannot be 7; write a JSON object such as {\"type\": \"string\"}")]
    [TestCase("{}", "it accepts anything; give it a 'type', 'enum', 'anyOf' or '$ref'")]
    [TestCase("""{"type":"array"}""", "a list of anything cannot be sent to a strict model; describe its elements in 'items'")]
    [TestCase("""{"enum":[{"a":1}]}""", "an object as a fixed value cannot be sent to a strict model; use a string, a number, a boolean or null")]
    [TestCase("""{"type":"string","enum":["a",null]}""", "the fixed value null is not of the schema's type; add its type to 'type' or remove the value")]
    [TestCase("""{"type":"object","properties":{},"required":["x"]}""", "'required' names 'x', which is not among the properties; describe it in 'properties' or remove the name")]
    [TestCase("""{"type":"string","anyOf":[{"type":"string"}]}""", "'anyOf' beside other keywords cannot be sent to a strict model; put them into each branch")]
    [TestCase("""{"oneOf":[{"type":"string"}],"enum":["a"]}""", "'oneOf' beside other keywords cannot be sent to a strict model; put them into each branch")]
    [TestCase("""{"$ref":"#","type":"object"}""", "'$ref' beside other keywords cannot be sent to a strict model; put them into the definition")]
    [TestCase("""{"$ref":"#/$defs/none"}""", "$ref '#/$defs/none' leads nowhere; use $ref to a definition, such as #/$defs/Part")]
    [TestCase("""{"$ref":"other.json"}""", "$ref 'other.json' leads out of the document; use $ref to a definition, such as #/$defs/Part")]
    [TestCase("""{"$ref":"#/properties/p"}""", "its $ref and anyOf lead back to itself, or through more than 16 schemas, before any property; let it lead to a schema with a type")]
    [TestCase("""{"type":"string","allOf":[{"type":"string"},{"minLength":1}]}""", "'allOf' is not supported; merge its parts into one schema")]
    [TestCase("""{"allOf":[{"type":"string"}],"anyOf":[{"minLength":1}]}""", "'allOf' is not supported; merge its parts into one schema")]
    [TestCase("""{"anyOf":[{"minLength":1}],"allOf":[{"type":"string"}]}""", "'allOf' is not supported; merge its parts into one schema")]
    [TestCase("""{"schema":{"type":"string"}}""", "'schema' is not supported; give the schema itself, without the name and settings around it")]
    [TestCase("""{"type":"string","not":{}}""", "'not' is not supported; say what is allowed, or check it in code after the call")]
    [TestCase("""{"type":"string","if":{}}""", "'if' is not supported; use anyOf with one object for each case")]
    [TestCase("""{"type":"string","nullable":true}""", "'nullable' is not supported; write \"type\": [\"string\", \"null\"]")]
    [TestCase("""{"type":"string","madeUp":true}""", "'madeUp' is not supported; remove it, or start its name with x- to have it dropped")]
    [TestCase("""{"type":5}""", "'type' is malformed; write one of string, number, integer, boolean, object, array, null, or a list of these")]
    [TestCase("""{"type":"object","properties":[]}""", "'properties' is malformed; write an object of schemas")]
    [TestCase("""{"type":"object","properties":{},"required":"a"}""", "'required' is malformed; write a list of property names")]
    [TestCase("""{"enum":[]}""", "'enum' is malformed; write a list of at least one value")]
    [TestCase("""{"anyOf":[]}""", "'anyOf' is malformed; write a list of at least one schema")]
    [TestCase("""{"type":"string","description":5}""", "'description' is malformed; write a string")]
    [TestCase("""{"type":"string","pattern":"("}""", "'pattern' is malformed; write a regular expression that .NET understands")]
    [TestCase("""{"type":"string","maxLength":-1}""", "'maxLength' is malformed; write a whole number of at least 0")]
    [TestCase("""{"type":"string","format":1}""", "'format' is malformed; write a string")]
    [TestCase("""{"type":"number","multipleOf":0}""", "'multipleOf' is malformed; write a number above 0")]
    [TestCase("""{"type":"number","exclusiveMinimum":true}""", "'exclusiveMinimum' is malformed; write a number")]
    [TestCase("""{"type":"array","items":{"type":"string"},"uniqueItems":1}""", "'uniqueItems' is malformed; write true or false")]
    public void TryCompile_UnlawfulProperty_IsRefusedWithPathAndWayOut(string property, string fault) =>
        Assert.That(FaultsOf(Optional(property)), Does.Contain($"$.properties.p: {fault}"));

    [Test]
    public void TryCompile_SeveralFaults_ReportsAll()
    {
        IReadOnlyList<string> faults = FaultsOf("""{"type":"object","properties":{"a":{"type":"object"},"b c":{"items":{"not":{}}},"d":{"enum":[[]]}},"required":["z"]}""");

        Assert.That(faults.Select(fault => fault.Split(':')[0]), Is.EqualTo(new[] { "$.properties['b c'].items", "$", "$.properties.a", "$.properties.d" }));
    }

    [Test]
    public void TryCompile_ManyFaults_ReportsTwenty()
    {
        string properties = string.Join(',', Enumerable.Range(0, 50).Select(i => $"\"p{i}\":{{}}"));

        Assert.That(FaultsOf($$$"""{"type":"object","properties":{ {{{properties}}} }}"""), Has.Count.EqualTo(20));
    }

    [Test]
    public void TryCompile_InnerIdBesideReferences_IsRefused()
    {
        const string schema = """{"type":"object","properties":{"a":{"$id":"http://x/y","type":"string"},"b":{"$ref":"#/properties/a"}}}""";

        Assert.That(FaultsOf(schema), Is.EqualTo(new[] { "$.properties.a: an inner $id changes what a $ref means; remove the $id" }));
        Compile("""{"type":"object","properties":{"a":{"$id":"http://x/y","type":"string"}}}""");
    }

    [Test]
    public void TryCompile_CycleThroughUnions_IsRefused() =>
        Assert.That(FaultsOf("""{"type":"object","properties":{"a":{"$ref":"#/$defs/a"}},"$defs":{"a":{"anyOf":[{"$ref":"#/$defs/b"}]},"b":{"oneOf":[{"type":"null"},{"$ref":"#/$defs/a"}]}}}""")[0],
            Does.Contain("lead back to itself"));

    [TestCase(15, true)]
    [TestCase(40, false)]
    [TestCase(5000, false)]
    public void TryCompile_ChainOfReferences_EndsSomewhere(int length, bool lawful)
    {
        IEnumerable<string> links = Enumerable.Range(0, length).Select(i => $$$""" "d{{{i}}}":{"$ref":"#/$defs/d{{{i + 1}}}"} """);
        string schema = $$$"""{"type":"object","properties":{"p":{"$ref":"#/$defs/d0"}},"$defs":{ {{{string.Join(',', links)}}},"d{{{length}}}":{"type":"string"} }}""";

        Assert.That(StructuredSchema.TryCompile(JsonElement.Parse(schema), out _, out _), Is.EqualTo(lawful));
    }

    [TestCase("""{"type":"object","properties":{},"type":"object"}""", "$: 'type' is given twice; remove one of the two")]
    [TestCase("""{"type":"object","properties":{"p":{"type":"string"},"\u0070":{"type":"null"}}}""", "$.properties: 'p' is given twice; remove one of the two")]
    [TestCase("""{"type":"object","properties":{"p":{"anyOf":[{"type":"null"},{"type":"string","type":"null"}]}}}""", "$.properties.p.anyOf.1: 'type' is given twice; remove one of the two")]
    public void TryCompile_MemberGivenTwice_IsToldWithItsPlace(string schema, string fault) => Assert.That(FaultsOf(schema), Is.EqualTo(new[] { fault }));

    [Test]
    public void TryCompile_NothingGiven_IsRefused()
    {
        Assert.That(StructuredSchema.TryCompile(default(JsonElement), out _, out IReadOnlyList<string> faults), Is.False);
        Assert.That(faults[0], Does.StartWith("$: the schema cannot be read: it is empty; "));
    }

    [TestCase("""{"type":"object","properties":{"\ud800":{"type":"string"} }}""")]
    public void TryCompile_UnsoundJson_IsRefused(string schema) => Assert.That(FaultsOf(schema)[0], Does.StartWith("$: the schema cannot be read: it "));

    [TestCase(10, 0)]
    [TestCase(11, 1)]
    [TestCase(25, 1)]
    public void TryCompile_DeepNesting_IsLimitedToTenLevels(int levels, int faults)
    {
        string schema = Enumerable.Range(0, levels - 1).Aggregate("""{"type":"object","properties":{}}""", (inner, _) => Required(inner));

        AssertFaults(schema, faults, "more than 10 levels of nesting");
    }

    [TestCase(10, 0)]
    [TestCase(11, 1)]
    public void TryCompile_DeepDefinition_IsCountedFromItself(int levels, int faults)
    {
        string inner = Enumerable.Range(0, levels - 1).Aggregate("""{"type":"array","items":{"type":"null"}}""", (item, _) => $$$"""{"type":"array","items":{{{item}}}}""");

        AssertFaults($$$"""{"type":"object","properties":{"p":{"$ref":"#/$defs/d"}},"$defs":{"d":{{{inner}}} }}""", faults, "more than 10 levels of nesting");
    }

    [Test]
    public void TryCompile_NestingBeyondAllReason_IsAFault()
    {
        string schema = Enumerable.Range(0, 400).Aggregate("""{"type":"string"}""", (inner, _) => Required(inner));

        Assert.That(FaultsOf(schema)[0], Does.Contain("at most 128 levels"));
    }

    [TestCase(5000, 0)]
    [TestCase(5001, 1)]
    public void TryCompile_Properties_AreCounted(int count, int faults)
    {
        string properties = string.Join(',', Enumerable.Range(0, count).Select(i => $$$""" "p{{{i}}}":{"type":"string"} """));

        AssertFaults($$$"""{"type":"object","properties":{ {{{properties}}} }}""", faults, "5001 properties where a strict model takes 5000");
    }

    [TestCase(1000, 0)]
    [TestCase(1001, 1)]
    public void TryCompile_EnumValues_AreCounted(int count, int faults) =>
        AssertFaults(Required($$"""{"enum":[{{string.Join(',', Enumerable.Range(0, count))}}]}"""), faults, "1001 enum values where a strict model takes 1000");

    [TestCase(250, 0)]
    [TestCase(251, 1)]
    public void TryCompile_LargeEnum_HasACharacterLimit(int count, int faults) =>
        AssertFaults(
            Required($$"""{"enum":[{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"{i:D60}\""))}}]}"""), faults, "an enum of more than 250 values may have 15000 characters, not 15060");

    [TestCase(59_999, 0)]
    [TestCase(60_000, 1)]
    public void TryCompile_Characters_AreCounted(int length, int faults)
    {
        string text = new('a', length);

        AssertFaults($$$"""{"type":"object","properties":{"p":{"const":"{{{text}}}"},"{{{text}}}":{"type":"string"}},"required":["p"]}""", faults, "120001 characters of names and fixed values");
    }

    private static void AssertFaults(string schema, int count, string text)
    {
        StructuredSchema.TryCompile(JsonElement.Parse(schema, new JsonDocumentOptions { MaxDepth = 1000 }), out _, out IReadOnlyList<string> faults);
        Assert.That(faults, Has.Count.EqualTo(count).And.All.Contains(text));
    }
}
