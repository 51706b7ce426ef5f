using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace DiscordIntel.Tests.Structured.Schemas;

/// <summary>A random lawful schema that knows values which fit it and values which do not.</summary>
internal abstract record Shape
{
    public abstract JsonObject Schema { get; }

    public virtual bool TakesNull => false;

    public abstract Gen<JsonNode?> Fitting { get; }

    public abstract Gen<JsonNode?> Unfitting { get; }

    public override string ToString() => Schema.ToJsonString();

    protected static Gen<JsonNode?> OneOf(params JsonNode?[] values) => Gen.Elements(values).Select(value => value?.DeepClone());
}

internal sealed record TextShape(int Least, int Most) : Shape
{
    public override JsonObject Schema => new() { ["type"] = "string", ["minLength"] = Least, ["maxLength"] = Most, ["pattern"] = "^x*$" };

    public override Gen<JsonNode?> Fitting => Gen.Choose(Least, Most).Select(n => (JsonNode?)new string('x', n));

    public override Gen<JsonNode?> Unfitting => OneOf(new string('x', Most + 1), new string('y', Most), 5, new JsonObject());
}

internal sealed record NumberShape(int Least, int Most, bool Whole) : Shape
{
    public override JsonObject Schema => new() { ["type"] = Whole ? "integer" : "number", ["minimum"] = Least, ["exclusiveMaximum"] = Most + 1, ["multipleOf"] = Whole ? 1 : 0.5 };

    public override Gen<JsonNode?> Fitting => Gen.Choose(Least, Most).Select(n => (JsonNode?)n);

    public override Gen<JsonNode?> Unfitting => OneOf(Least - 1, Most + 1, Least + 0.25, "x", true);
}

internal sealed record ChoiceShape(bool WithNull, bool Typed) : Shape
{
    public override bool TakesNull => WithNull;

    public override JsonObject Schema
    {
        get
        {
            var schema = new JsonObject { ["enum"] = WithNull ? new JsonArray("a", "b", null) : new JsonArray("a", "b"), ["title"] = "t" };
            if (Typed)
            {
                schema["type"] = WithNull ? new JsonArray("string", "null") : "string";
            }

            return schema;
        }
    }

    public override Gen<JsonNode?> Fitting => WithNull ? OneOf("a", "b", null) : OneOf("a", "b");

    public override Gen<JsonNode?> Unfitting => OneOf("c", 1, false);
}

internal sealed record ReferenceShape : Shape
{
    public override JsonObject Schema => new() { ["$ref"] = "#/$defs/word", ["description"] = "a word" };

    public override Gen<JsonNode?> Fitting => OneOf("word", "\u00e9\ud83d\ude00");

    public override Gen<JsonNode?> Unfitting => OneOf("", 1);
}

internal sealed record ListShape(Shape Item, int Most) : Shape
{
    public override JsonObject Schema => new() { ["type"] = "array", ["items"] = Item.Schema, ["maxItems"] = Most };

    public override Gen<JsonNode?> Fitting => Gen.Choose(0, Most).SelectMany(n => Item.Fitting.ArrayOf(n)).Select(items => (JsonNode?)new JsonArray(items));

    public override Gen<JsonNode?> Unfitting => Gen.OneOf(
        Item.Fitting.ArrayOf(Most + 1).Select(items => (JsonNode?)new JsonArray(items)),
        Item.Unfitting.Select(item => (JsonNode?)new JsonArray(item)));
}

internal sealed record UnionShape(Shape Left, Shape Right, bool Exactly) : Shape
{
    public override JsonObject Schema => new() { [Exactly ? "oneOf" : "anyOf"] = new JsonArray(Branch("l", Left), Branch("r", Right)) };

    public override Gen<JsonNode?> Fitting => Gen.OneOf(Wrap("l", Left.Fitting), Wrap("r", Right.Fitting));

    public override Gen<JsonNode?> Unfitting => Gen.OneOf(Wrap("l", Left.Unfitting), Wrap("r", Right.Unfitting), Wrap("x", Left.Fitting), OneOf(1));

    private static JsonObject Branch(string kind, Shape shape) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject { ["kind"] = new JsonObject { ["const"] = kind }, ["value"] = shape.Schema },
        ["required"] = new JsonArray("kind", "value"),
    };

    private static Gen<JsonNode?> Wrap(string kind, Gen<JsonNode?> value) => value.Select(v => (JsonNode?)new JsonObject { ["value"] = v, ["kind"] = kind });
}

