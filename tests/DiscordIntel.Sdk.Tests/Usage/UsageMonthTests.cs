using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Tests.Structured;
using DiscordIntel.Tests.Support;
using DiscordIntel.Results;
using DiscordIntel.Usage;
using NUnit.Framework;

namespace DiscordIntel.Tests.Usage;

internal sealed class UsageMonthTests
{
    [Test]
    public async Task GetAsync_AnotherMonth_BeginsAnewAndKeepsTheOld()
    {
        using var host = new CallHost();
        var november = BudgetMonth.Of(host.Time.GetUtcNow());
        await host.RuleAsync("In November.");
        host.Time.Advance(november.ResetsAt - host.Time.GetUtcNow() - TimeSpan.FromTicks(1));
        await host.RuleAsync("Still in November.");
        host.Time.Advance(TimeSpan.FromTicks(1));
        Assert.That((await host.ReportAsync()).Calls, Is.Zero);
        await host.RuleAsync("In December.");

        UsageReport december = await host.ReportAsync();
        UsageReport old = (await host.Usage.GetAsync(CallHost.Scope.Tenant, november)).ValueOrThrow();

        Assert.That((december.Month.ToString(), december.Calls), Is.EqualTo(("2026-12", 1)));
        Assert.That((old.Month.ToString(), old.Calls), Is.EqualTo(("2026-11", 2)));
        Assert.That((december.Spent > 0, old.Spent > december.Spent), Is.EqualTo((true, true)));
        UsageReport bot = (await host.Usage.GetBotAsync(november)).ValueOrThrow();
        Assert.That((bot.Calls, bot.Spent), Is.EqualTo((2, old.Spent)));
    }

    [Test]
    public async Task GetAsync_CallOverTheEndOfAMonth_IsSpentWhenItBeganAndCountedWhenItEnded()
    {
        using var host = new CallHost();
        var november = BudgetMonth.Of(host.Time.GetUtcNow());
        host.Time.Advance(november.ResetsAt - host.Time.GetUtcNow() - TimeSpan.FromSeconds(1));
        host.Handler.Before = _ =>
        {
            host.Time.Advance(TimeSpan.FromSeconds(2));
            return Task.CompletedTask;
        };
        StepResult<Ruling> call = await host.RuleAsync();
        UsageReport old = (await host.Usage.GetAsync(CallHost.Scope.Tenant, november)).ValueOrThrow();
        UsageReport now = await host.ReportAsync();
        Assert.That((old.Spent, old.Calls, now.Spent, now.Calls), Is.EqualTo((call.Receipt.Cost, 0, 0m, 1)));
    }

    [Test]
    public async Task GetAsync_MoreThanTwelveMonths_KeepsTheLastTwelve()
    {
        using var host = new CallHost();
        var months = new List<BudgetMonth>();
        for (int i = 0; i < 14; i++)
        {
            months.Add(BudgetMonth.Of(host.Time.GetUtcNow()));
            await host.RuleAsync($"Month {i}");
            host.Time.Advance(months[^1].ResetsAt - host.Time.GetUtcNow());
        }

        var calls = new List<long>();
        foreach (BudgetMonth month in months)
        {
            calls.Add((await host.Usage.GetAsync(CallHost.Scope.Tenant, month)).ValueOrThrow().Calls);
        }

        Assert.That(calls, Is.EqualTo(Enumerable.Repeat(0L, 2).Concat(Enumerable.Repeat(1L, 12))));
    }
}
