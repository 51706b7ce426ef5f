using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DiscordIntel.Structured.Schemas;
using NUnit.Framework;
using DescriptionAttribute = System.ComponentModel.DescriptionAttribute;
using RangeAttribute = System.ComponentModel.DataAnnotations.RangeAttribute;

namespace DiscordIntel.Tests.Structured.Schemas;

public partial class TypeSchemaTests
{
    [Test]
    public void TryCompile_Record_IsWrittenInFull()
    {
        StructuredSchema schema = Compile(TypesJson.Default.Report);

        Assert.That(schema.Name, Is.EqualTo("Report"));
        Assert.That(schema.Strict.GetRawText(), Is.EqualTo(
            """
            {"description":"A report","type":"object","properties":{
            "title":{"description":"The title. At most 20 characters.","type":"string"},
            "score":{"type":"number","minimum":0,"maximum":1},
            "points":{"type":"array","items":{"type":"object","properties":{"text":{"description":"At least 2 characters. At most 9 characters.","type":"string"},"side":{"type":["string","null"],"enum":["For","Against",null]}},"required":["text","side"],"additionalProperties":false},"minItems":1,"maxItems":3},
            "side":{"type":"string","enum":["For","Against"]},
            "level":{"description":"0 = Low, 5 = High","type":"integer","enum":[0,5]},
            "noted":{"type":["string","null"]},
            "count":{"type":["integer","null"]},
            "at":{"type":"string","format":"date-time"},
            "day":{"type":"string","format":"date"},
            "id":{"type":"string","format":"uuid"},
            "link":{"description":"Format: uri.","type":"string"},
            "code":{"type":"string","pattern":"^[A-Z]+$"},
            "language":{"type":["string","null"]},
            "reviewer":{"type":"string"},
            "remark":{"type":"string"}
            },"required":["title","score","points","side","level","noted","count","at","day","id","link","code","language","reviewer","remark"],"additionalProperties":false}
            """.ReplaceLineEndings("")));
    }

    [Test]
    public void Validate_AnswerForRecord_RoundTripsAndKeepsLimits()
    {
        StructuredSchema schema = Compile(TypesJson.Default.Report);
        const string answer =
            """
            {"title":"T","score":0.5,"points":[{"text":"ab","side":null}],"side":"For","level":5,"noted":null,"count":null,"at":"2026-11-23T10:00:00Z",
             "day":"2026-11-23","id":"6f9619ff-8b86-d011-b42d-00cf4fc964ff","link":"https://example.org","code":"AB","language":null,"reviewer":"R","remark":"none"}
            """;

        SchemaVerdict verdict = schema.Validate(answer);
        Report report = JsonSerializer.Deserialize(verdict.Json.Span, TypesJson.Default.Report)!;

        Assert.That(verdict.Issues, Is.Empty);
        Assert.That((report.Language, report.Remark, report.Noted, report.Level), Is.EqualTo(("en", "none", (string?)null, Level.High)));
        Assert.That(
            schema.Validate(answer.Replace("0.5", "1.5", StringComparison.Ordinal).Replace("\"ab\"", "\"a\"", StringComparison.Ordinal).Replace("\"R\"", "null", StringComparison.Ordinal)).Issues,
            Is.EqualTo(new[] { "$.score: 1.5 is above the maximum 1", "$.points[0].text: its 1 characters are fewer than 2", "$.reviewer: null is not of type string" }));
    }

    [Test]
    public void TryCompile_RecursiveType_RefersToItself()
    {
        StructuredSchema schema = Compile(TypesJson.Default.Comment);

        Assert.That(schema.Validate("""{"text":"a","replies":[{"text":"b","replies":[],"parent":null}],"parent":{"text":"c","replies":[],"parent":null}}""").Issues, Is.Empty);
        Assert.That(schema.Validate("""{"text":"a","replies":[],"parent":{"text":"c","replies":[{"text":1}],"parent":null}}""").Issues, Is.EqualTo(new[]
        {
            "$.parent.replies[0].text: 1 is not of type string",
            "$.parent.replies[0].replies: it is missing",
            "$.parent.replies[0].parent: it is missing",
        }));
    }

