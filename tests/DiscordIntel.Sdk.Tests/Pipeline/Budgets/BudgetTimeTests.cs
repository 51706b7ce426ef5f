using DiscordIntel.Models;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Results;
using DiscordIntel.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Budgets;

/// <summary>Money where time runs out: cancelled calls, deadlines, the end of a month.</summary>
internal sealed class BudgetTimeTests
{
    private const long Most = 2 * ((62 * 125) + (4_000 * 500));
    private const long Exact = (10 * 100) + (5 * 500);

    private static readonly BudgetAccount Tenant = BudgetAccount.OfTenant(RoadHost.Scope.Tenant);

    [Test]
    public async Task Cancelled_AfterTheSend_CountsTheMostItCanHaveCost()
    {
        using RoadHost host = Host();
        using var caller = new CancellationTokenSource();
        host.Handler.ThenStall();

        Task<StepResult<string>> call = host.AskAsync(cancellationToken: caller.Token);
        Assert.That(await RoadLedger.Of(host).BalanceAsync(Tenant), Is.EqualTo((0L, Most, 0L, 0L)), "held while it is under way");
        await caller.CancelAsync();

        Assert.That(async () => await call, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await RoadLedger.Of(host).BalanceAsync(Tenant), Is.EqualTo((Most, 0L, 0L, 0L)));
    }

    [Test]
    public async Task Cancelled_BetweenReservationAndSend_CostsNothing()
    {
        using RoadHost host = Host();
        using var caller = new CancellationTokenSource();
        RoadLedger.Of(host).After = (what, _) => what == RoadLedger.Reserve ? caller.CancelAsync() : Task.CompletedTask;

        Assert.That(async () => await host.AskAsync(cancellationToken: caller.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(RoadLedger.Of(host).Journal.Select(entry => entry.What), Is.EqualTo(new[] { RoadLedger.Reserve, RoadLedger.Release }));
        Assert.That(await RoadLedger.Of(host).BalanceAsync(Tenant), Is.EqualTo((0L, 0L, 0L, 0L)));
        Assert.That(host.Handler.Requests, Is.Empty);
    }

    /// <summary>The ledger was slow, and nothing is sent for a call that is over.</summary>
    [Test]
    public async Task Deadline_PassedDuringTheReservation_SendsNothingAndCostsNothing()
    {
        using RoadHost host = Host();
        RoadLedger.Of(host).After = (what, _) =>
        {
            host.Time.Advance(what == RoadLedger.Reserve ? TimeSpan.FromSeconds(5) : TimeSpan.Zero);
            return Task.CompletedTask;
        };

        StepResult<string> result = await host.AskAsync(generation: new GenerationOptions { Timeout = TimeSpan.FromSeconds(5) });

        Assert.That((result.Error!.Kind, result.Error.IsRetryable, result.Receipt.Attempts), Is.EqualTo((StepErrorKind.Timeout, true, 0)));
        Assert.That(await RoadLedger.Of(host).BalanceAsync(Tenant), Is.EqualTo((0L, 0L, 0L, 0L)));
        Assert.That(host.Handler.Requests, Is.Empty);
    }

    /// <summary>What came before took all the time: then there is nothing to reserve.</summary>
    [Test]
    public async Task Deadline_PassedBeforeTheReservation_ReservesNothing()
    {
        using RoadHost host = Host(options => options.Budget.DegradeTo = "gpt-5-nano");
        RoadLedger.Of(host).Before = (what, _) =>
        {
            host.Time.Advance(what == RoadLedger.Read ? TimeSpan.FromMinutes(3) : TimeSpan.Zero);
            return Task.CompletedTask;
        };

        StepResult<string> result = await host.AskAsync();

        Assert.That((result.Error!.Kind, result.Receipt.Attempts, RoadLedger.Of(host).Journal.Count), Is.EqualTo((StepErrorKind.Timeout, 0, 0)));
        Assert.That(host.Handler.Requests, Is.Empty);
    }

    /// <summary>The month of its start pays, and a retry starts anew.</summary>
    [Test]
    public async Task MonthBorder_CallAcrossIt_IsBookedWhereEachAttemptBegan()
    {
        using RoadHost host = Host();
        host.Time.SetUtcNow(new DateTimeOffset(2026, 11, 30, 23, 59, 58, TimeSpan.Zero));
        host.Handler.Then(() => Later(500, "")).Then(() => Later(200, RoadAnswer.Saying("Paris")));

        StepReceipt receipt = (await host.AskAsync()).Receipt;

        RoadLedger ledger = RoadLedger.Of(host);
        var november = BudgetMonth.Of(RoadHost.Start);
        Assert.That((await ledger.BalanceAsync(Tenant, november), await ledger.BalanceAsync(Tenant)), Is.EqualTo(((Most, 0L, 0L, 0L), (Exact, 0L, 0L, 0L))));
        Assert.That(receipt.Cost, Is.EqualTo(ModelPrice.ToUsd(Most + Exact)));

        HttpResponseMessage Later(int status, string body)
        {
            host.Time.Advance(TimeSpan.FromSeconds(3));
            return RoadAnswer.Of(status, System.Text.Encoding.UTF8.GetBytes(body));
        }
    }

    private static RoadHost Host(Action<DiscordIntelOptions>? configure = null) => new(configure, RoadLedger.Register);
}
