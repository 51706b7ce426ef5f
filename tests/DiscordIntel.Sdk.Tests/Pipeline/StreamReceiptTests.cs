using DiscordIntel.Models;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Results;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using static DiscordIntel.Tests.Support.RoadEvents;

namespace DiscordIntel.Tests.Pipeline;

/// <summary>What a stream took: told in its last element, booked in the ledger however it ended.</summary>
internal sealed class StreamReceiptTests
{
    // "What is the capital of France?" is 30 bytes; 16 for the message and 16 for the start; written to the cache at 0.125. Output at 0.50. Twice on the dearest tier.
    private const decimal Input = 62 * 0.125m * 2 / 1_000_000m;
    private const decimal OneByte = 0.5m * 2 / 1_000_000m;
    private const decimal All = Input + (4000 * OneByte);

    private static IEnumerable<TestCaseData> Bills()
    {
        string begun = Role + Piece("Par") + Piece("is");
        string usage = """data: {"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5}}""" + "\n\n";
        string cost = """data: {"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5,"cost":0.0025}}""" + "\n\n";
        yield return Case("whole", Whole("Paris"), 0.0000035m, false);
        yield return Case("whole_with_the_providers_own_cost", begun + Finish() + cost + Done, 0.0025m, false);
        yield return Case("whole_without_usage", begun + Finish() + Done, Input + (5 * OneByte), true);
        yield return Case("cut_off", begun, Input + (5 * OneByte), true);
        yield return Case("cut_off_after_its_usage", begun + usage, 0.0000035m, false);
        yield return Case("cut_off_after_its_cost", begun + cost, 0.0025m, false);
        yield return Case("cut_off_before_its_text_after_its_usage", Role + usage, 0.0000035m, false);
        yield return Case("cut_off_before_its_text", Role, All, true);
        yield return Case("error_after_text", begun + ServerError, Input + (5 * OneByte), true);
        yield return Case("error_before_text", ServerError, All, true);
        yield return Case("cut_off_in_wide_text", Piece("\u2014\u2014"), Input + (6 * OneByte), true);
        yield return Case("cut_off_after_more_than_was_reserved", Piece(new string('a', 5000)), All, true);
        yield return Case("refused", Refusal("No.") + Finish() + usage + Done, 0.0000035m, false);
        yield return Case("too_long", begun + Finish("length") + usage + Done, 0.0000035m, false);

        static TestCaseData Case(string name, string events, decimal cost, bool estimated) =>
            new TestCaseData(events, cost, estimated).SetName($"Receipt_{name}_CostsWhatItShows");
    }

    [TestCaseSource(nameof(Bills))]
    public async Task Receipt_Stream_IsWhatTheLedgerBooked(string events, decimal cost, bool estimated)
    {
        using var host = new RoadHost(options => options.Resilience.MaxAttempts = 1);
        host.Handler.ThenEvents(events);

        StepReceipt receipt = (await host.StreamAsync().ToListAsync())[^1].Receipt;

        Assert.That((receipt.Cost, receipt.CostIsEstimated), Is.EqualTo(((decimal?)cost, estimated)));
        Assert.That(await BalanceAsync(host), Is.EqualTo(new BudgetBalance { SpentNanoUsd = (long)(cost * 1_000_000_000m) }));
    }

    /// <summary>What a reader leaves is charged as far as it came, and so is one whose caller gives it up.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public async Task Ledger_LeftAfterAPiece_IsChargedForItsInputAndThatPiece(bool cancelled)
    {
        using var host = new RoadHost();
        using var caller = new CancellationTokenSource();
        host.Handler.ThenEvents(Whole("Par", "is"));
        await using (IAsyncEnumerator<StepResult<StreamChunk>> stream = host.StreamAsync(cancellationToken: caller.Token).GetAsyncEnumerator())
        {
            await stream.MoveNextAsync();
            Assert.That((await BalanceAsync(host)).ReservedNanoUsd, Is.EqualTo((long)(All * 1_000_000_000m)), "held while it runs");
            if (cancelled)
            {
                await caller.CancelAsync();
                Assert.That(async () => await stream.MoveNextAsync(), Throws.InstanceOf<OperationCanceledException>());
            }
        }

        Assert.That(await BalanceAsync(host), Is.EqualTo(new BudgetBalance { SpentNanoUsd = (long)((Input + (3 * OneByte)) * 1_000_000_000m) }));
    }

