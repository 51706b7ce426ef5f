using DiscordIntel.Models;
using DiscordIntel.Pipeline;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Results;
using DiscordIntel.Tests.Support;
using DiscordIntel.Text;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Budgets;

/// <summary>Money on the road of a call: nothing is sent that is not reserved, and everything reserved is settled once.</summary>
internal sealed class BudgetRoadTests
{
    // "What is the capital of France?": 30 bytes and their frame, written to the cache; 4000 tokens of output; twice on the dearest tier.
    private const long Most = 2 * ((62 * 125) + (4_000 * 500));
    private const long Exact = (10 * 100) + (5 * 500);

    private static readonly BudgetAccount Tenant = BudgetAccount.OfTenant(RoadHost.Scope.Tenant);

    [Test]
    public async Task Call_Answered_ReservesTheMostItCanCostAndSettlesItsCost()
    {
        using RoadHost host = Host();
        host.Handler.Then(200, RoadAnswer.Saying("Paris"));

        StepReceipt receipt = (await host.AskAsync()).Receipt;

        RoadLedger ledger = RoadLedger.Of(host);
        Assert.That(ledger.Journal.Select(entry => (entry.What, entry.NanoUsd)), Is.EqualTo(new[] { (RoadLedger.Reserve, Most), (RoadLedger.Settle, Exact) }));
        Assert.That((await ledger.BalanceAsync(BudgetAccount.Bot), await ledger.BalanceAsync(Tenant)), Is.EqualTo(((Exact, 0L, 0L, 0L), (Exact, 0L, 0L, 0L))));
        Assert.That(receipt.Cost, Is.EqualTo(ModelPrice.ToUsd(Exact)));
    }

