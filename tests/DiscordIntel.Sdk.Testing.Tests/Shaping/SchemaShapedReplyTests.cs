using System.Text.Json;
using DiscordIntel.Testing.Tests.Support;
using NUnit.Framework;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

#pragma warning disable NUnit1027 // The arguments come from FsCheck.

namespace DiscordIntel.Testing.Tests.Shaping;

[TestFixture]
internal sealed class SchemaShapedReplyTests
{
    private const string Debate =
        """
        Ann: We should close the old bridge before winter comes. It has been failing inspections since 2019.
        Bob: That is nonsense, the last report was clean. Closing it would ruin three villages and every shop in them.
        Ann: Nobody wants to ruin anything. A ferry could carry everyone for a fraction of the cost!
        Bob: Ferries do not run when the river freezes. Who pays for the ferry, by the way?
        """;

    [Property(MaxTest = 300, Arbitrary = [typeof(StrictSchemas)])]
    public async Task Write_AnyStrictSchema_IsValidAndVerbatim(StrictSchema schema)
    {
        JsonElement root = EmulatorClient.Parse(schema.Json);
        var probe = new SchemaProbe(root);

        IReadOnlyList<string> faults = probe.Check(await ReplyAsync(schema.Json, Debate));

        Assert.That(faults, Is.Empty);
        Assert.That(probe.FreeTexts, Is.All.Matches<string>(text => Debate.Contains(text, StringComparison.Ordinal)));
    }

    [Property(MaxTest = 300, Arbitrary = [typeof(StrictSchemas)])]
    public async Task Write_AnyStrictSchemaAndAnyContent_IsValid(StrictSchema schema, string? content)
    {
        string text = new([.. (content ?? "").Where(letter => !char.IsSurrogate(letter))]);
        Assert.That(new SchemaProbe(EmulatorClient.Parse(schema.Json)).Check(await ReplyAsync(schema.Json, text)), Is.Empty);
    }

    [Test]
    public async Task Write_SchemasThatOpenAIAccepted_IsValid()
    {
        string file = Path.Combine(Shared.Folder("openapi"), "strict-schemas", "accepted-by-openai.json");
        JsonElement[] entries = [.. EmulatorClient.Parse(await File.ReadAllTextAsync(file)).EnumerateArray()];
        Assert.That(entries, Has.Length.GreaterThanOrEqualTo(21));
        foreach (JsonElement entry in entries)
        {
            JsonElement schema = entry.GetProperty("schema");
            Assert.That(new SchemaProbe(schema).Check(await ReplyAsync(schema.GetRawText(), Debate)), Is.Empty, schema.ToString());
        }
    }

    [Test]
    public async Task Write_SameContentBetweenOtherMarkers_IsTheSame()
    {
        string schema = Schema(""" "score":{"type":"number","minimum":0,"maximum":10},"sure":{"type":"boolean"} """);
        string[] replies =
        [
            .. await Task.WhenAll(new[] { "0a1b2c3d4e5f6071", "ffeeddcc99887766" }
                .Select(async token => (await ReplyAsync(schema, $"Marker: <<<{token}>>>\n<<<{token}>>>\n{Debate}\n<<<{token}>>>")).GetRawText())),
        ];
        Assert.That(replies[0], Is.EqualTo(replies[1]));
    }

    [Test]
    public async Task Write_Points_UseDifferentSentencesWithTheirQuotes()
    {
        JsonElement reply = await ReplyAsync(
            Schema(""" "summary":{"type":"string"},"points":{"type":"array","minItems":3,"maxItems":3,"items":{"type":"object","properties":{"point":{"type":"string"},"quote":{"type":"string"}},"required":["point","quote"],"additionalProperties":false}} """), Debate);

        JsonElement[] points = [.. reply.GetProperty("points").EnumerateArray()];
        Assert.Multiple(() =>
        {
            Assert.That(reply.GetProperty("summary").GetString(), Is.EqualTo("We should close the old bridge before winter comes."));
            Assert.That(
                points.Select(point => point.GetProperty("point").GetString()),
                Is.EqualTo(new[] { "It has been failing inspections since 2019.", "That is nonsense, the last report was clean.", "Closing it would ruin three villages and every shop in them." }));
            Assert.That(points, Is.All.Matches<JsonElement>(point => JsonElement.DeepEquals(point.GetProperty("point"), point.GetProperty("quote"))));
        });
    }