internal sealed record Member(string Name, Shape Shape, bool Required);

internal sealed record ObjectShape(Member[] Members) : Shape
{
    public override JsonObject Schema => new()
    {
        ["name"] = "misplaced",
        ["type"] = "object",
        ["properties"] = new JsonObject(Members.Select(m => KeyValuePair.Create(m.Name, (JsonNode?)m.Shape.Schema))),
        ["required"] = new JsonArray([.. Members.Where(m => m.Required).Select(m => (JsonNode?)m.Name)]),
    };

    public override Gen<JsonNode?> Fitting => Present().Select(members => (JsonNode?)new JsonObject(members.OfType<KeyValuePair<string, JsonNode?>>()));

    public override Gen<JsonNode?> Unfitting
    {
        get
        {
            Gen<JsonNode?> unknown = Fitting.Select(o => (JsonNode?)With((JsonObject)o!, "unknown", 1));
            IEnumerable<Gen<JsonNode?>> wrong = Members.Select(m => m.Shape.Unfitting.SelectMany(bad => Fitting.Select(o => (JsonNode?)With((JsonObject)o!, m.Name, bad))));
            IEnumerable<Gen<JsonNode?>> missing = Members.Where(m => m.Required).Select(m => Fitting.Select(o => (JsonNode?)Without((JsonObject)o!, m.Name)));
            return Gen.OneOf([unknown, .. wrong, .. missing]);
        }
    }

    // An optional member is there, absent, or null for absent.
    private Gen<KeyValuePair<string, JsonNode?>?[]> Present() => Gen.CollectToArray(Members, m =>
    {
        Gen<KeyValuePair<string, JsonNode?>?> there = m.Shape.Fitting.Select(v => (KeyValuePair<string, JsonNode?>?)KeyValuePair.Create(m.Name, v));
        return m.Required
            ? there
            : Gen.OneOf(there, Gen.Constant((KeyValuePair<string, JsonNode?>?)null), Gen.Constant((KeyValuePair<string, JsonNode?>?)KeyValuePair.Create(m.Name, (JsonNode?)null)));
    });

    private static JsonObject With(JsonObject value, string name, JsonNode? member)
    {
        value[name] = member?.DeepClone();
        return value;
    }

    private static JsonObject Without(JsonObject value, string name)
    {
        value.Remove(name);
        return value;
    }
}

internal static class Shapes
{
    private static readonly string[] Names = ["a", "name", "type", "properties", "$ref", "a/b~c", "ä ö", "required"];

    public static Gen<ObjectShape> Root => Objects(depth: 2);

    private static Gen<ObjectShape> Objects(int depth) =>
        from count in Gen.Choose(0, 4)
        from names in Gen.Shuffle(Names)
        from shapes in Any(depth).ArrayOf(count)
        from required in ArbMap.Default.GeneratorFor<bool>().ArrayOf(count)
        select new ObjectShape([.. shapes.Select((shape, i) => new Member(names[i], shape, required[i]))]);

    private static Gen<Shape> Any(int depth)
    {
        Gen<Shape> text = from least in Gen.Choose(0, 3) from more in Gen.Choose(1, 3) select (Shape)new TextShape(least, least + more);
        Gen<Shape> number = from least in Gen.Choose(-5, 5) from whole in ArbMap.Default.GeneratorFor<bool>() select (Shape)new NumberShape(least, least + 4, whole);
        Gen<Shape> choice = from n in ArbMap.Default.GeneratorFor<bool>() from t in ArbMap.Default.GeneratorFor<bool>() select (Shape)new ChoiceShape(n, t);
        Gen<Shape> leaf = Gen.OneOf(text, number, choice, Gen.Constant((Shape)new ReferenceShape()));
        if (depth == 0)
        {
            return leaf;
        }

        Gen<Shape> list = from item in Any(depth - 1) from most in Gen.Choose(0, 3) select (Shape)new ListShape(item, most);
        Gen<Shape> union = from l in Any(depth - 1) from r in Any(depth - 1) from e in ArbMap.Default.GeneratorFor<bool>() select (Shape)new UnionShape(l, r, e);
        return Gen.OneOf(leaf, list, union, Objects(depth - 1).Select(o => (Shape)o));
    }
}
