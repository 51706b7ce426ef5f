using System.Text;
using DiscordIntel.Structured.Schemas;
using NUnit.Framework;
using static DiscordIntel.Tests.Structured.Schemas.GivenSchemas;

namespace DiscordIntel.Tests.Structured.Schemas;

public class SchemaValidatorTests
{
    private const string Tree =
        """
        {"type":"object","properties":{"root":{"$ref":"#/$defs/node"}},"required":["root"],"$defs":{"node":{"anyOf":[
          {"type":"object","properties":{"left":{"$ref":"#/$defs/node"},"a":{"type":"string"}},"required":["left","a"]},
          {"type":"object","properties":{"left":{"$ref":"#/$defs/node"},"b":{"type":"string"}},"required":["left","b"]},
          {"type":"null"}]}}}
        """;

    private const string Shapes =
        """
        {"type":"array","items":{"anyOf":[
          {"type":"object","properties":{"kind":{"const":"circle"},"radius":{"type":"number"}},"required":["kind","radius"]},
          {"type":"object","properties":{"kind":{"enum":["box"]},"side":{"type":"number"}},"required":["kind","side"]}]}}
        """;

    [TestCase("")]
    [TestCase("{")]
    [TestCase("""{"p":1} and more""")]
    [TestCase("""{"p":1}{"p":2}""")]
    [TestCase("Sure! {}")]
    public void Validate_NotOneJsonValue_IsAnIssue(string answer) =>
        Assert.That(IssuesOf(Optional("""{"type":"integer"}"""), answer), Does.Match(@"^\$: it is not a single JSON value of at most 64 levels \(line 1, byte \d+\)$"));

    [TestCase("```json\n{\"p\":1}\n```", "$: it is wrapped in a ``` fence where bare JSON is expected")]
    [TestCase("null", "$: null is not of type object")]
    [TestCase("[]", "$: an array is not of type object")]
    [TestCase("""{"p":1,"p":2}""", "$.p: it is given twice")]
    [TestCase("""{"p":1,"p":null}""", "$.p: it is given twice")]
    [TestCase("""{"p":null,"p":1}""", "$.p: it is given twice")]
    [TestCase("""{"q\u000a":1}""", "$['q ']: it is not a known member")]
    [TestCase("""{"p":"\ud800"}""", "$: it holds text that is not valid Unicode")]
    [TestCase("""{"p":1.5}""", "$.p: 1.5 is not of type integer")]
    public void Validate_OddAnswer_IsAnIssue(string answer, string issue) => Assert.That(IssuesOf(Optional("""{"type":"integer"}"""), answer), Is.EqualTo(issue));

    [Test]
    public void Validate_BytesThatAreNoUtf8_AreAnIssue()
    {
        SchemaVerdict verdict = Compile(Optional("""{"type":"string"}""")).Validate(new byte[] { (byte)'"', 0xFF, (byte)'"' });

        Assert.That(verdict.Issues, Is.EqualTo(new[] { "$: it holds text that is not valid Unicode" }));
    }

