using System.Collections.Concurrent;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Results;
using DiscordIntel.Tenants;
using DiscordIntel.Testing;
using DiscordIntel.Text;
using DiscordIntel.Usage;
using Microsoft.Extensions.DependencyInjection;

namespace DiscordIntel.Snippets;

internal sealed class CostControlSnippets
{
    internal interface IOwnerChannel
    {
        Task SendAsync(string text, CancellationToken cancellationToken);
    }

    internal interface IPlans
    {
        ValueTask<bool> IsPaidAsync(string tenant, CancellationToken cancellationToken);
    }

    #region cost-alerts
    public sealed class OwnerAlerts(IOwnerChannel owner) : IBudgetAlertSink
    {
        public async ValueTask AlertAsync(BudgetAlert alert, CancellationToken cancellationToken) => await owner.SendAsync(
            $"AI budget of {alert.Account}, {alert.Month}: {alert.Percent} %, {alert.Spent:0.00} of {alert.Limit:0.00} USD.", cancellationToken);
    }
    #endregion

    #region cost-policy
    public sealed class ServerPlans(IPlans plans) : ITenantPolicy
    {
        public async ValueTask<TenantPolicy?> GetAsync(string tenant, CancellationToken cancellationToken) =>
            await plans.IsPaidAsync(tenant, cancellationToken)
                ? new TenantPolicy { MonthlyLimitUsd = 20, UserRequestsPerMinute = 20, TextModel = "gpt-6.1-terra" }
                : new TenantPolicy { MonthlyLimitUsd = 0.50m, UserRequestsPerMinute = 3 };
    }
    #endregion

    [Test]
    public async Task Limits()
    {
        var services = new ServiceCollection();

        #region cost-limits
        services.AddDiscordIntel(options =>
        {
            options.Budget.MonthlyLimitUsd = 50;         // the whole bot
            options.Budget.TenantMonthlyLimitUsd = 5;    // each server
            options.Budget.DegradeTo = "gpt-6-luna";     // from 80 % of a limit on
            options.Limits.UserRequestsPerMinute = 6;
        });
        #endregion

        services.AddDiscordIntel(options => options.Models.Text = "gpt-6.1-terra").UseEmulator(new OpenAIEmulator());
        await using ServiceProvider provider = services.BuildServiceProvider();
        StepResult<string> answer = await provider.GetRequiredService<TextClient>().CompleteAsync("Hello?", Emulated.Scope);
        Assert.That(answer.Receipt.Model, Is.EqualTo("gpt-6.1-terra"));
        for (int i = 0; i < 6; i++)
        {
            answer = await provider.GetRequiredService<TextClient>().CompleteAsync("Hello?", Emulated.Scope);
        }

        Assert.That(answer.Error!.Kind, Is.EqualTo(StepErrorKind.RateLimited));
    }

    [Test]
    public async Task Alerts()
    {
        var services = new ServiceCollection();
        var owner = new Owner();
        services.AddDiscordIntel(options => options.Budget.MonthlyLimitUsd = 0).UseEmulator(new OpenAIEmulator());
        services.AddSingleton<IOwnerChannel>(owner);

        #region cost-alerts-register
        services.AddSingleton<IBudgetAlertSink, OwnerAlerts>();
        #endregion

        await using (ServiceProvider provider = services.BuildServiceProvider())
        {
            StepResult<string> refused = await provider.GetRequiredService<TextClient>().CompleteAsync("Hello?", Emulated.Scope);
            Assert.That(refused.Error!.Kind, Is.EqualTo(StepErrorKind.BudgetExceeded));
        }

        Assert.That(owner.Heard.Single(), Does.Match(@"^AI budget of the bot, \d{4}-\d\d: 100 %, 0.00 of 0.00 USD\.$"));
    }

    [Test]
    public async Task Policy()
    {
        var services = new ServiceCollection();
        services.AddDiscordIntel().UseEmulator(new OpenAIEmulator());
        services.AddSingleton<IPlans>(new Plans());

        #region cost-policy-register
        services.AddSingleton<ITenantPolicy, ServerPlans>();
        #endregion

        await using ServiceProvider provider = services.BuildServiceProvider();
        TextClient text = provider.GetRequiredService<TextClient>();
        StepResult<string> paid = await text.CompleteAsync("Hello?", IntelScope.Guild(guildId: 1, channelId: 2, userId: 3));
        StepResult<string> free = await text.CompleteAsync("Hello?", IntelScope.Guild(guildId: 9, channelId: 2, userId: 3));
        Assert.That((paid.Receipt.Model, free.Receipt.Model), Is.EqualTo(("gpt-6.1-terra", "gpt-6-luna")));
    }

    [Test]
    public async Task Background()
    {
        TextClient text = Emulated.Client().Text;
        IntelScope scope = Emulated.Scope;
        CancellationToken ct = CancellationToken.None;

        #region cost-background
        var request = TextRequest.Of("Sum up yesterday in this channel: ...") with
        {
            Generation = new GenerationOptions { Background = true, Timeout = TimeSpan.FromMinutes(10) },
        };
        StepResult<string> summary = await text.CompleteAsync(request, scope, ct);
        #endregion

        Assert.That(summary.IsSuccess);
    }

    [Test]
    public async Task Usage()
    {
        DiscordIntelClient intel = Emulated.Client();
        IntelScope scope = Emulated.Scope;
        CancellationToken ct = CancellationToken.None;
        await intel.Text.CompleteAsync("Hello?", scope, ct);

        #region cost-usage
        StepResult<UsageReport> result = await intel.Usage.GetAsync(scope.Tenant, cancellationToken: ct);
        if (result.TryGetValue(out UsageReport? usage))
        {
            Console.WriteLine($"{usage.Month}: {usage.Spent} USD in {usage.Calls} calls, {usage.CacheHits} of them answered from the cache");
        }

        await intel.Usage.ForgetAsync(scope.Tenant, ct);  // when the bot leaves a server
        #endregion

        Assert.That(usage!.Calls, Is.EqualTo(1));
        Assert.That((await intel.Usage.GetAsync(scope.Tenant)).ValueOrThrow().Spent, Is.EqualTo(usage.Spent));
    }

    private sealed class Owner : IOwnerChannel
    {
        public ConcurrentQueue<string> Heard { get; } = [];

        public Task SendAsync(string text, CancellationToken cancellationToken)
        {
            Heard.Enqueue(text);
            return Task.CompletedTask;
        }
    }

    private sealed class Plans : IPlans
    {
        public ValueTask<bool> IsPaidAsync(string tenant, CancellationToken cancellationToken) => new(tenant == "1");
    }
}
