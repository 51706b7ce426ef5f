using DiscordIntel.Models;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Results;
using DiscordIntel.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Budgets;

/// <summary>The cheaper model near a limit.</summary>
internal sealed class DegradeTests
{
    private const string Cheaper = "gpt-5-nano";

    // What an answer of the usual model costs here, in dollars.
    private const decimal Cost = 0.01m;

    [Test]
    public async Task Call_BelowTheShare_GoesToTheModelAskedFor()
    {
        using RoadHost host = Host(0.05m);

        StepReceipt[] receipts = [await AskAsync(host), await AskAsync(host), await AskAsync(host), await AskAsync(host)];

        Assert.That(Models(host), Is.All.EqualTo(RoadAnswer.Model));
        Assert.That(receipts.SelectMany(receipt => receipt.Adjustments), Is.Empty);
    }

    [Test]
    public async Task Call_FromTheShareOn_GoesToTheCheaperModelAndSaysSo()
    {
        using RoadHost host = Host(0.0625m);
        for (int i = 0; i < 5; i++)
        {
            await AskAsync(host);
        }

        StepReceipt usual = await AskAsync(host);
        StepReceipt named = await AskAsync(host, new GenerationOptions { Model = "gpt-4o", Temperature = null });

        Assert.That(Models(host)[5..], Is.EqualTo(new[] { Cheaper, Cheaper }));
        Assert.That(usual.Adjustments[0], Is.EqualTo("gpt-5-nano used in place of gpt-6-luna: the bot's budget is spent to 80 % or more."));
        Assert.That(named.Adjustments[0], Does.StartWith("gpt-5-nano used in place of gpt-4o:"));
    }

    [Test]
    public async Task Call_ToTheCheaperModelAnyway_IsNoAdjustment()
    {
        using RoadHost host = Host(0);
        host.Handler.Then(200, RoadAnswer.Saying("Paris", model: Cheaper));

        StepReceipt receipt = await AskAsync(host, new GenerationOptions { Model = Cheaper.ToUpperInvariant() });

        Assert.That(receipt.Adjustments, Has.None.Contains("in place of"));
    }

    /// <summary>Near a limit nothing gets dearer, and what is free stays free.</summary>
    [TestCase("house-free", "0", "0")]
    [TestCase("house-cheap", "0.01", "0.05")]
    [TestCase("house-same", "0.05", "0.4")]
    public async Task Call_NamedModelThatCostsNoMore_KeepsIt(string model, decimal input, decimal output)
    {
        using RoadHost host = Host(0.0125m, options => options.Models.Catalog.Add(new ModelOverride { Id = model, InputPrice = input, OutputPrice = output }));
        await AskAsync(host);

        StepReceipt receipt = await AskAsync(host, new GenerationOptions { Model = model });

        Assert.That((Models(host)[^1], receipt.Adjustments.Any(text => text.Contains("in place of", StringComparison.Ordinal))), Is.EqualTo((model, false)));
    }

    [TestCase(BudgetLevel.Tenant, "the tenant's")]
    [TestCase(BudgetLevel.Workspace, "the workspace's")]
    [TestCase(BudgetLevel.User, "the user's")]
    [TestCase(BudgetLevel.Feature, "the feature's")]
    public async Task Call_NearAnyOfItsLimits_NamesWhose(BudgetLevel level, string whose)
    {
        using RoadHost host = Host(1_000, options =>
        {
            options.Budget.TenantMonthlyLimitUsd = level is BudgetLevel.Tenant ? 0.0125m : null;
            options.Budget.WorkspaceMonthlyLimitUsd = level is BudgetLevel.Workspace ? 0.0125m : null;
            options.Budget.UserMonthlyLimitUsd = level is BudgetLevel.User ? 0.0125m : null;
            if (level is BudgetLevel.Feature)
            {
                options.Budget.FeatureMonthlyLimitsUsd["TEXT"] = 0.0125m;
            }
        });
        await AskAsync(host);

        StepReceipt receipt = await AskAsync(host);

        Assert.That(receipt.Adjustments[0], Does.Contain(whose + " budget"));
        Assert.That(Models(host), Is.EqualTo(new[] { RoadAnswer.Model, Cheaper }));
    }

    /// <summary>What calls under way hold is as good as spent.</summary>
    [Test]
    public async Task Call_ReservedToTheShare_GoesToTheCheaperModel()
    {
        using RoadHost host = new(options => (options.Budget.DegradeTo, options.Budget.MonthlyLimitUsd) = (Cheaper, 0.005m), RoadLedger.Register);
        using var caller = new CancellationTokenSource();
        host.Handler.ThenStall().Then(200, RoadAnswer.Saying("Paris", model: Cheaper));

        Task<StepResult<string>> first = host.AskAsync(cancellationToken: caller.Token);
        await AskAsync(host, new GenerationOptions { MaxOutputTokens = 100 });
        await caller.CancelAsync();

        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Models(host), Is.EqualTo(new[] { RoadAnswer.Model, Cheaper }));
    }

    /// <summary>The answer of one model is not the answer of another: not even for the same question.</summary>
    [Test]
    public async Task Cache_OfADegradedCall_IsTheCheaperModels()
    {
        using RoadHost host = Host(0.0125m, options => options.Cache.FreeText = true);
        await AskAsync(host, prompt: "One?");

        StepReceipt degraded = await AskAsync(host, prompt: "One?");
        StepReceipt again = await AskAsync(host, prompt: "One?");

        Assert.That(Models(host), Is.EqualTo(new[] { RoadAnswer.Model, Cheaper }));
        Assert.That((degraded.FromCache, again.FromCache, again.Adjustments[0].StartsWith("gpt-5-nano used in place of", StringComparison.Ordinal)), Is.EqualTo((false, true, true)));
    }

    private static RoadHost Host(decimal limit, Action<DiscordIntelOptions>? configure = null)
    {
        var host = new RoadHost(
            options =>
            {
                (options.Budget.DegradeTo, options.Budget.MonthlyLimitUsd) = (Cheaper, limit);
                configure?.Invoke(options);
            },
            RoadLedger.Register);
        host.Handler.Then(200, RoadAnswer.Saying("Paris", usage: $$"""{"prompt_tokens":10,"completion_tokens":5,"cost":{{Cost}}}"""));
        return host;
    }

    private static async Task<StepReceipt> AskAsync(RoadHost host, GenerationOptions? generation = null, string prompt = "What?") => (await host.AskAsync(prompt, generation)).Receipt;

    private static string[] Models(RoadHost host) => [.. host.Handler.Requests.Select(request => request.Json.GetProperty("model").GetString()!)];
}
