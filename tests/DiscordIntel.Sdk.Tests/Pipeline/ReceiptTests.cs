using DiscordIntel.Models;
using DiscordIntel.Results;
using DiscordIntel.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline;

internal sealed class ReceiptTests
{
    [Test]
    public async Task Receipt_UsageAndListPrice_GiveTheCost()
    {
        using var host = new RoadHost();
        host.Handler.Then(
            200,
            RoadAnswer.Saying("Paris", usage: """{"prompt_tokens":1000,"completion_tokens":200,"prompt_tokens_details":{"cached_tokens":400,"cache_write_tokens":100},"completion_tokens_details":{"reasoning_tokens":50}}"""),
            ("x-request-id", "req_1"));

        StepReceipt receipt = (await host.AskAsync()).Receipt;

        Assert.Multiple(() =>
        {
            // gpt-6-luna, dollars a million: 0.10 in, 0.01 cached, 0.125 written to the cache, 0.50 out.
            Assert.That(receipt.Cost, Is.EqualTo(((500 * 0.1m) + (400 * 0.01m) + (100 * 0.125m) + (200 * 0.5m)) / 1_000_000m));
            Assert.That((receipt.InputTokens, receipt.CachedInputTokens, receipt.OutputTokens, receipt.ReasoningTokens), Is.EqualTo(((long?)1000, (long?)400, (long?)200, (long?)50)));
            Assert.That((receipt.Provider, receipt.Model, receipt.RequestId, receipt.Attempts, receipt.CostIsEstimated), Is.EqualTo(("openai", "gpt-6-luna", "req_1", 1, false)));
            Assert.That((receipt.Adjustments.Count, receipt.Warnings.Count), Is.EqualTo((0, 0)));
        });
    }