    [Test]
    public void TryCompile_PolymorphicMember_BecomesAnyOf()
    {
        StructuredSchema schema = Compile(TypesJson.Default.Drawing);

        JsonElement shape = schema.Strict.GetProperty("properties").GetProperty("shape");
        Assert.That(shape.GetRawText(), Is.EqualTo(string.Concat(
            """{"anyOf":[{"type":"object","properties":{"kind":{"type":"string","const":"circle"},"radius":{"type":"number"}},"required":["kind","radius"],"additionalProperties":false},""",
            """{"type":"object","properties":{"kind":{"type":"string","const":"box"},"side":{"type":"number"}},"required":["kind","side"],"additionalProperties":false}]}""")));
        SchemaVerdict verdict = schema.Validate("""{"shape":{"kind":"box","side":2},"other":null}""");
        Assert.That(JsonSerializer.Deserialize(verdict.Json.Span, TypesJson.Default.Drawing), Is.EqualTo(new Drawing(new Box(2), null)));
        Assert.That(schema.Validate("""{"shape":{"side":2},"other":{"kind":"disc"}}""").Issues, Is.EqualTo(new[]
        {
            "$.shape: an object fits none of the 2 alternatives",
            "$.other: an object fits none of the 3 alternatives",
        }));
    }

    [Test]
    public void TryCompile_ComputedMembers_AreNotAskedFor()
    {
        StructuredSchema schema = Compile(TypesJson.Default.Computed);

        Assert.That(schema.Strict.GetProperty("required").GetRawText(), Is.EqualTo("""["link","filled"]"""));
        Assert.That(schema.Validate("""{"link":{"text":"a","next":{"text":null,"next":null}},"filled":[1]}""").Issues, Is.Empty);
        Assert.That(schema.Validate("""{"link":null,"filled":null,"first":null}""").Issues, Is.EqualTo(new[] { "$.first: it is not a known member" }));
    }