    [TestCase("""{"type":"number","minimum":1,"maximum":2}""", "0.9", "0.9 is below the minimum 1")]
    [TestCase("""{"type":"number","minimum":1,"maximum":2}""", "2.1", "2.1 is above the maximum 2")]
    [TestCase("""{"type":"number","exclusiveMinimum":1,"exclusiveMaximum":2}""", "1.0", "1.0 is not above 1")]
    [TestCase("""{"type":"number","exclusiveMinimum":1,"exclusiveMaximum":2}""", "2", "2 is not below 2")]
    [TestCase("""{"type":"number","exclusiveMinimum":0}""", "1e-40", "")]
    [TestCase("""{"type":"number","maximum":1e300}""", "1e301", "1e301 is above the maximum 1E+300")]
    [TestCase("""{"type":"number","multipleOf":0.01}""", "0.07", "")]
    [TestCase("""{"type":"number","multipleOf":0.01}""", "0.075", "0.075 is not a multiple of 0.01")]
    [TestCase("""{"type":"number","multipleOf":0.01}""", "79228162514264337593543950335", "")]
    [TestCase("""{"type":"number","multipleOf":7}""", "1e29", "")]
    [TestCase("""{"type":"integer"}""", "1.0", "")]
    [TestCase("""{"type":"integer"}""", "1e400", "1e400 is not of type integer")]
    [TestCase("""{"type":"string","minLength":2,"maxLength":2}""", "\"\ud83d\ude00\"", "its 1 characters are fewer than 2")]
    [TestCase("""{"type":"string","minLength":2,"maxLength":2}""", "\"\\ud83d\\ude00e\"", "")]
    [TestCase("""{"type":"string","minLength":2,"maxLength":2}""", "\"äöü\"", "its 3 characters are more than 2")]
    [TestCase("""{"type":"string","pattern":"^\\d+$"}""", "\"12\"", "")]
    [TestCase("""{"type":"string","pattern":"^\\d+$"}""", "\"12\\n\"", "\"12 \" does not match the pattern ^\\d+$")]
    [TestCase("""{"type":"string","pattern":"^\\d+$"}""", "\"\u0661\"", "\"\u0661\" does not match the pattern ^\\d+$")]
    [TestCase("""{"type":"string","pattern":"^[\\w-[]+\\D\\W.$"}""", "\"a-[x!y\"", "")]
    [TestCase("""{"type":"string","pattern":"^a-[0-9-x]$"}""", "\"a-x\"", "")]
    [TestCase("""{"type":"string","pattern":"^a-[0-9-x]$"}""", "\"a-:\"", "\"a-:\" does not match the pattern ^a-[0-9-x]$")]
    [TestCase("""{"type":"string","pattern":"^[a$.]\\$$"}""", "\".$\"", "")]
    [TestCase("""{"type":"string","pattern":"^(?!b)"}""", "\"abc\"", "")]
    [TestCase("""{"type":"string","pattern":"^(?!b)"}""", "\"bc\"", "\"bc\" does not match the pattern ^(?!b)")]
    [TestCase("""{"type":"string","pattern":"^(a+)+\\1$"}""", "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\"", "it could not be matched in time with the pattern ^(a+)+\\1$")]
    [TestCase("""{"type":"array","items":{"type":"integer"},"minItems":2,"maxItems":2}""", "[1]", "its 1 elements are fewer than 2")]
    [TestCase("""{"type":"array","items":{"type":"integer"},"minItems":2,"maxItems":2}""", "[1,2,3]", "its 3 elements are more than 2")]
    [TestCase("""{"type":"array","items":{"type":"number"},"uniqueItems":true}""", "[1,2,1.0]", "its elements 0 and 2 are equal")]
    [TestCase("""{"enum":["a","b"]}""", "\"c\"", "\"c\" is not one of \"a\", \"b\"")]
    [TestCase("""{"enum":[1,2,3,4,5,6,7,8,9,10,11]}""", "0", "0 is not one of 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ...")]
    [TestCase("""{"const":1}""", "1.00", "")]
    [TestCase("""{"const":1}""", "1e99999999999999999999", "1e99999999999999999999 is not of type integer")]
    [TestCase("""{"enum":[1.5]}""", "1e99999999999999999999", "1e99999999999999999999 is not one of 1.5")]
    [TestCase("""{"enum":[0.5,1e-99999999999999999999]}""", "1e-99999999999999999999", "")]
    [TestCase("""{"type":"array","items":{"type":"number"},"uniqueItems":true}""", "[1e99999999999999999999,1,1e99999999999999999999]", "its elements 0 and 2 are equal")]
    [TestCase("""{"type":"number","multipleOf":1e-28}""", "79228162514264337593543950335.0", "")]
    [TestCase("""{"type":"number","minimum":5}""", "1e99999999999999999999", "")]
    [TestCase("""{"const":"a"}""", "\"b\"", "\"b\" is not \"a\"")]
    [TestCase("""{"type":["string","null"]}""", "{}", "an object is not of type string or null")]
    [TestCase("""{"oneOf":[{"type":"integer"},{"type":"number","minimum":0}]}""", "1", "it fits more than one alternative where exactly one may fit")]
    [TestCase("""{"oneOf":[{"type":"integer"},{"type":"number","minimum":0}]}""", "-1", "")]
    [TestCase("""{"oneOf":[{"type":"integer"},{"type":"number","minimum":0}]}""", "-1.5", "-1.5 is below the minimum 0")]
    [TestCase("""{"anyOf":[{"type":"integer","minimum":5},{"type":"number","minimum":0}]}""", "-1", "-1 fits none of the 2 alternatives")]
    [TestCase("""{"anyOf":[{"type":"object","properties":{"k":{"const":"a"},"v":{"type":"integer"}}},{"type":"object","properties":{"k":{"const":"b"},"v":{"type":"string"}}}]}""", """{"k":null,"v":1}""", "")]
    [TestCase(Shapes, """[{"kind":"circle","radius":1},{"side":2,"kind":"box"}]""", "")]
    public void Validate_Limit_HoldsOrIsNamed(string property, string value, string issue) =>
        Assert.That(IssuesOf(Required(property), $$"""{"p":{{value}}}"""), Is.EqualTo(issue.Length == 0 ? "" : $"$.p: {issue}"));

