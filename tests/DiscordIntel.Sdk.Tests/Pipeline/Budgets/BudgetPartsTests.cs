using DiscordIntel.Analysis;
using DiscordIntel.Models;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Results;
using DiscordIntel.Structured;
using DiscordIntel.Tests.Analysis.LongContent;
using DiscordIntel.Tests.Structured;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Budgets;

/// <summary>Steps of several requests: each of them is reserved and settled, and the step's receipt is their sum.</summary>
internal sealed class BudgetPartsTests : LongFixture
{
    private const string OutOfRange = """{"winner":"Mara","score":11,"margin":"Clear","note":null,"weight":null}""";

    [Test]
    public async Task ReAsk_BothTurns_AreBooked()
    {
        Emulator.Enqueue(Completion(OutOfRange, 100, 10), Completion(Ruling.Lawful, 150, 20));

        StepReceipt receipt = (await Get<StructuredOutputClient>().GenerateAsync<Ruling>("Who won?", Scope)).Receipt;

        Assert.That(receipt.Attempts, Is.EqualTo(2));
        Assert.That(await BookedAsync(), Is.EqualTo(((250L * 100) + (30 * 500), 0L)));
        Assert.That(receipt.Cost, Is.EqualTo(ModelPrice.ToUsd((250 * 100) + (30 * 500))));
    }

    /// <summary>The first turn is paid; what is left covers no second one.</summary>
    [Test]
    public async Task ReAsk_BeyondTheBudget_IsRefusedAndTheFirstTurnIsBooked()
    {
        // The first turn costs nearly all that it reserved.
        Configure(options => options.Budget.MonthlyLimitUsd = 0.005m);
        Emulator.Enqueue(Completion(OutOfRange, 1_000, 4_000), Completion(Ruling.Lawful));

        StepResult<Ruling> result = await Get<StructuredOutputClient>().GenerateAsync<Ruling>("Who won?", Scope);

        Assert.That((result.Error!.Kind, Emulator.Requests.Count, result.Receipt.Attempts), Is.EqualTo((StepErrorKind.BudgetExceeded, 1, 1)));
        Assert.That(await BookedAsync(), Is.EqualTo(((1_000L * 100) + (4_000 * 500), 0L)));
        Assert.That(result.Receipt.Cost, Is.EqualTo(ModelPrice.ToUsd((1_000 * 100) + (4_000 * 500))));
    }

    [Test]
    public async Task LongAnalysis_EveryPart_IsBooked()
    {
        Cut();

        StepReceipt receipt = (await ReadAsync(Turns)).Receipt;

        Assert.That(receipt.Attempts, Is.EqualTo(Emulator.Requests.Count).And.GreaterThan(4));
        await ExpectBookedAsync(receipt);
    }

    [Test]
    public async Task LongAnalysis_PartsThatAreRefused_AreBookedWithTheOthers()
    {
        Cut();
        Refuse(2, 3);

        StepReceipt receipt = (await ReadAsync(Turns)).Receipt;

        Assert.That(receipt.Attempts, Is.GreaterThan(4));
        await ExpectBookedAsync(receipt);
    }

    [Test]
    public async Task LongAnalysis_BudgetForAFewParts_IsNeverOverspent()
    {
        const decimal Limit = 0.01m;
        Cut(parallel: 2);
        Configure(options =>
        {
            options.Analysis.PartTokens = 100;
            options.Analysis.OverlapTokens = 0;
            options.Budget.TenantMonthlyLimitUsd = Limit;
            options.OpenAI.PrimaryHandler = Road.CreateHandler;
        });
        Road.Answer = (_, _) => Task.FromResult<HttpResponseMessage?>(new(System.Net.HttpStatusCode.BadGateway));

        StepResult<ContentAnalysis> result = await ReadAsync(Turns);

        Assert.That((result.IsSuccess, result.Receipt.Cost is > 0 and <= Limit), Is.EqualTo((false, true)));
        await ExpectBookedAsync(result.Receipt);
    }

    private async Task ExpectBookedAsync(StepReceipt receipt)
    {
        (long spent, long reserved) = await BookedAsync();
        Assert.That((spent, reserved), Is.EqualTo(((long)(receipt.Cost!.Value * ModelPrice.NanoUsdPerUsd), 0L)));
        Assert.That(spent, Is.Positive);
    }

    private async Task<(long Spent, long Reserved)> BookedAsync()
    {
        BudgetBalance balance = await Get<IBudgetLedger>().ReadAsync(BudgetAccount.OfTenant(Scope.Tenant), BudgetMonth.Of(Time.GetUtcNow()), CancellationToken.None);
        return (balance.SpentNanoUsd, balance.ReservedNanoUsd);
    }
}