    [TestCase("""{"prompt_tokens":10,"completion_tokens":5,"cost":0.25}""", "gpt-6-luna", "0.25")]
    [TestCase("""{"prompt_tokens":10,"completion_tokens":5,"cost":0}""", "gpt-6-luna", "0")]
    [TestCase("""{"prompt_tokens":10,"completion_tokens":5,"cost":0.25}""", "unheard-of", "0.25")]
    [TestCase("""{"prompt_tokens":1000000,"completion_tokens":0}""", "gpt-4o-2024-08-06", "2.5")]
    public async Task Receipt_Cost_IsTheProvidersThenTheListPrice(string? usage, string model, string cost)
    {
        using var host = new RoadHost();
        host.Handler.Then(200, RoadAnswer.Saying("Paris", usage: usage, model: model));

        StepResult<string> result = await host.AskAsync();

        Assert.That(result.Value, Is.EqualTo("Paris"));
        Assert.That(result.Receipt.Cost, Is.EqualTo(decimal.Parse(cost, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.That(result.Receipt.CostIsEstimated, Is.False);
    }

    [Test]
    public async Task Receipt_AnsweredUnderAnUnknownName_CostsWhatTheModelAskedForDoes()
    {
        using var host = new RoadHost();
        host.Handler.Then(200, RoadAnswer.Saying("Paris", usage: """{"prompt_tokens":10,"completion_tokens":5}""", model: "unheard-of"));

        StepReceipt receipt = (await host.AskAsync()).Receipt;

        Assert.That((receipt.Cost, receipt.CostIsEstimated), Is.EqualTo(((decimal?)0.0000035m, true)));
    }

    // "What is the capital of France?" is 30 bytes; 16 for the message and 16 for the start; written to the cache at 0.125. 4000 tokens of output at 0.50. Twice on the dearest tier.
    [TestCase("""{"prompt_tokens":10}""")]
    [TestCase(null)]
    [TestCase("""{"prompt_tokens":9223372036854775807,"completion_tokens":9223372036854775807}""")]
    public async Task Receipt_NoUsage_CostsTheMostItCan(string? usage)
    {
        using var host = new RoadHost();
        host.Handler.Then(200, RoadAnswer.Saying("Paris", usage: usage));

        StepReceipt receipt = (await host.AskAsync()).Receipt;

        Assert.That((receipt.Cost, receipt.CostIsEstimated), Is.EqualTo(((decimal?)(2 * ((62 * 0.125m) + (4000 * 0.5m)) / 1_000_000m), true)));
    }

    [Test]
    public async Task Receipt_NoPriceAndNoBudget_CostIsUnknown()
    {
        using var host = new RoadHost(options => (options.Models.Text, options.Budget.MonthlyLimitUsd) = ("unheard-of", null));
        host.Handler.Then(200, RoadAnswer.Saying("Paris", model: "unheard-of"));

        StepReceipt receipt = (await host.AskAsync()).Receipt;

        Assert.That((receipt.Cost, receipt.CostIsEstimated, receipt.Attempts), Is.EqualTo(((decimal?)null, false, 1)));
    }

    [Test]
    public async Task Receipt_NoModelInTheAnswer_NamesTheOneAskedFor()
    {
        using var host = new RoadHost();
        host.Handler.Then(200, RoadAnswer.Saying("Paris", model: ""));

        StepReceipt receipt = (await host.AskAsync()).Receipt;

        Assert.That((receipt.Model, receipt.Cost), Is.EqualTo(("gpt-6-luna", (decimal?)0.0000035m)));
    }

    [Test]
    public async Task Receipt_RefusedAnswer_HasItsCost()
    {
        using var host = new RoadHost();
        host.Handler.Then(200, RoadAnswer.Chat("""{"content":null,"refusal":"No."}"""));

        StepResult<string> result = await host.AskAsync();

        Assert.That((result.Error!.Kind, result.Receipt.Cost), Is.EqualTo((StepErrorKind.Refused, (decimal?)0.0000035m)));
    }

    [Test]
    public async Task Receipt_WhatTheModelWouldRefuse_IsToldAsAdjustment()
    {
        using var host = new RoadHost();
        host.Handler.Then(200, RoadAnswer.Saying("Paris", model: "gpt-5-mini"));

        StepReceipt receipt = (await host.AskAsync(generation: new GenerationOptions { Model = "gpt-5-mini", Temperature = 0.3f, MaxOutputTokens = 999_999 })).Receipt;

        Assert.That(receipt.Adjustments, Is.EqualTo(new[]
        {
            "temperature 0.3 not sent: for gpt-5-mini it is fixed.",
            "max output tokens lowered from 999999 to 128000, the most that gpt-5-mini gives.",
        }));
        Assert.That(host.Handler.Requests[0].Json.TryGetProperty("temperature", out _), Is.False);
        Assert.That(host.Handler.Requests[0].Json.GetProperty("max_completion_tokens").GetInt32(), Is.EqualTo(128000));
    }

    [Test]
    public async Task Receipt_ModelAboutToEnd_WarnsEachTimeAndLogsOnce()
    {
        using var host = new RoadHost(options => options.Models.Text = "gpt-4o");
        host.Handler.Then(200, RoadAnswer.Saying("Paris", model: "gpt-4o"));

        StepReceipt[] receipts = [(await host.AskAsync()).Receipt, (await host.AskAsync()).Receipt];

        Assert.That(receipts.Select(receipt => receipt.Warnings.Single()), Is.All.StartsWith("gpt-4o will be shut down on 2027-01-14, in 52 days: use "));
        Assert.That(host.Log.Lines.Count(line => line.Id.Id == 300), Is.EqualTo(1));
    }

    [Test]
    public async Task Receipt_AfterA429_IsNotEstimated()
    {
        using var host = new RoadHost();
        host.Handler.Then(429, "").Then(200, RoadAnswer.Saying("Paris"));

        Assert.That((await host.AskAsync()).Receipt.CostIsEstimated, Is.False);
    }

    /// <summary>What was refused is not billed, and that is known.</summary>
    [Test]
    public async Task Receipt_OnlyRefusedRequests_TakeNothing([Values(400, 401, 404, 413, 429)] int status)
    {
        using var host = new RoadHost();
        host.Handler.Then(status, "").Then(status, "").Then(status, "");

        StepReceipt receipt = (await host.AskAsync()).Receipt;

        Assert.That(receipt.Attempts, Is.EqualTo(host.Handler.Requests.Count).And.GreaterThan(0));
        Assert.That(
            (receipt.InputTokens, receipt.CachedInputTokens, receipt.OutputTokens, receipt.ReasoningTokens, receipt.Cost, receipt.CostIsEstimated),
            Is.EqualTo(((long?)0, (long?)0, (long?)0, (long?)0, (decimal?)0, false)));
    }

    /// <summary>What was taken in and not answered may be billed: that is not nothing.</summary>
    [Test]
    public async Task Receipt_ARequestAmongThemThatMayBeBilled_CostsTheMostItCan()
    {
        using var host = new RoadHost();
        host.Handler.Then(500, "").Then(400, "");

        StepReceipt receipt = (await host.AskAsync()).Receipt;

        Assert.That(
            (receipt.Attempts, receipt.InputTokens, receipt.OutputTokens, receipt.Cost > 0, receipt.CostIsEstimated),
            Is.EqualTo((2, (long?)null, (long?)null, true, true)));
    }

    [Test]
    public async Task Receipt_AfterA500_IsEstimated()
    {
        using var host = new RoadHost();
        host.Handler.Then(500, "").Then(200, RoadAnswer.Saying("Paris"));

        Assert.That((await host.AskAsync()).Receipt.CostIsEstimated, Is.True);
    }

    /// <summary>What was never sent is not billed.</summary>
    [Test]
    public async Task Receipt_AfterAConnectionThatWasNeverMade_IsNotEstimated()
    {
        using var host = new RoadHost();
        host.Handler.Then(new HttpRequestException(HttpRequestError.ConnectionError, "refused")).Then(200, RoadAnswer.Saying("Paris"));

        StepReceipt receipt = (await host.AskAsync()).Receipt;

        Assert.That((receipt.CostIsEstimated, receipt.Attempts), Is.EqualTo((false, 2)));
    }

    [Test]
    public async Task Receipt_AfterAnAnswerThatBrokeOff_IsEstimated()
    {
        using var host = new RoadHost();
        host.Handler.Then(new HttpRequestException(HttpRequestError.ResponseEnded, "ended")).Then(200, RoadAnswer.Saying("Paris"));

        Assert.That((await host.AskAsync()).Receipt.CostIsEstimated, Is.True);
    }

    [Test]
    public async Task Receipt_RequestThatOurOwnChecksRefuse_NamesNoProviderAndNoAttempt()
    {
        using var host = new RoadHost();

        StepResult<string> result = await host.AskAsync(generation: new GenerationOptions { ReasoningEffort = "minimal" });

        Assert.That((result.Error!.Kind, result.Error.Message), Is.EqualTo(
            (StepErrorKind.InvalidRequest, "The model gpt-6-luna takes no reasoning effort 'minimal'. It takes: none, low, medium, high, xhigh, max.")));
        Assert.That((result.Receipt.Attempts, result.Receipt.Provider, host.Handler.Requests.Count), Is.EqualTo((0, (string?)null, 0)));
    }

    [Test]
    public async Task Receipt_PriceFromTheConfiguration_Counts()
    {
        using var host = new RoadHost(options => options.Models.Catalog.Add(new ModelOverride { Id = "own", InputPrice = 1, OutputPrice = 2 }));
        host.Handler.Then(200, RoadAnswer.Saying("Paris", model: "own"));

        Assert.That((await host.AskAsync(generation: new GenerationOptions { Model = "own" })).Receipt.Cost, Is.EqualTo(0.00002m));
    }
}
