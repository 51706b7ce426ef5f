using DiscordIntel.Analysis;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Results;
using DiscordIntel.Testing;
using DiscordIntel.Tests.Structured;
using DiscordIntel.Tests.Support;
using DiscordIntel.Usage;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using NSubstitute.ExceptionExtensions;
using NUnit.Framework;

namespace DiscordIntel.Tests.Usage;

/// <summary>The figures of a month, against calls whose course is known.</summary>
internal sealed class UsageClientTests
{
    private const string Unlimited = "DiscordIntel:Limits:RequestsPerMinute";

    [Test]
    public async Task GetAsync_NoCalls_IsAllZeroesAndNoDurations()
    {
        using var host = new CallHost();
        UsageReport report = await host.ReportAsync();
        Assert.That(report.Month.ToString(), Is.EqualTo("2026-11"));
        Assert.That((report.Spent, report.Reserved, report.Calls, report.Succeeded, report.Failed, report.Cancelled, report.CacheHits), Is.EqualTo((0m, 0m, 0, 0, 0, 0, 0)));
        Assert.That((report.AverageDuration, report.Percentile95Duration), Is.EqualTo(((TimeSpan?)null, (TimeSpan?)null)));
        Assert.That(report.Errors, Is.Empty);
        Assert.That(report.TopUsers.Concat(report.TopFeatures), Is.Empty);
    }

    [Test]
    public async Task GetAsync_EveryOutcome_IsCountedAsWhatItWas()
    {
        using var host = new CallHost();
        host.Emulator.Enqueue(Billed(1000, 100), EmulatorReply.Refusal("No."), EmulatorReply.ContextTooLong());
        StepResult<Ruling> answered = await host.RuleAsync("First.");
        StepResult<Ruling> refused = await host.RuleAsync("Second.");
        await host.RuleAsync("Third.");
        await host.RuleAsync("First.");
        using var gone = new CancellationTokenSource();
        Task arrived = host.Handler.HoldUntil(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None));
        Task<StepResult<Ruling>> left = host.RuleAsync("Fourth.", cancellationToken: gone.Token);
        await arrived;
        await gone.CancelAsync();
        Assert.That(async () => await left, Throws.InstanceOf<OperationCanceledException>());

        UsageReport report = await host.ReportAsync();

