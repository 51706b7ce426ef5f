using NUnit.Framework;
using static DiscordIntel.Tests.Structured.Schemas.GivenSchemas;

namespace DiscordIntel.Tests.Structured.Schemas;

/// <summary>Schemas that no answer fits, although no limit is above another.</summary>
public class TooFewValuesTests
{
    [TestCase("""{"type":"integer","exclusiveMinimum":1,"exclusiveMaximum":2}""", "integer")]
    [TestCase("""{"type":"integer","minimum":1.2,"maximum":1.8}""", "integer")]
    [TestCase("""{"type":"integer","minimum":-1.8,"maximum":-1.2}""", "integer")]
    [TestCase("""{"type":["integer","null"],"minimum":1.2,"maximum":1.8}""", "integer")]
    [TestCase("""{"type":"integer","exclusiveMaximum":79228162514264337593543950335,"exclusiveMinimum":79228162514264337593543950334}""", "integer")]
    [TestCase("""{"type":"integer","minimum":1,"maximum":9,"multipleOf":10}""", "multiple of 10")]
    [TestCase("""{"type":"integer","minimum":1,"maximum":4,"multipleOf":2.5}""", "multiple of 2.5")]
    [TestCase("""{"type":"integer","exclusiveMinimum":0,"exclusiveMaximum":10,"multipleOf":10}""", "multiple of 10")]
    [TestCase("""{"type":"integer","minimum":0,"exclusiveMinimum":0,"maximum":9,"multipleOf":10}""", "multiple of 10")]
    [TestCase("""{"type":"number","minimum":0.01,"maximum":0.09,"multipleOf":0.1}""", "multiple of 0.1")]
    public void TryCompile_NoNumberBetweenItsLimits_IsRefused(string property, string kind) =>
        Assert.That(FaultsOf(Required(property)), Is.EqualTo(new[] { $"$.properties.p: no {kind} lies between its limits; raise the upper limit or lower the lower one" }));

    [TestCase("""{"type":"integer","exclusiveMinimum":1,"exclusiveMaximum":3}""")]
    [TestCase("""{"type":"integer","minimum":1.2,"maximum":2}""")]
    [TestCase("""{"type":"integer","minimum":-2,"maximum":-1.2}""")]
    [TestCase("""{"type":"number","exclusiveMinimum":1,"exclusiveMaximum":2}""")]
    [TestCase("""{"type":["integer","string"],"minimum":1.2,"maximum":1.8}""")]
    [TestCase("""{"type":"integer","minimum":1,"maximum":5,"multipleOf":2.5}""")]
    [TestCase("""{"type":"number","minimum":1,"maximum":4,"multipleOf":2.5}""")]
    [TestCase("""{"type":"integer","minimum":-5,"maximum":5,"multipleOf":10}""")]
    [TestCase("""{"type":"integer","minimum":1,"multipleOf":10}""")]
    [TestCase("""{"type":"number","minimum":1e300,"maximum":2e300,"multipleOf":7}""")]
    public void TryCompile_ANumberBetweenItsLimits_IsLawful(string property) => Compile(Required(property));

    [TestCase("""{"type":"boolean"}""", 3, 2)]
    [TestCase("""{"type":["boolean","null"]}""", 4, 3)]
    [TestCase("""{"type":"null"}""", 2, 1)]
    [TestCase("""{"const":"a"}""", 2, 1)]
    [TestCase("""{"enum":["a","b"]}""", 3, 2)]
    [TestCase("""{"type":"integer","minimum":1,"maximum":5}""", 6, 5)]
    [TestCase("""{"type":"integer","exclusiveMinimum":0,"maximum":50,"multipleOf":10}""", 6, 5)]
    [TestCase("""{"anyOf":[{"type":"boolean"},{"enum":["a","b"]}]}""", 5, 4)]
    [TestCase("""{"$ref":"#/$defs/d"}""", 3, 2)]
    public void TryCompile_MoreDifferentElementsThanThereAre_IsRefused(string items, int least, int values)
    {
        Assert.That(FaultsOf(List(items, least)), Is.EqualTo(new[]
        {
            $"$.properties.p: 'minItems' {least} and 'uniqueItems' leave no value, since its elements have {values} values; lower 'minItems' or remove 'uniqueItems'",
        }));
        Compile(List(items, values));
        Compile(List(items, least).Replace("\"uniqueItems\":true,", "", StringComparison.Ordinal));
    }

    [TestCase("""{"type":"string"}""")]
    [TestCase("""{"type":["boolean","string"]}""")]
    [TestCase("""{"type":"number","minimum":0,"maximum":1}""")]
    [TestCase("""{"type":"integer","minimum":1}""")]
    [TestCase("""{"anyOf":[{"type":"boolean"},{"type":"string"}]}""")]
    [TestCase("""{"type":"array","items":{"type":"boolean"}}""")]
    [TestCase("""{"$ref":"#"}""")]
    public void TryCompile_DifferentElementsWithoutNumber_IsLawful(string items) => Compile(List(items, 1_000, isRequired: false));

    private static string List(string items, int least, bool isRequired = true)
    {
        string required = isRequired ? "\"p\"" : "";
        return $$$"""{"type":"object","properties":{"p":{"type":"array","uniqueItems":true,"minItems":{{{least}}},"items":{{{items}}} }},"required":[{{{required}}}],"$defs":{"d":{"type":"boolean"} } }""";
    }
}