    [Test]
    public void TryCompile_ReflectionBasedOptions_GiveTheSameSchema()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.Strict,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };

        Assert.That(Compile(options.GetTypeInfo(typeof(Report))).Strict.GetRawText(), Is.EqualTo(Compile(TypesJson.Default.Report).Strict.GetRawText()));
    }

    [Test]
    public void TryCompile_GenericType_IsNamedWithItsArguments() => Assert.That(Compile(TypesJson.Default.PageComment).Name, Is.EqualTo("Page_Comment"));

    [Test]
    public void TryCompile_MembersThatAreOpen_AreRefusedByPath()
    {
        StructuredSchema.TryCompile(TypesJson.Default.Opened, out StructuredSchema? schema, out IReadOnlyList<string> faults);

        Assert.That(schema, Is.Null);
        Assert.That(faults, Is.EqualTo(new[]
        {
            "$.properties.banned: 'not' is not supported; say what is allowed, or check it in code after the call",
            "$.properties.map: an open dictionary cannot be sent to a strict model; use a list of objects with a key and a value",
            "$.properties.anything: nothing says what JSON the type Object takes: it may be anything, or a converter of its own reads it; use a class, record, list, enum, string, number or boolean",
            "$.properties.element: nothing says what JSON the type JsonElement takes: it may be anything, or a converter of its own reads it; use a class, record, list, enum, string, number or boolean",
        }).AsCollection);
    }

    [Test]
    public void TryCompile_TypesThatAreNoObject_AreRefused()
    {
        string root = "$: the root must be an object; wrap it in an object with one property";

        Assert.That(FaultsOf(TypesJson.Default.Int32Array), Is.EqualTo(new[] { root }));
        Assert.That(FaultsOf(TypesJson.Default.String), Is.EqualTo(new[] { root }));
        Assert.That(FaultsOf(TypesJson.Default.Shape)[0], Does.StartWith("$: the root is a union, "));
        Assert.That(FaultsOf(TypesJson.Default.JsonElement)[0], Does.StartWith("$: nothing says what JSON the type JsonElement takes: "));
        Assert.That(FaultsOf(TypesJson.Default.DictionaryStringInt32)[0], Does.Contain("open dictionary"));
    }

    [Test]
    public void TryCompile_MemberWithoutMetadata_IsAFault()
    {
        var options = new JsonSerializerOptions { TypeInfoResolver = new PartialResolver() };

        Assert.That(FaultsOf(options.GetTypeInfo(typeof(Drawing)))[0], Does.StartWith("$: the type Drawing cannot be described: ").And.EndsWith("; add the missing type to the JsonSerializerContext"));
    }

    private static StructuredSchema Compile(JsonTypeInfo type)
    {
        StructuredSchema.TryCompile(type, out StructuredSchema? schema, out IReadOnlyList<string> faults);
        Assert.That(faults, Is.Empty);
        Assert.That(StrictFormChecker.Check(schema!.Strict), Is.Empty);
        return schema;
    }

    private static IReadOnlyList<string> FaultsOf(JsonTypeInfo type)
    {
        Assert.That(StructuredSchema.TryCompile(type, out _, out IReadOnlyList<string> faults), Is.False);
        return faults;
    }

    [JsonConverter(typeof(JsonStringEnumConverter<Side>))]
    internal enum Side
    {
        For,
        Against,
    }

    internal enum Level
    {
        Low = 0,
        High = 5,
    }

    [Description("A report")]
    internal sealed record Report(
        [property: Description("The title"), StringLength(20)] string Title,
        [property: Range(0, 1)] double Score,
        [property: MinLength(1), MaxLength(3)] IReadOnlyList<Point> Points,
        Side Side,
        Level Level,
        string? Noted,
        int? Count,
        DateTimeOffset At,
        DateOnly Day,
        Guid Id,
        Uri Link,
        [property: RegularExpression("^[A-Z]+$")] string Code,
        string Language = "en")
    {
        public required string Reviewer { get; init; }

        public string Remark { get; set; } = "none";
    }

    internal sealed record Point([property: StringLength(9, MinimumLength = 2)] string Text, Side? Side);

    internal sealed record Comment(string Text, List<Comment> Replies, Comment? Parent);

    internal sealed record Page<T>(List<T> Items);

    [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
    [JsonDerivedType(typeof(Circle), "circle")]
    [JsonDerivedType(typeof(Box), "box")]
    internal abstract record Shape;

    internal sealed record Circle(double Radius) : Shape;

    internal sealed record Box(double Side) : Shape;

    internal sealed record Drawing(Shape Shape, Shape? Other);

    internal sealed record Link(string? Text, Link? Next);

    internal sealed record Computed
    {
        public Link First => Link;

        public Link Link { get; set; } = new(null, null);

        [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
        public List<int> Filled { get; } = [];

        public Dictionary<string, object> Open => [];

        public object Anything => this;
    }

    internal sealed record Opened(Dictionary<string, int> Map, object Anything, JsonElement Element, [property: DeniedValues("x")] string Banned);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Report))]
    [JsonSerializable(typeof(Comment))]
    [JsonSerializable(typeof(Page<Comment>))]
    [JsonSerializable(typeof(Drawing))]
    [JsonSerializable(typeof(Computed))]
    [JsonSerializable(typeof(Opened))]
    [JsonSerializable(typeof(int[]))]
    [JsonSerializable(typeof(string))]
    internal sealed partial class TypesJson : JsonSerializerContext;

    private sealed class PartialResolver : IJsonTypeInfoResolver
    {
        public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) =>
            type == typeof(Shape) ? null : ((IJsonTypeInfoResolver)TypesJson.Default).GetTypeInfo(type, options);
    }
}
