using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DiscordIntel.Structured.Schemas;
using NUnit.Framework;
using RangeAttribute = System.ComponentModel.DataAnnotations.RangeAttribute;

namespace DiscordIntel.Tests.Structured.Schemas;

/// <summary><c>[Range]</c> with a type and its limits as texts.</summary>
public partial class RangeTypeTests
{
    [Test]
    public void TryCompile_RangeOfTexts_IsSentAsNumbers()
    {
        JsonElement properties = Compile(RangesJson.Default.Ranges).Strict.GetProperty("properties");

        Assert.That(properties.GetRawText(), Is.EqualTo(
            """
            {"share":{"type":"number","minimum":0.1,"maximum":0.2},
            "open":{"type":["number","null"],"exclusiveMinimum":0.10,"exclusiveMaximum":12345678901234567890.5},
            "ticks":{"type":"integer","minimum":-9223372036854775808,"maximum":9223372036854775807},
            "level":{"type":"integer","minimum":1,"maximum":5},
            "wide":{"type":"number","minimum":1E-40,"maximum":1E+300}}
            """.ReplaceLineEndings("")));
    }

    [TestCase("0.1", true)]
    [TestCase("0.2", true)]
    [TestCase("0.0999999999999999999999999", false)]
    [TestCase("0.2000000000000000000000001", false)]
    public void Validate_RangeOfTexts_IsExact(string share, bool valid)
    {
        string answer = $$"""{"share":{{share}},"open":null,"ticks":1,"level":1,"wide":1}""";

        Assert.That(Compile(RangesJson.Default.Ranges).Validate(answer).IsValid, Is.EqualTo(valid));
    }

    [Test]
    public void TryCompile_RangeThatJsonSchemaCannotSay_IsToldAsSuch()
    {
        Assert.That(StructuredSchema.TryCompile(RangesJson.Default.Unkept, out _, out IReadOnlyList<string> faults), Is.False);

        Assert.That(faults, Is.EqualTo(new[]
        {
            "$.properties.day: a [Range] of DateOnly cannot be kept, since JSON Schema limits numbers alone; say it in a [Description] and check it after the call",
            "$.properties.price: the [Range] limit '1,5' is no number; write it with a decimal point and without separators",
        }));
    }

    private static StructuredSchema Compile(JsonTypeInfo type)
    {
        StructuredSchema.TryCompile(type, out StructuredSchema? schema, out IReadOnlyList<string> faults);
        Assert.That(faults, Is.Empty);
        return schema!;
    }

    internal sealed record Ranges(
        [property: Range(typeof(decimal), "0.1", "0.2")] decimal Share,
        [property: Range(typeof(decimal), "0.10", "12345678901234567890.5", MinimumIsExclusive = true, MaximumIsExclusive = true)] decimal? Open,
        [property: Range(typeof(long), "-9223372036854775808", "9223372036854775807")] long Ticks,
        [property: Range(typeof(byte), "1", "5")] byte Level,
        [property: Range(typeof(double), "1e-40", "1e300")] double Wide);

    internal sealed record Unkept(
        [property: Range(typeof(DateOnly), "2026-01-01", "2026-12-31")] DateOnly Day,
        [property: Range(typeof(decimal), "1,5", "2,5")] decimal Price);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Ranges))]
    [JsonSerializable(typeof(Unkept))]
    internal sealed partial class RangesJson : JsonSerializerContext;
}
