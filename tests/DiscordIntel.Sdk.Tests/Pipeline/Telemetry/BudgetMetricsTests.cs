using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Telemetry;

/// <summary>What a dashboard sees of limits and budgets.</summary>
[NonParallelizable]
internal sealed class BudgetMetricsTests
{
    // The most that the usual question can cost, and what the usual answer does.
    private const double Most = 0.0040155;
    private const double Cost = 0.0000035;
    private const double Tiny = 1e-12;

    [Test]
    public async Task Call_Answered_IsReservedAndThenSpent()
    {
        using var host = new RoadHost();
        using var telemetry = new RoadTelemetry(host.Telemetry);
        host.Handler.Then(200, RoadAnswer.Saying("Paris"));

        await host.AskAsync();

        Assert.That(Values(telemetry, "reserved"), Is.EqualTo(new[] { Most, -Most }).Within(Tiny));
        Assert.That(Values(telemetry, "spent"), Is.EqualTo(new[] { Cost }).Within(Tiny));
        Assert.That(Values(telemetry, "overrun").Concat(Values(telemetry, "forfeited")), Is.Empty);
        Assert.That(
            telemetry.Measurements.Where(item => item.Name.StartsWith("discordintel.budget.", StringComparison.Ordinal)).Select(item => (item.Unit, string.Join(", ", item.Tags))),
            Is.All.EqualTo(("USD", "[operation, text.complete]")));
    }

    [Test]
    public async Task Call_DearerThanItsReservation_IsAnOverrun()
    {
        using var host = new RoadHost();
        using var telemetry = new RoadTelemetry(host.Telemetry);
        host.Handler.Then(200, RoadAnswer.Saying("Paris", usage: """{"prompt_tokens":10,"completion_tokens":5,"cost":1}"""));

        await host.AskAsync();

        Assert.That((Values(telemetry, "spent").Single(), Values(telemetry, "overrun").Single()), Is.EqualTo((1d, 1 - Most)));
    }

    [Test]
    public async Task Call_NotBilled_IsGivenBack()
    {
        using var host = new RoadHost();
        using var telemetry = new RoadTelemetry(host.Telemetry);
        host.Handler.Then(401, RoadAnswer.Error("no", "invalid_api_key"));

        await host.AskAsync();

        Assert.That(Values(telemetry, "reserved").Sum(), Is.Zero.Within(Tiny));
        Assert.That(Values(telemetry, "spent"), Is.Empty);
    }

    [Test]
    public async Task Call_WhoseCostCannotBeBooked_IsForfeited()
    {
        using var host = new RoadHost(register: RoadLedger.Register);
        using var telemetry = new RoadTelemetry(host.Telemetry);
        RoadLedger.Of(host).Before = static (what, _) => what == RoadLedger.Settle ? Task.FromException(new TimeoutException()) : Task.CompletedTask;
        host.Handler.Then(200, RoadAnswer.Saying("Paris"));

        await host.AskAsync();

        Assert.That(Values(telemetry, "forfeited"), Is.EqualTo(new[] { Most }).Within(Tiny));
        Assert.That(Values(telemetry, "reserved").Sum(), Is.Zero.Within(Tiny));
        Assert.That(Values(telemetry, "spent"), Is.Empty);
    }

    [TestCase(BudgetLevel.Bot, "bot")]
    [TestCase(BudgetLevel.Tenant, "tenant")]
    [TestCase(BudgetLevel.Workspace, "workspace")]
    [TestCase(BudgetLevel.User, "user")]
    [TestCase(BudgetLevel.Feature, "feature")]
    public async Task Call_BeyondABudget_IsCountedByWhoseItIs(BudgetLevel level, string scope)
    {
        using var host = new RoadHost(options =>
        {
            options.Budget.MonthlyLimitUsd = level is BudgetLevel.Bot ? 0 : null;
            options.Budget.TenantMonthlyLimitUsd = level is BudgetLevel.Tenant ? 0 : null;
            options.Budget.WorkspaceMonthlyLimitUsd = level is BudgetLevel.Workspace ? 0 : null;
            options.Budget.UserMonthlyLimitUsd = level is BudgetLevel.User ? 0 : null;
            options.Budget.FeatureMonthlyLimitsUsd["text"] = level is BudgetLevel.Feature ? 0 : 9;
        });
        using var telemetry = new RoadTelemetry(host.Telemetry);

        await host.AskAsync();

        Assert.That(telemetry.Of("discordintel.budget.rejections").Single().Tags, Is.EqualTo(new Dictionary<string, object?> { ["scope"] = scope }));
        Assert.That(Values(telemetry, "reserved"), Is.Empty);
    }

    [TestCase(1, null, null, "bot")]
    [TestCase(null, 1, null, "tenant")]
    [TestCase(null, null, 1, "user")]
    public async Task Call_OverARateLimit_IsCountedByWhoseItIs(int? bot, int? tenant, int? user, string scope)
    {
        using var host = new RoadHost(options =>
            (options.Limits.RequestsPerMinute, options.Limits.TenantRequestsPerMinute, options.Limits.UserRequestsPerMinute) = (bot, tenant, user));
        using var telemetry = new RoadTelemetry(host.Telemetry);
        host.Handler.Then(200, RoadAnswer.Saying("Paris"));
        await host.AskAsync();
        Assert.That(telemetry.Of("discordintel.ratelimit.rejections"), Is.Empty);

        await host.AskAsync();

        Assert.That(telemetry.Of("discordintel.ratelimit.rejections").Single().Tags, Is.EqualTo(new Dictionary<string, object?> { ["scope"] = scope }));
    }

    private static double[] Values(RoadTelemetry telemetry, string name) => [.. telemetry.Of($"discordintel.budget.{name}").Select(item => item.Value)];
}