    /// <summary>Hidden reasoning may have been billed: nobody sees how much.</summary>
    [TestCase(null, true)]
    [TestCase("low", true)]
    [TestCase("none", false)]
    public async Task Receipt_CutOffWhereTheModelMayReason_CostsTheMostItCan(string? effort, bool reasons)
    {
        using var host = new RoadHost(options => options.Models.Catalog.Add(new ModelOverride
        {
            Id = "own", InputPrice = 0.125m, OutputPrice = 0.5m, ReasoningEfforts = reasons ? ["low"] : ["none", "low"],
        }));
        host.Handler.ThenEvents(Role + Piece("Par"));

        StepReceipt receipt = (await host.StreamAsync(generation: new GenerationOptions { Model = "own", ReasoningEffort = effort }).ToListAsync())[^1].Receipt;

        decimal most = ((62 * 0.125m) + (4000 * 0.5m)) / 1_000_000m;
        Assert.That((receipt.Cost, receipt.CostIsEstimated), Is.EqualTo(((decimal?)(reasons ? most : ((62 * 0.125m) + (3 * 0.5m)) / 1_000_000m), true)));
    }

    [Test]
    public async Task Receipt_FailedAttemptsBefore_CostToo()
    {
        using var host = new RoadHost();
        host.Handler.Then(429, "").ThenEvents(Role).ThenEvents(Whole("Paris"));

        StepReceipt receipt = (await host.StreamAsync().ToListAsync())[^1].Receipt;

        Assert.That((receipt.Attempts, receipt.Cost, receipt.CostIsEstimated), Is.EqualTo((3, (decimal?)(All + 0.0000035m), true)));
        Assert.That(await BalanceAsync(host), Is.EqualTo(new BudgetBalance { SpentNanoUsd = (long)((All + 0.0000035m) * 1_000_000_000m) }));
    }

    [Test]
    public async Task Receipt_RefusedByStatus_IsReleased()
    {
        using var host = new RoadHost();
        host.Handler.Then(400, RoadAnswer.Error("no"));

        StepReceipt receipt = (await host.StreamAsync().ToListAsync()).Single().Receipt;

        Assert.That((receipt.Attempts, receipt.Cost, receipt.CostIsEstimated, receipt.TimeToFirstChunk), Is.EqualTo((1, (decimal?)0, false, (TimeSpan?)null)));
        Assert.That(await BalanceAsync(host), Is.EqualTo(default(BudgetBalance)));
    }

    [Test]
    public async Task Receipt_Everything_IsTold()
    {
        using var host = new RoadHost();
        host.Handler.Then(503, "").Then(async _ =>
        {
            host.Time.Advance(TimeSpan.FromSeconds(3));
            await Task.CompletedTask;
            return RoadAnswer.Of(
                200,
                new StreamContent(new RoadBody().Then((Role + Piece("Par")).Replace("gpt-6-luna", "gpt-5-mini", StringComparison.Ordinal)).Then(_ =>
                {
                    host.Time.Advance(TimeSpan.FromSeconds(4));
                    return new(System.Text.Encoding.UTF8.GetBytes(
                        Finish() + """data: {"choices":[],"usage":{"prompt_tokens":100,"completion_tokens":50,"prompt_tokens_details":{"cached_tokens":40},"completion_tokens_details":{"reasoning_tokens":20}}}""" + "\n\n" + Done));
                })),
                ("content-type", "text/event-stream"), ("x-request-id", "req_1"));
        });

        List<StepResult<StreamChunk>> chunks = await host.StreamAsync(generation: new GenerationOptions { Model = "gpt-5-mini", Temperature = 0.3f }).ToListAsync();

        StepReceipt receipt = chunks[^1].Receipt;
        Assert.That(chunks[0].Receipt, Is.SameAs(StepReceipt.None), "the account comes at the end");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((receipt.Provider, receipt.Model, receipt.RequestId, receipt.Attempts, receipt.FromCache), Is.EqualTo(("openai", "gpt-5-mini", "req_1", 2, false)));
            Assert.That(
                (receipt.InputTokens, receipt.CachedInputTokens, receipt.OutputTokens, receipt.ReasoningTokens),
                Is.EqualTo(((long?)100, (long?)40, (long?)50, (long?)20)));
            Assert.That((receipt.TimeToFirstChunk, receipt.Elapsed), Is.EqualTo(((TimeSpan?)TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(7))));
            Assert.That(receipt.Adjustments, Is.EqualTo(new[] { "temperature 0.3 not sent: for gpt-5-mini it is fixed." }));
            Assert.That(receipt.CostIsEstimated, Is.True, "the 503 may have been billed");
        }
    }

    private static ValueTask<BudgetBalance> BalanceAsync(RoadHost host) =>
        host.Services.GetRequiredService<IBudgetLedger>().ReadAsync(BudgetAccount.Bot, BudgetMonth.Of(RoadHost.Start), CancellationToken.None);
}