    [Test]
    public async Task Write_Numbers_SpreadWithinTheirBounds()
    {
        JsonElement reply = await ReplyAsync(
            Schema(""" "scores":{"type":"array","minItems":40,"maxItems":40,"items":{"type":"integer","minimum":0,"maximum":10}} """), Debate);
        Assert.That(reply.GetProperty("scores").EnumerateArray().Select(score => score.GetInt32()).Distinct().Count(), Is.GreaterThanOrEqualTo(8));
    }

    [Test]
    public async Task Write_ListOfChoices_HasDifferentOnes()
    {
        JsonElement reply = await ReplyAsync(
            Schema(""" "tags":{"type":"array","minItems":3,"maxItems":3,"items":{"type":"string","enum":["a","b","c"]}} """), Debate);
        Assert.That(reply.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()), Is.EquivalentTo(new[] { "a", "b", "c" }));
    }

    [TestCase("""{"type":"integer","exclusiveMinimum":3,"exclusiveMaximum":5}""", "4")]
    [TestCase("""{"type":"number","minimum":0.5,"maximum":0.5}""", "0.5")]
    [TestCase("""{"type":"integer","multipleOf":2.5,"minimum":1,"maximum":9}""", "5")]
    [TestCase("""{"type":"number","minimum":-1e30,"maximum":7,"exclusiveMinimum":6,"multipleOf":7}""", "7")]
    [TestCase("""{"type":"integer","minimum":1000000000000000,"maximum":1000000000000000}""", "1000000000000000")]
    [TestCase("""{"type":"string","const":"only"}""", "\"only\"")]
    [TestCase("""{"type":["null"]}""", "null")]
    [TestCase("""{"type":"array","items":{"type":"string"},"maxItems":0}""", "[]")]
    public async Task Write_OneValueOnly_IsThat(string property, string expected) =>
        Assert.That((await ReplyAsync(Schema($"\"x\":{property}"), Debate)).GetProperty("x").GetRawText(), Is.EqualTo(expected));

    [TestCase("At most 30 characters.", 30)]
    [TestCase("One line. Up to 45 characters, please.", 45)]
    [TestCase("Maximum length: 25 characters", 25)]
    [TestCase("maxLength=12", 12)]
    [TestCase("Maximum length 33.", 33)]
    [TestCase("Between 10 and 40 characters.", 40)]
    [TestCase("A summary of no more than 1,500 characters.", 200)]
    [TestCase("From 5 to 20 characters", 20)]
    [TestCase("No limit is given here.", 200)]
    public async Task Write_DescribedLength_IsKept(string description, int longest)
    {
        string content = string.Join(' ', Enumerable.Repeat("a rather long tale without any end in sight", 20));
        JsonElement reply = await ReplyAsync(Schema($$""" "x":{"type":"string","description":{{EmulatorClient.Quote(description)}}} """), content);
        string text = reply.GetProperty("x").GetString()!;
        Assert.That(text.Length, Is.InRange(longest / 2, longest));
        Assert.That(content, Does.StartWith(text));
    }

    [TestCase("At least 120 characters.")]
    [TestCase("minLength=120")]
    [TestCase("120 to 180 characters")]
    public async Task Write_DescribedLeastLength_IsKept(string description)
    {
        JsonElement reply = await ReplyAsync(Schema($$""" "x":{"type":"string","description":"{{description}}"} """), "A short content is all there is.");
        Assert.That(reply.GetProperty("x").GetString()!.Length, Is.InRange(120, 200));
    }

    [TestCase("^[A-Z]{3}-\\\\d{2,4}$")]
    [TestCase("^(?:red|green)+ \\\\w*\\\\.$")]
    [TestCase("^[^\\\\s@]+@[^\\\\s@]+\\\\.[a-z]{2,}$")]
    [TestCase("^#[0-9a-fA-F]{6}$")]
    [TestCase("ferry")]
    [TestCase("^\\\\+?[1-9][0-9]{0,2}[]-]$")]
    public async Task Write_SimplePattern_IsMet(string pattern)
    {
        string schema = Schema($$""" "x":{"type":"string","pattern":"{{pattern}}"} """);
        Assert.That(new SchemaProbe(EmulatorClient.Parse(schema)).Check(await ReplyAsync(schema, Debate)), Is.Empty);
    }

    [TestCase("(?<=a)b\\\\1")]
    [TestCase("^(a")]
    [TestCase("^[a")]
    [TestCase("a{2,1,3}")]
    [TestCase("\\\\")]
    [TestCase("^\\\\p{Lu}{400}$")]
    public async Task Write_PatternItCannotMeet_GivesASentence(string pattern)
    {
        JsonElement reply = await ReplyAsync(Schema($$""" "x":{"type":"string","pattern":"{{pattern}}"} """), Debate);
        Assert.That(reply.GetProperty("x").GetString(), Is.EqualTo("We should close the old bridge before winter comes."));
    }

    [Test]
    public async Task Write_Recursion_EndsShallow()
    {
        string schema =
            """{"type":"object","properties":{"value":{"type":"string"},"parent":{"anyOf":[{"$ref":"#"},{"type":"null"}]},"children":{"type":"array","items":{"$ref":"#"}}},"required":["value","parent","children"],"additionalProperties":false}""";

        JsonElement reply = await ReplyAsync(schema, Debate);

        Assert.That(new SchemaProbe(EmulatorClient.Parse(schema)).Check(reply), Is.Empty);
        Assert.That(reply.GetProperty("parent").GetProperty("parent").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(reply.GetProperty("children")[0].GetProperty("children").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task Write_MutualRecursionWithAHiddenWayOut_Ends()
    {
        string schema =
            """{"type":"object","properties":{"e":{"$ref":"#/$defs/expr"}},"required":["e"],"additionalProperties":false,"$defs":{"expr":{"anyOf":[{"$ref":"#/$defs/sum"},{"$ref":"#/$defs/num"}]},"sum":{"type":"object","properties":{"left":{"$ref":"#/$defs/expr"},"right":{"$ref":"#/$defs/expr"}},"required":["left","right"],"additionalProperties":false},"num":{"type":"object","properties":{"n":{"type":"number"}},"required":["n"],"additionalProperties":false}}}""";
        Assert.That(new SchemaProbe(EmulatorClient.Parse(schema)).Check(await ReplyAsync(schema, Debate)), Is.Empty);
    }

    [TestCase("""{"type":"object","properties":{"x":{"$ref":"#"}},"required":["x"],"additionalProperties":false}""")]
    [TestCase("""{"type":"object","properties":{"x":{"$ref":"#/properties/x"}},"required":["x"],"additionalProperties":false}""")]
    public async Task Write_RecursionWithoutAWayOut_StillAnswers(string schema) =>
        Assert.That((await ReplyAsync(schema, Debate)).ValueKind, Is.EqualTo(JsonValueKind.Object));

    [Test]
    public async Task Write_SchemaThatIsNotStrict_KeepsItsLengths()
    {
        using var client = new EmulatorClient();
        string schema = """{"properties":{"a":{"type":"string","maxLength":20},"b":{"oneOf":[{"type":"integer"}]},"c":{"items":{"type":"string"}},"d":{},"e":{"type":"string","format":"uri"}}}""";

        JsonElement reply = EmulatorClient.Parse(await client.AskAsync(EmulatorClient.ChatWithSchema(schema, Debate, strict: false)));

        Assert.Multiple(() =>
        {
            Assert.That(reply.GetProperty("a").GetString(), Has.Length.InRange(1, 20));
            Assert.That(reply.GetProperty("b").ValueKind, Is.EqualTo(JsonValueKind.Number));
            Assert.That(reply.GetProperty("c").GetArrayLength(), Is.InRange(2, 4));
            Assert.That(reply.GetProperty("d").ValueKind, Is.EqualTo(JsonValueKind.String));
            Assert.That(Uri.IsWellFormedUriString(reply.GetProperty("e").GetString(), UriKind.Absolute), Is.True);
        });
    }

    private static string Schema(string properties)
    {
        string names = string.Join(',', EmulatorClient.Parse($"{{{properties}}}").EnumerateObject().Select(property => $"\"{property.Name}\""));
        return $$"""{"type":"object","properties":{ {{properties}} },"required":[{{names}}],"additionalProperties":false}""";
    }

    private static async Task<JsonElement> ReplyAsync(string schema, string content)
    {
        using var client = new EmulatorClient();
        return EmulatorClient.Parse(await client.AskAsync(EmulatorClient.ChatWithSchema(schema, content)));
    }
}