    [TestCase(BudgetLevel.Bot, "The bot's budget", "DiscordIntel:Budget:MonthlyLimitUsd (OPENAI_MAX_MONTHLY_COST)")]
    [TestCase(BudgetLevel.Tenant, "The tenant's budget", "DiscordIntel:Budget:TenantMonthlyLimitUsd")]
    [TestCase(BudgetLevel.Workspace, "The workspace's budget", "DiscordIntel:Budget:WorkspaceMonthlyLimitUsd")]
    [TestCase(BudgetLevel.User, "The user's budget", "DiscordIntel:Budget:UserMonthlyLimitUsd")]
    [TestCase(BudgetLevel.Feature, "The feature's budget", "DiscordIntel:Budget:FeatureMonthlyLimitsUsd:text")]
    public async Task Call_BeyondALimit_IsRefusedWithTheAmountsTheSettingAndTheReset(BudgetLevel level, string whose, string setting)
    {
        // Room for one call that tells no usage, and not for a second one.
        using RoadHost host = Host(options => Limit(options, level, ModelPrice.ToUsd(Most + 7)));
        host.Handler.Then(200, RoadAnswer.Saying("Paris", usage: null));
        Assert.That((await host.AskAsync()).IsSuccess, Is.True);

        StepResult<string> refused = await host.AskAsync();

        StepError error = refused.Error!;
        Assert.That((error.Kind, error.IsRetryable), Is.EqualTo((StepErrorKind.BudgetExceeded, true)));
        Assert.That(error.Message, Does.StartWith(whose + " for 2026-11 does not cover this call: of 0.004015507 USD 0.0040155 are spent and 0 reserved by calls under way; this one may take up to 0.0040155.")
            .And.Contains("resets at 2026-12-01 00:00 UTC").And.Contains("The limit is " + setting).And.Not.Contains(RoadHost.UserId));
        Assert.That(error.RetryAfter, Is.EqualTo(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero) - RoadHost.Start));
        Assert.That((refused.Receipt.Attempts, refused.Receipt.Cost, host.Handler.Requests.Count), Is.EqualTo((0, (decimal?)null, 1)));
        Assert.That(await RoadLedger.Of(host).BalanceAsync(BudgetAccount.Bot), Is.EqualTo((Most, 0L, 0L, 0L)), "refused by one, held by none");
    }

    [Test]
    public async Task Call_NextMonth_HasAFreshBudget()
    {
        using RoadHost host = Host(options => options.Budget.MonthlyLimitUsd = ModelPrice.ToUsd(Most));
        host.Handler.Then(200, RoadAnswer.Saying("Paris", usage: null));
        await host.AskAsync();
        StepError refused = (await host.AskAsync()).Error!;

        host.Time.Advance(refused.RetryAfter!.Value);

        Assert.That((await host.AskAsync()).IsSuccess, Is.True);
    }

    [Test]
    public async Task Call_ModelWithoutAPrice_IsRefusedWhereThereIsABudget([Values] bool tenantsOnly)
    {
        using RoadHost host = Host(options =>
        {
            options.Models.Text = "unheard-of";
            options.Budget.MonthlyLimitUsd = tenantsOnly ? null : 5;
            options.Budget.TenantMonthlyLimitUsd = tenantsOnly ? 5 : null;
        });
        host.Handler.Then(200, RoadAnswer.Saying("Paris"));

        StepError error = (await host.AskAsync()).Error!;

        Assert.That(error.Kind, Is.EqualTo(StepErrorKind.PriceUnknown));
        Assert.That(error.Message, Does.Contain(tenantsOnly ? "(DiscordIntel:Budget:TenantMonthlyLimitUsd" : "(DiscordIntel:Budget:MonthlyLimitUsd").And.Contains("'unheard-of'")
            .And.Contains("DiscordIntel:Models:Catalog:0:Id = unheard-of with InputPrice and OutputPrice"));
        Assert.That((host.Handler.Requests.Count, RoadLedger.Of(host).Journal.Count), Is.EqualTo((0, 0)));
    }

    /// <summary>The entry that the error names must not be one that is taken.</summary>
    [Test]
    public async Task Call_ModelWithoutAPrice_NamesAFreeEntryOrTheModelsOwn([Values] bool hasEntry)
    {
        using RoadHost host = Host(options =>
        {
            options.Models.Text = "unheard-of";
            options.Models.Catalog.Add(new ModelOverride { Id = "another" });
            options.Models.Catalog.Add(new ModelOverride { Id = hasEntry ? "UNHEARD-OF" : "third" });
        });

        StepError error = (await host.AskAsync()).Error!;

        Assert.That(error.Message, Does.Contain($"Set DiscordIntel:Models:Catalog:{(hasEntry ? 1 : 2)}:Id = unheard-of with"));
    }

    [TestCase("0.0001", true)]
    [TestCase("1", false)]
    public async Task Call_LargerThanTheWholeLimit_SaysThatNoMonthWillHelp(decimal limit, bool isTold)
    {
        using RoadHost host = Host(options => options.Budget.MonthlyLimitUsd = limit);
        host.Handler.Then(200, RoadAnswer.Saying("Paris", usage: """{"prompt_tokens":10,"completion_tokens":5,"cost":1}"""));
        await host.AskAsync();

        StepError error = (await host.AskAsync()).Error!;

        Assert.That(error.Kind, Is.EqualTo(StepErrorKind.BudgetExceeded));
        Assert.That(error.Message.Contains("more than the whole limit: lower DiscordIntel:Generation:MaxOutputTokens", StringComparison.Ordinal), Is.EqualTo(isTold));
    }

    /// <summary>The fix that the error names.</summary>
    [Test]
    public async Task Call_ModelWithAPriceOfNothing_GoesOutThoughTheBudgetIsSpent()
    {
        using RoadHost host = Host(options =>
        {
            options.Models.Catalog.Add(new ModelOverride { Id = "own", InputPrice = 0, OutputPrice = 0 });
            options.Budget.MonthlyLimitUsd = 0;
        });
        host.Handler.Then(200, RoadAnswer.Saying("Paris", model: "own"));

        Assert.That((await host.AskAsync()).Error!.Kind, Is.EqualTo(StepErrorKind.BudgetExceeded));
        StepResult<string> free = await host.AskAsync(generation: new GenerationOptions { Model = "own" });

        Assert.That((free.Value, free.Receipt.Cost), Is.EqualTo(("Paris", (decimal?)0)));
    }

    [Test]
    public async Task Call_ContentOfUnknownSize_IsRefusedAndNamed()
    {
        using RoadHost host = Host();
        AIContent[] contents = [new UriContent("https://example.org/a.png", "image/png"), null!];
        foreach (AIContent content in contents)
        {
            StepError error = (await host.Text.CompleteAsync(
                new TextRequest { Messages = [new ChatMessage(ChatRole.User, [new TextContent("Look"), content])] }, RoadHost.Scope)).Error!;

            Assert.That((error.Kind, error.Message), Is.EqualTo((StepErrorKind.InvalidRequest, $"A message holds {content?.GetType().Name ?? "a null"}, which this call does not take. Send text.")));
        }

        Assert.That((host.Handler.Requests.Count, RoadLedger.Of(host).Journal.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Retry_EachAttempt_ReservesAndSettlesOnItsOwn()
    {
        using RoadHost host = Host();
        host.Handler.Then(503, "").Then(429, "").Then(200, RoadAnswer.Saying("Paris"));

        StepReceipt receipt = (await host.AskAsync()).Receipt;

        (string What, Guid Id, long NanoUsd)[] journal = [.. RoadLedger.Of(host).Journal];
        Assert.That(journal.Select(entry => (entry.What, entry.NanoUsd)), Is.EqualTo(new[]
        {
            (RoadLedger.Reserve, Most), (RoadLedger.Settle, Most),
            (RoadLedger.Reserve, Most), (RoadLedger.Release, 0),
            (RoadLedger.Reserve, Most), (RoadLedger.Settle, Exact),
        }));
        Assert.That(journal.Select(entry => entry.Id).Distinct().Count(), Is.EqualTo(3));
        Assert.That((receipt.Cost, receipt.CostIsEstimated, receipt.Attempts), Is.EqualTo(((decimal?)ModelPrice.ToUsd(Most + Exact), true, 3)));
    }

    /// <summary>The first attempt may have been billed in full: then the rest does not cover a second one.</summary>
    [Test]
    public async Task Retry_NothingLeftForIt_IsRefused()
    {
        using RoadHost host = Host(options => options.Budget.TenantMonthlyLimitUsd = ModelPrice.ToUsd((2 * Most) - 1));
        host.Handler.Then(500, "").Then(200, RoadAnswer.Saying("Paris"));

        StepResult<string> result = await host.AskAsync();

        Assert.That((result.Error!.Kind, result.Receipt.Attempts, result.Receipt.Cost), Is.EqualTo((StepErrorKind.BudgetExceeded, 1, (decimal?)ModelPrice.ToUsd(Most))));
        Assert.That(host.Handler.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Feature_WithoutAPartAfterIt_IsTheWholeName()
    {
        using RoadHost host = Host(options => options.Budget.FeatureMonthlyLimitsUsd["text"] = 0);
        var call = new ModelCall<string> { Operation = "text", Messages = [new(ChatRole.User, "Hi")], Read = static reply => Reading<string>.Of(reply.Text) };

        StepResult<string> result = await host.Pipeline(new RoadChatClient(RoadChatClient.Says("Paris"))).RunAsync(call, RoadHost.Scope, CancellationToken.None);

        Assert.That(result.Error!.Kind, Is.EqualTo(StepErrorKind.BudgetExceeded));
    }

    /// <summary>An account without a limit ends where ledgers end to count.</summary>
    [Test]
    public void Exceeded_WithoutALimit_NamesTheEndOfAllAccounts()
    {
        BudgetReservation reservation = Charge.Of(RoadHost.Start, 1, (long?)null);
        var refusal = new BudgetDecision { RefusedBy = reservation.Lines[0], SpentNanoUsd = BudgetLine.MaxNanoUsd };

        Assert.That(BudgetErrors.Exceeded(refusal, reservation, RoadHost.Start).Message, Does.Contain("of 9000000 USD 9000000 are spent"));
    }

    [Test]
    public async Task MemoryLedger_WithALimit_WarnsOnce()
    {
        using var host = new RoadHost();
        host.Handler.Then(200, RoadAnswer.Saying("Paris"));
        await host.AskAsync();
        await host.AskAsync();

        Assert.That(host.Log.Lines.Count(line => line.Id.Id == 504), Is.EqualTo(1));
    }

    [Test]
    public async Task MemoryLedger_NoLimitOrAnotherLedger_DoesNotWarn([Values] bool another)
    {
        using RoadHost host = another ? Host() : new RoadHost(options => options.Budget.MonthlyLimitUsd = null);
        host.Handler.Then(200, RoadAnswer.Saying("Paris"));
        await host.AskAsync();

        Assert.That(host.Log.Lines.Count(line => line.Id.Id == 504), Is.Zero);
    }

    private static RoadHost Host(Action<DiscordIntelOptions>? configure = null) => new(configure, RoadLedger.Register);

    private static void Limit(DiscordIntelOptions options, BudgetLevel level, decimal usd)
    {
        switch (level)
        {
            case BudgetLevel.Bot:
                options.Budget.MonthlyLimitUsd = usd;
                break;
            case BudgetLevel.Tenant:
                options.Budget.TenantMonthlyLimitUsd = usd;
                break;
            case BudgetLevel.Workspace:
                options.Budget.WorkspaceMonthlyLimitUsd = usd;
                break;
            case BudgetLevel.User:
                options.Budget.UserMonthlyLimitUsd = usd;
                break;
            default:
                options.Budget.FeatureMonthlyLimitsUsd["text"] = usd;
                break;
        }
    }
}
