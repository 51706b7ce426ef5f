using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace DiscordIntel.Testing.Tests.Support;

/// <summary>A random lawful strict schema with definitions, one of them recursive.</summary>
public sealed record StrictSchema(string Json)
{
    public override string ToString() => Json;
}

/// <summary>Generates <see cref="StrictSchema"/>.</summary>
public static class StrictSchemas
{
    private const string Node =
        """{"type":"object","properties":{"label":{"type":"string"},"next":{"anyOf":[{"$ref":"#/$defs/node"},{"type":"null"}]},"children":{"type":"array","items":{"$ref":"#/$defs/node"}}},"required":["label","next","children"],"additionalProperties":false}""";

    private static readonly string[] Names = ["claim", "quote", "score", "verdict", "summary", "note", "points", "when", "naïve", "a b"];

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.Constant("""{"type":"string"}"""),
        Gen.Choose(1, 300).Select(length => $$"""{"type":"string","description":"At most {{length}} characters."}"""),
        Gen.Elements("date", "date-time", "time", "duration", "uuid", "ipv4", "ipv6", "email", "hostname").Select(format => $$"""{"type":"string","format":"{{format}}"}"""),
        Gen.Elements("^[A-Z]{2,3}$", "^\\\\d{4}-\\\\d{2}$", "^(yes|no)$", "^@[a-zA-Z0-9_]+$", "^#?[0-9a-f]{6}$", "^[^ ]+$").Select(pattern => $$"""{"type":"string","pattern":"{{pattern}}"}"""),
        Gen.Constant("""{"type":["string","null"]}"""));

    private static readonly Gen<string> Choice = Gen.Elements(
        """{"type":"string","enum":["verified","disputed","unverified"]}""",
        """{"type":["string","null"],"enum":["left","right",null]}""",
        """{"type":"integer","enum":[1,2,3]}""",
        """{"type":"string","const":"debate"}""",
        """{"type":"boolean"}""",
        """{"type":"null"}""");

    private static readonly Gen<string> Integer =
        from low in Gen.Choose(-50, 50)
        from span in Gen.Choose(4, 40)
        from step in Gen.Elements("", ",\"multipleOf\":2", ",\"multipleOf\":0.5")
        from bounds in Gen.Elements(
            "",
            $",\"minimum\":{low}",
            $",\"maximum\":{low}",
            $",\"minimum\":{low},\"maximum\":{low + span}",
            $",\"exclusiveMinimum\":{low},\"exclusiveMaximum\":{low + span}",
            $",\"exclusiveMinimum\":{low}.5,\"maximum\":{low + span}.5")
        select $$"""{"type":"integer"{{step}}{{bounds}} }""";

    private static readonly Gen<string> Number =
        from low in Gen.Choose(-50, 50)
        from span in Gen.Choose(0, 40)
        from bounds in Gen.Elements(
            "",
            $",\"minimum\":{low}",
            $",\"exclusiveMaximum\":{low}",
            $",\"minimum\":{low},\"maximum\":{low + span}",
            string.Create(CultureInfo.InvariantCulture, $",\"exclusiveMinimum\":{low},\"exclusiveMaximum\":{low + 0.00001m}"),
            $",\"minimum\":{low},\"maximum\":{low + span},\"multipleOf\":0.25")
        select $$"""{"type":"number"{{bounds}} }""";

    public static Arbitrary<StrictSchema> Arbitrary() => Object(3)
        .Select(root => new StrictSchema($$"""{"$defs":{"node":{{Node}},"leaf":{"type":"string","enum":["one","two"] } },{{root[1..]}}"""))
        .ToArbitrary();

    private static Gen<string> Any(int depth)
    {
        Gen<string> leaf = Gen.OneOf(Text, Choice, Integer, Number, Gen.Elements("""{"$ref":"#/$defs/leaf"}""", """{"$ref":"#/$defs/node"}"""));
        return depth == 0 ? leaf : Gen.Frequency(
            (4, leaf),
            (2, Object(depth - 1)),
            (2, List(depth - 1)),
            (1, Any(depth - 1).Select(inner => $$"""{"anyOf":[{{inner}},{"type":"null"}]}""")),
            (1, from one in Any(depth - 1) from other in Any(depth - 1) select $$"""{"anyOf":[{{one}},{{other}}]}"""));
    }

    private static Gen<string> List(int depth) =>
        from item in Any(depth)
        from least in Gen.Choose(0, 5)
        from span in Gen.Choose(0, 3)
        from bounds in Gen.Elements("", $",\"minItems\":{least}", $",\"maxItems\":{least}", $",\"minItems\":{least},\"maxItems\":{least + span}")
        select $$"""{"type":"array","items":{{item}}{{bounds}} }""";

    private static Gen<string> Object(int depth) =>
        from count in Gen.Choose(0, 4)
        from names in Gen.Shuffle(Names)
        from values in Gen.ArrayOf(Any(depth), count)
        let used = names.Take(count).ToArray()
        let properties = string.Join(',', used.Zip(values, (name, value) => $"\"{name}\":{value}"))
        let required = string.Join(',', used.Select(name => $"\"{name}\""))
        select $$$"""{"type":"object","properties":{ {{{properties}}} },"required":[{{{required}}}],"additionalProperties":false}""";
}