    [Test]
    public void Validate_UnionToldApartByAConstant_ReportsTheIssuesOfThatBranch() =>
        Assert.That(IssuesOf(Required(Shapes), """{"p":[{"kind":"circle","radius":"x"},{"kind":"box","radius":1},{"kind":"star"}]}"""), Is.EqualTo(
            """
            $.p[0].radius: "x" is not of type number
            $.p[1].radius: it is not a known member
            $.p[1].side: it is missing
            $.p[2]: an object fits none of the 2 alternatives
            """));

    [Test]
    public void Validate_LongContent_IsCut()
    {
        string long100 = new('x', 100);

        string issues = IssuesOf(Required("""{"type":"integer"}"""), $$"""{"p":"{{long100}}","{{long100}}":1}""");

        Assert.That(issues, Is.EqualTo($"$.p: \"{long100[..40]}...\" is not of type integer\n$.{long100[..40]}...: it is not a known member"));
    }

    [Test]
    public void Validate_CutBetweenSurrogates_KeepsWholeCharacters()
    {
        string text = new string('x', 39) + "😀😀";

        Assert.That(IssuesOf(Required("""{"type":"integer"}"""), $$"""{"p":"{{text}}"}"""), Does.Contain($"\"{new string('x', 39)}...\""));
    }

    [Test]
    public void Validate_ManyIssues_ReportsTwenty()
    {
        string items = string.Join(',', Enumerable.Repeat("\"x\"", 100));

        Assert.That(Compile(Required("""{"type":"array","items":{"type":"integer"}}""")).Validate($$"""{"p":[{{items}}]}""").Issues, Has.Count.EqualTo(20));
    }

    [Test]
    public void Validate_NoNullToDrop_ReturnsTheSameBuffer()
    {
        ReadOnlyMemory<byte> answer = """ { "p" : 1 } """u8.ToArray();

        SchemaVerdict verdict = Compile(Optional("""{"type":"integer"}""")).Validate(answer);

        Assert.That(verdict.Json.Equals(answer), Is.True);
    }

    [Test]
    public void Validate_NullsOfOptionalMembers_AreDroppedAndOthersKept()
    {
        const string schema =
            """
            {"type":"object","properties":{
              "a":{"type":"string"},"b":{"type":["string","null"]},"c":{"type":["string","null"]},
              "list":{"type":"array","items":{"anyOf":[
                {"type":"object","properties":{"x":{"type":"integer"},"y":{"type":"integer"}},"required":["x"]},
                {"type":"object","properties":{"x":{"type":["integer","null"]},"z":{"type":["integer","null"]}}}]}}},
             "required":["c","list"]}
            """;

        SchemaVerdict verdict = Compile(schema).Validate("""{"a":null,"b":null,"c":null,"list":[{"y":null,"x":1.50e1},{"z":null,"x":null}]}""");

        Assert.That(verdict.Issues, Is.Empty);
        Assert.That(Encoding.UTF8.GetString(verdict.Json.Span), Is.EqualTo("""{"b":null,"c":null,"list":[{"x":15},{"z":null,"x":null}]}"""));
    }

    [TestCase("1.0", "1")]
    [TestCase("1e0", "1")]
    [TestCase("-25.00E+2", "-2500")]
    [TestCase("0e-5", "0")]
    [TestCase("-0", "0")]
    [TestCase("-0.0", "0")]
    [TestCase("123456789012345678901234567890.0", "123456789012345678901234567890")]
    [TestCase("1e300", "1e300")]
    public void Validate_IntegerSpeltAsAFraction_IsHandedOnAsAnInteger(string given, string read)
    {
        SchemaVerdict verdict = Compile(Required("""{"type":["integer","null"]}""")).Validate($$"""{"p":{{given}}}""");

        Assert.That(Encoding.UTF8.GetString(verdict.Json.Span), Is.EqualTo($$"""{"p":{{read}}}"""));
    }

    [TestCase("""{"type":"number"}""")]
    [TestCase("""{"anyOf":[{"type":"string"},{"type":"number"}]}""")]
    public void Validate_NumberSpeltAsAFraction_IsLeftAlone(string property)
    {
        ReadOnlyMemory<byte> answer = """{"p":1.0}"""u8.ToArray();

        Assert.That(Compile(Required(property)).Validate(answer).Json.Equals(answer), Is.True);
    }

