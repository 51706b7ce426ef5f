using DiscordIntel.Models;
using DiscordIntel.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Tests.Models;

[TestFixture]
internal sealed class ModelCatalogTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Test]
    public void Default_Text_IsAChatModelWithStrictSchemasAPriceAndNoEnd()
    {
        Assert.That(ModelCatalog.Default.TryFind(new ModelOptions().Text, out ModelInfo? model), Is.True);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(model!.Id, Is.EqualTo("gpt-6-luna"));
            Assert.That((model.Kind, model.StructuredOutputs, model.Shutdown), Is.EqualTo(("chat", (bool?)true, (DateOnly?)null)));
            Assert.That(model.PriceOn(Today)!.CostInNanoUsd(1, 1), Is.EqualTo(600));
            Assert.That(model.ReasoningEfforts[0], Is.EqualTo("none"));
            Assert.That(model.Temperature, Is.EqualTo(TemperatureSupport.OnlyWithoutReasoning));
        }
    }

    [Test]
    public void Default_EveryEntry_IsSound()
    {
        string[] efforts = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];
        Assert.That(ModelCatalog.Default.Models, Has.Count.GreaterThan(60));
        using (Assert.EnterMultipleScope())
        {
            foreach (ModelInfo model in ModelCatalog.Default.Models)
            {
                Assert.That(model.Prices.Select(price => price.From ?? DateOnly.MinValue), Is.Ordered.And.Unique, model.Id);
                Assert.That(model.ReasoningEfforts.Select(effort => Array.IndexOf(efforts, effort)), Is.Ordered.And.All.GreaterThanOrEqualTo(0), $"{model.Id}: least first");
                Assert.That(model.MaxOutputTokens, Is.Null.Or.GreaterThan(0), model.Id);
                Assert.That(model.Kind, Is.Not.Empty, model.Id);
            }
        }
    }

    [TestCase("GPT-6-Luna", "gpt-6-luna")]
    [TestCase("gpt-4o-2024-08-06", "gpt-4o")]
    [TestCase("openai/gpt-4o-2024-08-06", "openai/gpt-4o")]
    [TestCase("openai/gpt-4o-mini-tts-2025-12-15", "openai/gpt-4o-mini-tts-2025-12-15")]
    public void TryFind_IdOrSnapshot_FindsTheModel(string id, string expected)
    {
        Assert.That(ModelCatalog.Default.TryFind(id, out ModelInfo? model), Is.True);
        Assert.That(model!.Id, Is.EqualTo(expected));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("gpt-4")]
    [TestCase("gpt-4o-2024-08")]
    [TestCase("gpt-4o-2024-08-06-x")]
    [TestCase("gpt-4o-latest")]
    [TestCase("-2024-08-06")]
    public void TryFind_AnythingElse_IsNotGuessed(string? id)
    {
        Assert.That(ModelCatalog.Default.TryFind(id, out ModelInfo? model), Is.False);
        Assert.That(model, Is.Null);
    }

    [TestCase("2026-07-08", null)]
    [TestCase("2026-07-09", 5.0)]
    [TestCase("2026-08-20", 5.0)]
    [TestCase("2026-08-21", 4.0)]
    [TestCase("2030-01-01", 4.0)]
    public void PriceOn_Day_IsThePriceOfThatDay(string day, double? expected)
    {
        ModelCatalog.Default.TryFind("gpt-5.6-sol", out ModelInfo? model);
        Assert.That((double?)model!.PriceOn(DateOnly.Parse(day))?.Input, Is.EqualTo(expected));
    }

    [Test]
    public void PriceOn_PriceWithoutStart_HoldsSinceEver()
    {
        ModelCatalog.Default.TryFind("gpt-4o", out ModelInfo? model);
        Assert.That(model!.PriceOn(DateOnly.MinValue)?.Output, Is.EqualTo(10));
    }

    [Test]
    public void PriceOn_NoPrices_IsNull() => Assert.That(new ModelInfo { Id = "x" }.PriceOn(Today), Is.Null);

    [Test]
    public void With_NoOverrides_IsTheSame() => Assert.That(ModelCatalog.Default.With([]), Is.SameAs(ModelCatalog.Default));

    [Test]
    public void With_OneFact_ChangesThatAndKeepsTheRest()
    {
        ModelCatalog.Default.TryFind("gpt-4o", out ModelInfo? before);
        ModelCatalog changed = ModelCatalog.Default.With([new ModelOverride { Id = "GPT-4O", Shutdown = new DateOnly(2030, 1, 1) }]);
        Assert.That(changed.TryFind("gpt-4o", out ModelInfo? after), Is.True);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(after, Is.EqualTo(before! with { Shutdown = new DateOnly(2030, 1, 1) }));
            Assert.That(changed.Models, Has.Count.EqualTo(ModelCatalog.Default.Models.Count));
            Assert.That(changed.AsOf, Is.EqualTo(ModelCatalog.Default.AsOf));
            Assert.That(ModelCatalog.Default.TryFind("gpt-4o", out ModelInfo? shipped) && shipped == before, Is.True, "the shipped catalogue stays");
        }
    }

    [Test]
    public void With_EveryFact_ReplacesEach()
    {
        ModelOverride all = new()
        {
            Id = "gpt-4o", MaxOutputTokens = 7, StructuredOutputs = false, ReasoningEfforts = ["low"], Temperature = TemperatureSupport.Fixed, ToolsOnChat = ToolSupport.Never,
            Shutdown = new DateOnly(2030, 1, 1), Replacement = "r", InputPrice = 1, CachedInputPrice = 0.5m, OutputPrice = 2,
        };
        ModelCatalog.Default.With([all]).TryFind("gpt-4o", out ModelInfo? model);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (model!.MaxOutputTokens, model.StructuredOutputs, model.Temperature, model.ToolsOnChat, model.Shutdown, model.Replacement),
                Is.EqualTo(((int?)7, (bool?)false, TemperatureSupport.Fixed, ToolSupport.Never, (DateOnly?)new DateOnly(2030, 1, 1), "r")));
            Assert.That(model.ReasoningEfforts, Is.EqualTo(new[] { "low" }));
            Assert.That(model.Prices, Is.EqualTo(new[] { new ModelPrice { Input = 1, CachedInput = 0.5m, Output = 2 } }));
        }
    }

    [Test]
    public void With_UnknownId_IsANewChatModelOfWhichNothingElseIsKnown()
    {
        ModelCatalog.Default.With([new ModelOverride { Id = "llama-x" }]).TryFind("llama-x", out ModelInfo? model);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((model!.Kind, model.StructuredOutputs, model.Temperature), Is.EqualTo(("chat", (bool?)null, TemperatureSupport.Unknown)));
            Assert.That(model.PriceOn(Today), Is.Null);
        }
    }

    [Test]
    public void With_Snapshot_KeepsTheFactsOfItsModelAndLeavesThatAlone()
    {
        ModelCatalog changed = ModelCatalog.Default.With([new ModelOverride { Id = "gpt-4o-2024-08-06", MaxOutputTokens = 100 }]);
        changed.TryFind("gpt-4o", out ModelInfo? model);
        changed.TryFind("gpt-4o-2024-08-06", out ModelInfo? snapshot);
        changed.TryFind("gpt-4o-2024-11-20", out ModelInfo? other);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(snapshot, Is.EqualTo(model! with { Id = "gpt-4o-2024-08-06", MaxOutputTokens = 100 }));
            Assert.That(model.MaxOutputTokens, Is.EqualTo(16384));
            Assert.That(other, Is.SameAs(model));
        }
    }
}
