using System.Text.Json;
using DiscordIntel.Structured.Schemas;
using NUnit.Framework;

namespace DiscordIntel.Tests.Structured.Schemas;

/// <summary>Short ways to compile schemas in tests.</summary>
internal static class GivenSchemas
{
    public static StructuredSchema Compile(string schema)
    {
        bool compiled = StructuredSchema.TryCompile(JsonElement.Parse(schema), out StructuredSchema? result, out IReadOnlyList<string> faults);
        Assert.That(faults, Is.Empty);
        Assert.That(compiled, Is.True);
        Assert.That(StrictFormChecker.Check(result!.Strict), Is.Empty, result.Strict.GetRawText());
        return result;
    }

    public static IReadOnlyList<string> FaultsOf(string schema)
    {
        bool compiled = StructuredSchema.TryCompile(
            JsonElement.Parse(schema, new JsonDocumentOptions { MaxDepth = 1000 }), out StructuredSchema? result, out IReadOnlyList<string> faults);
        Assert.That(compiled, Is.False);
        Assert.That(result, Is.Null);
        Assert.That(faults, Is.Not.Empty.And.All.Match(@"^\$[^:]*: .+; .+"));
        return faults;
    }

    /// <summary>A schema with one property <c>p</c>, optional.</summary>
    public static string Optional(string property) => $$$"""{"type":"object","properties":{"p":{{{property}}}}}""";

    /// <summary>A schema with one property <c>p</c>, required.</summary>
    public static string Required(string property) => $$$"""{"type":"object","properties":{"p":{{{property}}}},"required":["p"]}""";
}