        Assert.That((report.Calls, report.Succeeded, report.Failed, report.Cancelled, report.CacheHits), Is.EqualTo((5, 2, 2, 1, 1)));
        Assert.That(report.Errors, Is.EquivalentTo(new Dictionary<StepErrorKind, long> { [StepErrorKind.Refused] = 1, [StepErrorKind.ContextTooLong] = 1 }));
        Assert.That(report.InputTokens, Is.EqualTo(answered.Receipt.InputTokens + refused.Receipt.InputTokens));
        Assert.That(report.OutputTokens, Is.EqualTo(answered.Receipt.OutputTokens + refused.Receipt.OutputTokens));
        Assert.That(report.Spent, Is.GreaterThan((answered.Receipt.Cost + refused.Receipt.Cost)!), "the call that was given up may be billed: the most it can cost counts");
        Assert.That(report.TopUsers.Single().Cost, Is.EqualTo(report.Spent));
        Assert.That(report.TopFeatures.Single(), Is.EqualTo(new UsageLine { Name = "structured.generate", Calls = 5, Cost = report.Spent }));
    }

    [Test]
    public async Task GetAsync_CallUnderWay_IsReservedAndNotSpent()
    {
        using var host = new CallHost();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task arrived = host.Handler.HoldUntil(release.Task);
        Task<StepResult<Ruling>> call = host.RuleAsync();
        await arrived;
        UsageReport during = await host.ReportAsync();
        Assert.That((during.Spent, during.Reserved > 0, during.Calls), Is.EqualTo((0m, true, 0)));
        Assert.That((await host.Usage.GetBotAsync()).ValueOrThrow().Reserved, Is.EqualTo(during.Reserved));

        release.SetResult();
        decimal? cost = (await call).Receipt.Cost;
        UsageReport after = await host.ReportAsync();
        Assert.That((after.Spent, after.Reserved, after.Calls), Is.EqualTo((cost, 0m, 1)));
        Assert.That(after.Spent, Is.LessThan(during.Reserved));
    }

    [Test]
    public async Task GetAsync_Durations_AreTheMeanAndTheTimeOfNinetyFiveInAHundred()
    {
        using var host = new CallHost((Unlimited, null));
        for (int seconds = 1; seconds <= 40; seconds++)
        {
            TimeSpan duration = TimeSpan.FromSeconds(seconds);
            host.Handler.Before = _ =>
            {
                host.Time.Advance(duration);
                return Task.CompletedTask;
            };
            Assert.That((await host.RuleAsync($"{seconds}")).Receipt.Elapsed, Is.EqualTo(duration));
        }

        UsageReport report = await host.ReportAsync();
        Assert.That(report.AverageDuration, Is.EqualTo(TimeSpan.FromSeconds(20.5)));
        Assert.That(report.Percentile95Duration!.Value.TotalSeconds, Is.InRange(38, 38 * 1.02));
    }

    [Test]
    public async Task GetAsync_ManyUsersAndFeatures_NamesTheTenDearestFirst()
    {
        using var host = new CallHost((Unlimited, null));
        for (uint user = 1; user <= 12; user++)
        {
            host.Emulator.Enqueue(Billed(1000 * (int)user, 10));
            Assert.That((await host.RuleAsync($"Of {user}", IntelScope.Guild(11, 12, user))).IsSuccess, Is.True);
        }

        await host.Text.CompleteAsync("Hello", CallHost.Scope);
        await host.AnalyzeAsync("Mara: Trams are free.", AnalysisKind.Sentiment, IntelScope.Guild(11, 12, 12));

        UsageReport report = await host.ReportAsync();

        Assert.That(report.TopUsers, Has.Count.EqualTo(10));
        Assert.That(report.TopUsers.Select(line => line.Name).Take(5), Is.EqualTo(new[] { "12", "11", "10", "9", "8" }));
        Assert.That(report.TopUsers.Select(line => line.Cost), Is.Ordered.Descending);
        Assert.That(report.TopUsers[0].Calls, Is.EqualTo(2));
        Assert.That(report.TopFeatures.Select(line => (line.Name, line.Calls)), Is.EquivalentTo(new[] { ("structured.generate", 12L), ("text.complete", 1L), ("analysis.sentiment", 1L) }));
        Assert.That(report.TopFeatures[0].Name, Is.EqualTo("structured.generate"));
        Assert.That(report.TopFeatures.Sum(line => line.Cost), Is.EqualTo(report.Spent));
    }

    [Test]
    public async Task GetBotAsync_SeveralTenants_IsTheirSumWithoutTheirUsers()
    {
        using var host = new CallHost();
        await host.RuleAsync(scope: IntelScope.Guild(1, 1, 7));
        await host.RuleAsync(scope: IntelScope.Guild(2, 1, 8));
        await host.RuleAsync(scope: IntelScope.DirectMessage(7));
        host.Emulator.Enqueue(EmulatorReply.Refusal("No."));
        await host.RuleAsync("Again.", IntelScope.Guild(2, 1, 8));

        UsageReport[] tenants = [await host.ReportAsync("1"), await host.ReportAsync("2"), await host.ReportAsync("dm:7")];
        UsageReport bot = (await host.Usage.GetBotAsync()).ValueOrThrow();

        Assert.That(tenants.Select(report => report.Calls), Is.EqualTo(new[] { 1, 2, 1 }));
        Assert.That(tenants[0].TopUsers.Single().Name, Is.EqualTo("7"));
        Assert.That((bot.Calls, bot.Succeeded, bot.Failed), Is.EqualTo((4, 3, 1)));
        Assert.That(bot.Errors, Is.EqualTo(new Dictionary<StepErrorKind, long> { [StepErrorKind.Refused] = 1 }));
        Assert.That((bot.Spent, bot.InputTokens, bot.OutputTokens), Is.EqualTo((tenants.Sum(r => r.Spent), tenants.Sum(r => r.InputTokens), tenants.Sum(r => r.OutputTokens))));
        Assert.That(bot.TopUsers, Is.Empty);
        Assert.That(bot.TopFeatures.Single().Calls, Is.EqualTo(4));
    }

    [Test]
    public async Task ForgetAsync_Tenant_LosesTheDetailAndKeepsTheSums()
    {
        using var host = new CallHost(("DiscordIntel:Budget:TenantMonthlyLimitUsd", "5"));
        await host.RuleAsync();
        await host.RuleAsync(scope: IntelScope.Guild(1, 1, 7));
        UsageReport before = await host.ReportAsync();

        await host.Usage.ForgetAsync(CallHost.Scope.Tenant);

        UsageReport after = await host.ReportAsync();
        Assert.That((after.Spent, after.Calls, after.InputTokens), Is.EqualTo((before.Spent, 0, 0)));
        Assert.That(after.Spent, Is.GreaterThan(0));
        Assert.That(after.TopUsers.Concat(after.TopFeatures), Is.Empty);
        Assert.That((await host.ReportAsync("1")).Calls, Is.EqualTo(1), "another tenant keeps its own");
        host.Change(("DiscordIntel:Budget:TenantMonthlyLimitUsd", "0.0000001"));
        Assert.That((await host.RuleAsync("More.")).Error?.Kind, Is.EqualTo(StepErrorKind.BudgetExceeded), "forgetting is no way around the limit");
    }

    [Test]
    public async Task GetAsync_LedgerCannotBeRead_IsStoreUnavailable()
    {
        IBudgetLedger ledger = Substitute.For<IBudgetLedger>();
        ledger.ReadAsync(Arg.Any<BudgetAccount>(), Arg.Any<BudgetMonth>(), Arg.Any<CancellationToken>()).ThrowsAsyncForAnyArgs(new TimeoutException("secret words"));
        using var host = new CallHost(services => services.AddSingleton(ledger));

        foreach (StepResult<UsageReport> result in new[] { await host.Usage.GetAsync("11"), await host.Usage.GetBotAsync() })
        {
            StepError error = result.Error!;
            Assert.That((error.Kind, error.IsRetryable, error.Message), Is.EqualTo((StepErrorKind.StoreUnavailable, true, "The budget ledger could not be read (TimeoutException).")));
        }

        Assert.That(async () => await host.Usage.ForgetAsync("11"), Throws.Nothing, "forgetting needs no ledger");
    }

    [Test]
    public void EveryMethod_WrongTenantOrCancelled_Throws()
    {
        using var host = new CallHost();
        var gone = new CancellationToken(canceled: true);
        Assert.That(async () => await host.Usage.GetAsync(" "), Throws.ArgumentException);
        Assert.That(async () => await host.Usage.ForgetAsync(""), Throws.ArgumentException);
        Assert.That(async () => await host.Usage.GetAsync("11", null, gone), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await host.Usage.GetBotAsync(null, gone), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await host.Usage.ForgetAsync("11", gone), Throws.InstanceOf<OperationCanceledException>());
    }

    private static EmulatorReply Billed(int input, int output) => EmulatorReply.Raw(
        200, RoadAnswer.Saying(Ruling.Lawful, usage: $$"""{"prompt_tokens":{{input}},"completion_tokens":{{output}},"total_tokens":{{input + output}} }"""));
}
