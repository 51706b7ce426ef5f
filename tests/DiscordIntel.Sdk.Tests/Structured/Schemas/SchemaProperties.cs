using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DiscordIntel.Structured.Schemas;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace DiscordIntel.Tests.Structured.Schemas;

public class SchemaProperties
{
    private static readonly string[] Keywords =
    [
        "type", "properties", "required", "additionalProperties", "items", "enum", "const", "anyOf", "oneOf", "allOf", "$ref", "$defs", "definitions", "description",
        "pattern", "format", "multipleOf", "minimum", "maxLength", "minItems", "uniqueItems", "not", "$id", "name", "title", "a",
    ];

    private static readonly string[] Words =
        ["object", "string", "array", "null", "integer", "#", "#/properties/a", "#/$defs/a", "#/$defs/type", "#/items", "(", "^a", "a", "\ud800", "", "#/%zz/~"];

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property Strict_OfAnyLawfulSchema_ObeysEveryRuleAndIsStable() => Prop.ForAll(Shapes.Root.ToArbitrary(), shape =>
    {
        StructuredSchema schema = Compile(shape);
        Assert.That(StrictFormChecker.Check(schema.Strict), Is.Empty);

        Assert.That(StructuredSchema.TryCompile(schema.Strict, out StructuredSchema? again, out _), Is.True);
        Assert.That(again!.Strict.GetRawText(), Is.EqualTo(schema.Strict.GetRawText()));
    });

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public Property Validate_FittingAnswer_IsAcceptedWithoutTheNullsOfAbsentMembers() => Prop.ForAll(Answers(shape => shape.Fitting), given =>
    {
        SchemaVerdict verdict = Compile(given.Shape).Validate(given.Answer!.ToJsonString());

        Assert.That(verdict.Issues, Is.Empty);
        JsonNode? expected = WithoutNulls(given.Shape, given.Answer);
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(verdict.Json.Span), expected), Is.True, Encoding.UTF8.GetString(verdict.Json.Span));
    });

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public Property Validate_UnfittingAnswer_IsRejectedWithPaths() => Prop.ForAll(Answers(shape => shape.Unfitting), given =>
    {
        SchemaVerdict verdict = Compile(given.Shape).Validate(given.Answer!.ToJsonString());

        Assert.That(verdict.IsValid, Is.False, given.Answer.ToJsonString());
        Assert.That(verdict.Issues, Has.Count.InRange(1, 20).And.All.Match(@"^\$.*: .+"));
        Assert.That(verdict.Json.IsEmpty, Is.True);
    });

    [FsCheck.NUnit.Property(MaxTest = 3000)]
    public Property TryCompile_AnyJson_IsRefusedWithFaultsOrObeysEveryRule() => Prop.ForAll(AnyJson(4).ToArbitrary(), json =>
    {
        bool compiled = StructuredSchema.TryCompile(JsonElement.Parse(json), out StructuredSchema? schema, out IReadOnlyList<string> faults);

        Assert.That(faults, compiled ? Is.Empty : Has.Count.InRange(1, 20).And.All.Match(@"^\$.*: .+; .+"));
        Assert.That(compiled ? StrictFormChecker.Check(schema!.Strict) : [], Is.Empty);
    });

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public Property Validate_AnyJson_NeverThrows() => Prop.ForAll(
        (from shape in Shapes.Root from json in AnyJson(4) select (shape, json)).ToArbitrary(),
        given =>
        {
            SchemaVerdict verdict = Compile(given.shape).Validate(given.json);
            Assert.That(verdict.Issues, Has.Count.LessThanOrEqualTo(20));
        });

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public Property Validate_AnyBytes_NeverThrows() => Prop.ForAll<byte[], string?>((bytes, text) =>
    {
        Assert.That(StructuredSchema.TryCompile(JsonElement.Parse("""{"type":"object","properties":{"a":{"const":1}},"required":["a"]}"""), out StructuredSchema? schema, out _), Is.True);

        Assert.That(schema!.Validate(bytes).IsValid, Is.False);
        Assert.That(schema.Validate(text ?? "").IsValid, Is.False);
    });

    private static StructuredSchema Compile(ObjectShape shape)
    {
        JsonObject root = shape.Schema;
        root["$defs"] = new JsonObject { ["word"] = new JsonObject { ["type"] = "string", ["minLength"] = 1 } };
        StructuredSchema.TryCompile(JsonElement.Parse(root.ToJsonString()), out StructuredSchema? schema, out IReadOnlyList<string> faults);
        Assert.That(faults, Is.Empty);
        return schema!;
    }

    private static Arbitrary<(ObjectShape Shape, JsonNode? Answer)> Answers(Func<ObjectShape, Gen<JsonNode?>> choose) =>
        (from shape in Shapes.Root from answer in choose(shape) select (shape, answer)).ToArbitrary();

    private static JsonNode? WithoutNulls(Shape shape, JsonNode? value) => (shape, value) switch
    {
        (ObjectShape type, JsonObject members) => new JsonObject(type.Members
            .Where(m => members.ContainsKey(m.Name) && (members[m.Name] is not null || m.Required || m.Shape.TakesNull))
            .Select(m => KeyValuePair.Create(m.Name, WithoutNulls(m.Shape, members[m.Name])))),
        (ListShape type, JsonArray items) => new JsonArray([.. items.Select(item => WithoutNulls(type.Item, item))]),
        (UnionShape type, JsonObject wrapped) => new JsonObject
        {
            ["kind"] = wrapped["kind"]!.DeepClone(),
            ["value"] = WithoutNulls(wrapped["kind"]!.GetValue<string>() is "l" ? type.Left : type.Right, wrapped["value"]),
        },
        _ => value?.DeepClone(),
    };

    // Text, so that repeated members and half surrogates occur too.
    private static Gen<string> AnyJson(int depth)
    {
        Gen<string> leaf = Gen.OneOf(
            Gen.Elements(Words).Select(Quote),
            Gen.Elements("0", "-1", "2.5", "1e400", "1e-400", "9007199254740993", "true", "false", "null", "[]", "{}"));
        if (depth == 0)
        {
            return leaf;
        }

        Gen<string> inner = AnyJson(depth - 1);
        Gen<string> member = from name in Gen.Elements(Keywords) from value in inner select $"{Quote(name)}:{value}";
        Gen<string> schema = from rest in member.ArrayOf(1) from value in inner select $$"""{"type":"object","properties":{"a":{{value}}},{{rest[0]}}}""";
        Gen<string> members = Gen.Choose(1, 3).SelectMany(n => member.ArrayOf(n)).Select(list => $"{{{string.Join(',', list)}}}");
        Gen<string> items = Gen.Choose(1, 3).SelectMany(n => inner.ArrayOf(n)).Select(list => $"[{string.Join(',', list)}]");
        return Gen.OneOf(leaf, members, members, schema, items);
    }

    private static string Quote(string text) => $"\"{text.Replace("\ud800", "\\ud800", StringComparison.Ordinal)}\"";
}
