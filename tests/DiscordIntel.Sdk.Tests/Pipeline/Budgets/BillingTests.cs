using DiscordIntel.Models;
using DiscordIntel.Pipeline;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Providers;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Budgets;

internal sealed class BillingTests
{
    private const string Luna = RoadAnswer.Model;

    // "Hi" and its frame, written to the cache; 4000 tokens of output; twice on the dearest tier.
    private const long Most = 2 * ((34 * 125) + (4_000 * 500));

    // 10 tokens in, 5 out.
    private const long Exact = (10 * 100) + (5 * 500);

    [Test]
    public void Of_ProvidersOwnFigure_BeatsEverything() =>
        Assert.That(Plain(Billing.Of(Held(), Reply(10, 5, new ReplyDetails { Cost = 0.25m }))), Is.EqualTo(((long?)250_000_000, false)));

    [Test]
    public void Of_FigureBelowANano_IsRoundedUp() =>
        Assert.That(Plain(Billing.Of(Held(), Reply(10, 5, new ReplyDetails { Cost = 0.00000000001m }))), Is.EqualTo(((long?)1, false)));

    /// <summary>Negative, or more than any ledger counts: the server's fault, not a bill.</summary>
    [TestCase("-0.01")]
    [TestCase("9000000.000000001")]
    [TestCase("9300000000")]
    [TestCase("79228162514264337593543950335")]
    public void Of_FigureThatCannotBe_IsPassedOver(string cost) =>
        Assert.That(
            Plain(Billing.Of(Held(), Reply(10, 5, new ReplyDetails { Cost = decimal.Parse(cost, System.Globalization.CultureInfo.InvariantCulture) }))), Is.EqualTo(((long?)Exact, false)));

    [Test]
    public void Of_Usage_IsTheListPrice() => Assert.That(Plain(Billing.Of(Held(), Reply(10, 5))), Is.EqualTo(((long?)Exact, false)));

    [Test]
    public void Of_UsageOfAnUnknownName_IsThePriceOfTheModelAskedFor() =>
        Assert.That(Plain(Billing.Of(Held(), Reply(10, 5, model: "unheard-of"))), Is.EqualTo(((long?)Exact, true)));

    [Test]
    public void Of_UsageOfAnotherKnownModel_IsThatModelsPriceThoughItIsAboveTheBound() =>
        Assert.That(Plain(Billing.Of(Held(), Reply(1_000_000, 0, model: "gpt-4o"))), Is.EqualTo(((long?)2_500_000_000, false)));

    [TestCase(10L, null)]
    [TestCase(null, 5L)]
    [TestCase(-1L, 5L)]
    [TestCase(long.MaxValue, 5L)]
    [TestCase(10L, long.MaxValue)]
    public void Of_UsageThatSaysNothing_IsTheBound(long? input, long? output) =>
        Assert.That(Plain(Billing.Of(Held(), Reply(input, output))), Is.EqualTo(((long?)Most, true)));

    [Test]
    public void Of_CountsBeyondWhatALedgerCounts_IsTheBound()
    {
        CallContext context = BudgetCall.To(
            "own", [new ChatMessage(ChatRole.User, "Hi")], new GenerationOptions { MaxOutputTokens = 1 }, null, new ModelOverride { Id = "own", InputPrice = 1_000_000, OutputPrice = 1 }).Held();

        Assert.That(Plain(Billing.Of(context, Reply(9_000_001, 5, model: "own"))), Is.EqualTo((context.Hold!.Value.BoundNanoUsd, true)));
    }

    [Test]
    public void Of_TierWithoutAPrice_IsTheBound()
    {
        CallContext context = BudgetCall.To("gpt-5-nano", "Hi").Held();

        Assert.That(Plain(Billing.Of(context, Reply(10, 5, new ReplyDetails { ServiceTier = "priority" }, "gpt-5-nano"))), Is.EqualTo((context.Hold!.Value.BoundNanoUsd, true)));
    }

    [Test]
    public void Of_NoPriceAnywhere_IsUnknownAndNotNothing()
    {
        CallContext context = BudgetCall.To("unheard-of", "Hi").Held();

        Assert.That(Plain(Billing.Of(context, Reply(10, 5, model: "unheard-of"))), Is.EqualTo(((long?)null, true)));
        Assert.That(Plain(Billing.OfCutStream(context, 5)), Is.EqualTo(((long?)null, true)));
    }

    [Test]
    public void OfCutStream_NothingHidden_IsInputAndTextThatCame() =>
        Assert.That(Plain(Billing.OfCutStream(Held(), 5)), Is.EqualTo(((long?)(2 * ((34 * 125) + (5 * 500))), true)));

    [Test]
    public void OfCutStream_MoreTextThanTokensAllowed_EndsAtTheBound() =>
        Assert.That(Plain(Billing.OfCutStream(Held(), 100_000)), Is.EqualTo(((long?)Most, true)));

    [TestCase(Luna, "low")]
    [TestCase("gpt-5-mini", null)]
    [TestCase("o3", null)]
    public void OfCutStream_ReasoningMayBeHidden_IsTheBound(string model, string? effort)
    {
        CallContext context = BudgetCall.To(model, [new ChatMessage(ChatRole.User, "Hi")], new GenerationOptions { ReasoningEffort = effort, MaxOutputTokens = 4_000 }).Held();

        Assert.That(Plain(Billing.OfCutStream(context, 5)), Is.EqualTo((context.Hold!.Value.BoundNanoUsd, true)));
    }

    [Test]
    public void OfCutStream_ModelThatDoesNotReason_IsInputAndTextThatCame() =>
        Assert.That(Billing.OfCutStream(BudgetCall.To("gpt-4o", "Hi").Held(), 5).NanoUsd, Is.LessThan(1_000_000));

    [Test]
    public void OfStream_Usage_IsItsCost() => Assert.That(Plain(Billing.OfStream(Held(), Reply(10, 5))), Is.EqualTo(((long?)Exact, false)));

    [Test]
    public void OfStream_TextOnly_IsTheBillOfACutStream() =>
        Assert.That(Plain(Billing.OfStream(Held(), Shown(new TextContent("Zürich")))), Is.EqualTo(Plain(Billing.OfCutStream(Held(), 7))));

    /// <summary>Billed, and without a size that anybody knows.</summary>
    [Test]
    public void OfStream_MoreThanText_IsTheBound()
    {
        AIContent[] others = [new TextReasoningContent("Hm."), new ErrorContent("No."), new FunctionCallContent("1", "look"), null!];
        foreach (AIContent other in others)
        {
            Assert.That(Plain(Billing.OfStream(Held(), Shown(new TextContent("Par"), other))), Is.EqualTo(((long?)Most, true)), other?.GetType().Name);
        }
    }

    private static ChatResponse Shown(params AIContent[] contents) => new(new ChatMessage(ChatRole.Assistant, contents)) { ModelId = Luna };

    private static CallContext Held() => BudgetCall.To(Luna, [new ChatMessage(ChatRole.User, "Hi")], GenerationOptions.Defaults).Held();

    private static (long? NanoUsd, bool IsEstimated) Plain(Billing.Bill bill) => (bill.NanoUsd, bill.IsEstimated);

    private static ChatResponse Reply(long? input, long? output, ReplyDetails? details = null, string model = Luna) => new(new ChatMessage(ChatRole.Assistant, "Paris"))
    {
        ModelId = model,
        Usage = new UsageDetails { InputTokenCount = input, OutputTokenCount = output },
        RawRepresentation = details,
    };
}
