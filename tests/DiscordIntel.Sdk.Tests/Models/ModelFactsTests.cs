using System.Text.Json;
using DiscordIntel.Models;
using DiscordIntel.TestKit;
using NUnit.Framework;

namespace DiscordIntel.Tests.Models;

/// <summary>The shipped catalogue beside the sheet of facts it was made from, field by field.</summary>
[TestFixture]
internal sealed class ModelFactsTests
{
    private JsonDocument _facts = null!;

    [OneTimeSetUp]
    public void ReadFacts()
    {
        if (SharedMaterial.Find("facts/models.json") is not { } path)
        {
            Assert.Ignore("The sheet of facts about models is not on this machine.");
            return;
        }

        _facts = JsonDocument.Parse(File.ReadAllText(path));
    }

    [OneTimeTearDown]
    public void Close() => _facts?.Dispose();

    [Test]
    public void Default_Ids_AreThoseOfTheFacts()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ModelCatalog.Default.Models.Select(model => model.Id), Is.EquivalentTo(Rows().Select(row => Text(row, "id"))));
            Assert.That(ModelCatalog.Default.AsOf, Is.EqualTo(Day(_facts.RootElement, "asOf")));
        }
    }

    [Test]
    public void Default_EveryModel_SaysWhatTheFactsSay()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (JsonElement row in Rows())
            {
                string id = Text(row, "id")!;
                ModelInfo model = ModelCatalog.Default.Models.Single(model => model.Id == id);
                JsonElement can = row.GetProperty("capabilities");
                Assert.That(model.Kind, Is.EqualTo(Text(row, "kind")), id);
                Assert.That(model.ContextWindow, Is.EqualTo(Number(row, "contextWindow")), id);
                Assert.That(model.MaxOutputTokens, Is.EqualTo(Number(row, "maxOutputTokens")), id);
                Assert.That(model.StructuredOutputs, Is.EqualTo(Value(can, "structuredOutputs")?.GetBoolean()), id);
                Assert.That(model.ReasoningEfforts, Is.EqualTo(Value(can, "reasoningEfforts")?.EnumerateArray().Select(e => e.GetString()) ?? []), id);
                Assert.That(model.Temperature, Is.EqualTo(Rule(Text(can, "temperature"))), id);
                if (Text(can, "toolsOnChat") is { } tools)
                {
                    Assert.That(model.ToolsOnChat, Is.EqualTo(Support(tools)), id);
                }

                Assert.That(model.Shutdown, Is.EqualTo(Day(row, "shutdown")), id);
                Assert.That(model.Replacement, Is.EqualTo(Text(row, "replacement")), id);
                Assert.That(model.Prices, Is.EqualTo(row.GetProperty("prices").EnumerateArray().Select(Price)), id);
            }
        }
    }

    private JsonElement.ArrayEnumerator Rows() => _facts.RootElement.GetProperty("models").EnumerateArray();

    private static ModelPrice Price(JsonElement row)
    {
        JsonElement? rates = Value(row, "per1M");
        JsonElement? isLong = Value(row, "longContext");
        return new ModelPrice
        {
            From = Day(row, "from"),
            Input = Rate("input"),
            CachedInput = Rate("cachedInput"),
            CacheWrite = Rate("cacheWrite"),
            Output = Rate("output"),
            AudioInput = Value(row, "audioPer1M") is { } heard ? Value(heard, "input")?.GetDecimal() : null,
            AudioOutput = Value(row, "audioPer1M") is { } spoken ? Value(spoken, "output")?.GetDecimal() : null,
            AudioMinute = Value(row, "perMinute")?.GetDecimal(),
            Characters = Value(row, "per1MCharacters")?.GetDecimal(),
            FlexMultiplier = Value(row, "flexMultiplier")?.GetDecimal(),
            PriorityMultiplier = Value(row, "priorityMultiplier")?.GetDecimal(),
            LongContextAbove = isLong?.GetProperty("aboveInputTokens").GetInt64(),
            LongContextInputMultiplier = isLong?.GetProperty("inputMultiplier").GetDecimal() ?? 1,
            LongContextOutputMultiplier = isLong?.GetProperty("outputMultiplier").GetDecimal() ?? 1,
        };

        decimal? Rate(string name) => rates is { } at ? Value(at, name)?.GetDecimal() : null;
    }

    private static TemperatureSupport Rule(string? rule) => rule switch
    {
        null => TemperatureSupport.Unknown,
        "any" => TemperatureSupport.Any,
        "onlyWhenEffortNone" => TemperatureSupport.OnlyWithoutReasoning,
        "fixed" => TemperatureSupport.Fixed,
        _ => throw new AssertionException($"The facts have a new temperature rule, '{rule}'."),
    };

    private static ToolSupport Support(string rule) => rule switch
    {
        "yes" => ToolSupport.Always,
        "effortNoneOnly" => ToolSupport.OnlyWithoutReasoning,
        "responsesOnly" => ToolSupport.Never,
        _ => throw new AssertionException($"The facts have a new rule for tools, '{rule}'."),
    };

    private static JsonElement? Value(JsonElement row, string name) =>
        row.TryGetProperty(name, out JsonElement value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    private static string? Text(JsonElement row, string name) => Value(row, name)?.GetString();

    private static int? Number(JsonElement row, string name) => Value(row, name)?.GetInt32();

    private static DateOnly? Day(JsonElement row, string name) => Text(row, name) is { } day ? DateOnly.Parse(day) : null;
}