    [Test]
    public void Validate_IntegersInUnionsAndBesideNulls_AreRespeltInTheBranchThatFits()
    {
        const string schema =
            """
            {"type":"object","properties":{"n":{"type":"integer"},"list":{"type":"array","items":{"anyOf":[
              {"type":"object","properties":{"x":{"type":"integer"},"y":{"type":"string"}},"required":["x","y"]},
              {"type":"object","properties":{"x":{"type":"number"},"y":{"type":"integer"}},"required":["x","y"]}]}},"m":{"type":"integer"}},"required":["list","m"]}
            """;

        SchemaVerdict verdict = Compile(schema).Validate("""{"m":3.0,"list":[{"x":1.0,"y":"s"},{"x":1.0,"y":2.0}],"n":null}""");

        Assert.That(Encoding.UTF8.GetString(verdict.Json.Span), Is.EqualTo("""{"m":3,"list":[{"x":1,"y":"s"},{"x":1.0,"y":2}]}"""));
    }

    [Test]
    public void Validate_BranchThatFailsAfterANull_DropsNothing()
    {
        const string schema = """{"anyOf":[{"type":"object","properties":{"x":{"type":"integer"},"y":{"type":"integer"}}},{"type":"object","properties":{"x":{"type":"null"},"y":{"type":"string"}}}]}""";

        SchemaVerdict verdict = Compile(Required(schema)).Validate("""{"p":{"x":null,"y":"s"}}""");

        Assert.That(Encoding.UTF8.GetString(verdict.Json.Span), Is.EqualTo("""{"p":{"x":null,"y":"s"}}"""));
    }

    [Test]
    public void Validate_AnswerThatDrivesAUnionIntoTryingEverything_EndsWithAnIssue()
    {
        string answer = Enumerable.Range(0, 60).Aggregate("{}", (inner, _) => $$"""{"left":{{inner}},"a":"x","b":"x"}""");

        Assert.That(IssuesOf(Tree, $$"""{"root":{{answer}}}"""), Is.EqualTo("$: it is too intricate to be checked"));
    }

    [Test]
    public void Validate_DeepRecursion_IsFollowedTo64Levels()
    {
        StructuredSchema schema = Compile("""{"type":"object","properties":{"n":{"$ref":"#"}}}""");
        string deep = Enumerable.Range(0, 63).Aggregate("{}", (inner, _) => $$"""{"n":{{inner}}}""");
        Assert.That(schema.Validate(deep).IsValid, Is.True);
        Assert.That(schema.Validate($$"""{"n":{{deep}}}""").Issues[0], Does.Contain("at most 64 levels"));
    }

    [Test]
    public void Validate_HugeListOfUniqueItems_EndsWithAnIssue()
    {
        string answer = $$"""{"p":[{{string.Join(',', Enumerable.Range(0, 5000))}}]}""";

        Assert.That(IssuesOf(Required("""{"type":"array","items":{"type":"integer"},"uniqueItems":true}"""), answer), Is.EqualTo("$: it is too intricate to be checked"));
    }

    [Test]
    public void Validate_MembersInAnotherOrder_AreFound() =>
        Assert.That(IssuesOf("""{"type":"object","properties":{"a":{"const":1},"b":{"const":2},"c":{"const":3}},"required":["a","b","c"]}""", """{"c":3,"b":2,"a":0}"""), Is.EqualTo("$.a: 0 is not 1"));

    [Test]
    public void Validate_ValidAnswer_AllocatesLittle()
    {
        StructuredSchema schema = Compile("""{"type":"object","properties":{"claims":{"type":"array","items":{"type":"object","properties":{"text":{"type":"string","maxLength":99},"score":{"type":"number","maximum":1}},"required":["text","score"]}}},"required":["claims"]}""");
        ReadOnlyMemory<byte> answer = Encoding.UTF8.GetBytes($$"""{"claims":[{{string.Join(',', Enumerable.Repeat("""{"text":"words","score":0.5}""", 100))}}]}""");
        schema.Validate(answer);

        long before = GC.GetAllocatedBytesForCurrentThread();
        SchemaVerdict verdict = schema.Validate(answer);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(verdict.IsValid, Is.True);
        Assert.That(bytes, Is.LessThan(2_000));
    }

    private static string IssuesOf(string schema, string answer) => string.Join('\n', Compile(schema).Validate(answer).Issues);
}
