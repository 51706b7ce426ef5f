using DiscordIntel.Analysis;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Results;
using DiscordIntel.Structured;
using DiscordIntel.Tenants;
using DiscordIntel.Tests.Structured;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace DiscordIntel.Tests.Tenants;

/// <summary>What a tenant's policy says holds on the road of its calls, and of nobody else's.</summary>
internal sealed class TenantRoadTests
{
    private static readonly IntelScope Another = IntelScope.Guild(444444444444444444, 222222222222222222, 333333333333333333);

    [Test]
    public async Task Consent_NotGiven_SendsNothingOfAnyKind()
    {
        using RoadHost host = Host(new TenantPolicy { Consent = false });
        StepError?[] errors =
        [
            (await host.AskAsync()).Error,
            (await host.Services.GetRequiredService<StructuredOutputClient>().GenerateAsync<Ruling>("Who won?", RoadHost.Scope)).Error,
            (await host.Services.GetRequiredService<AnalysisClient>().AnalyzeAsync(new AnalysisRequest { Kind = AnalysisKind.Debate, Content = "Mara: Trams can be free." }, RoadHost.Scope)).Error,
        ];

        Assert.That(errors.Select(error => error!.Kind), Is.All.EqualTo(StepErrorKind.FeatureDisabled));
        Assert.That(errors[0]!.Message, Does.Contain("TenantPolicy.Consent"));
        Assert.That((host.Handler.Requests.Count, RoadLedger.Of(host).Journal.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Consent_OfAnotherTenant_IsItsOwn()
    {
        using RoadHost host = Host(new TenantPolicy { Consent = false });

        Assert.That((await host.Text.CompleteAsync("What?", Another)).Value, Is.EqualTo("Paris"));
    }

    [Test]
    public async Task TextModel_OfTheTenant_IsSentUnlessTheRequestNamesOne()
    {
        using RoadHost host = Host(new TenantPolicy { TextModel = "gpt-5-nano" });
        await host.AskAsync();
        await host.AskAsync(generation: new GenerationOptions { Model = "gpt-4o" });
        await host.Text.CompleteAsync("What?", Another);

        Assert.That(host.Handler.Requests.Select(request => request.Json.GetProperty("model").GetString()), Is.EqualTo(new[] { "gpt-5-nano", "gpt-4o", RoadAnswer.Model }));
    }

    [Test]
    public async Task StructuredOutputs_OffForTheTenantOrOnOverTheConfiguration_IsTheTenantsWord([Values] bool on)
    {
        using RoadHost host = Host(new TenantPolicy { StructuredOutputs = on }, options => options.Features.StructuredOutputs = !on);
        host.Handler.Then(200, RoadAnswer.Saying(Ruling.Lawful));
        StructuredOutputClient client = host.Services.GetRequiredService<StructuredOutputClient>();

        StepErrorKind? here = (await client.GenerateAsync<Ruling>("Who won?", RoadHost.Scope)).Error?.Kind;
        StepErrorKind? there = (await client.GenerateAsync<Ruling>("Who won?", Another)).Error?.Kind;

        Assert.That(on ? there : here, Is.EqualTo(StepErrorKind.FeatureDisabled));
        Assert.That(on ? here : there, Is.Not.EqualTo(StepErrorKind.FeatureDisabled));
        Assert.That(host.Handler.Requests, Is.Not.Empty);
    }

    [Test]
    public async Task Caps_OfTheTenant_HoldInPlaceOfTheConfigurations([Values(BudgetLevel.Tenant, BudgetLevel.Workspace, BudgetLevel.User)] BudgetLevel level)
    {
        var policy = new TenantPolicy
        {
            MonthlyLimitUsd = level is BudgetLevel.Tenant ? 0.000001m : null,
            WorkspaceMonthlyLimitUsd = level is BudgetLevel.Workspace ? 0.000001m : null,
            UserMonthlyLimitUsd = level is BudgetLevel.User ? 0.000001m : null,
        };
        using RoadHost host = Host(policy, options => (options.Budget.TenantMonthlyLimitUsd, options.Budget.WorkspaceMonthlyLimitUsd, options.Budget.UserMonthlyLimitUsd) = (9, 9, 9));

        StepError error = (await host.AskAsync()).Error!;

        Assert.That((error.Kind, error.Message.Contains("or the tenant's policy", StringComparison.Ordinal)), Is.EqualTo((StepErrorKind.BudgetExceeded, true)));
        Assert.That((await host.Text.CompleteAsync("What?", Another)).IsSuccess, Is.True);
    }

    [Test]
    public async Task Rates_OfTheTenant_HoldForItOnly([Values] bool perUser)
    {
        using RoadHost host = Host(perUser ? new TenantPolicy { UserRequestsPerMinute = 1 } : new TenantPolicy { RequestsPerMinute = 1 });
        await host.AskAsync();

        Assert.That((await host.AskAsync()).Error!.Kind, Is.EqualTo(StepErrorKind.RateLimited));
        Assert.That((await host.Text.CompleteAsync("What?", Another)).IsSuccess && (await host.Text.CompleteAsync("What?", Another)).IsSuccess, Is.True);
    }

    [Test]
    public async Task Policy_Broken_SendsNothing()
    {
        using RoadHost host = new(null, services => services.AddSingleton<ITenantPolicy>(new RoadPolicy((_, _) => throw new TimeZoneNotFoundException("away"))));

        StepResult<string> result = await host.AskAsync();

        Assert.That((result.Error!.Kind, result.Receipt.Attempts, host.Handler.Requests.Count), Is.EqualTo((StepErrorKind.StoreUnavailable, 0, 0)));
    }

    [Test]
    public async Task Policy_CallerCancelsWhileItIsAsked_Throws()
    {
        var never = new TaskCompletionSource<TenantPolicy?>();
        using RoadHost host = new(null, services => services.AddSingleton<ITenantPolicy>(new RoadPolicy((_, _) => new(never.Task))));
        using var caller = new CancellationTokenSource();

        Task<StepResult<string>> call = host.AskAsync(cancellationToken: caller.Token);
        await caller.CancelAsync();

        Assert.That(async () => await call.WaitAsync(TimeSpan.FromSeconds(10)), Throws.InstanceOf<OperationCanceledException>());
    }

    /// <summary>A host whose first tenant has this policy, and whose other tenants have none.</summary>
    private static RoadHost Host(TenantPolicy policy, Action<DiscordIntelOptions>? configure = null)
    {
        var host = new RoadHost(configure, services =>
        {
            RoadLedger.Register(services);
            services.AddSingleton<ITenantPolicy>(new RoadPolicy((tenant, _) => new(tenant == RoadHost.Scope.Tenant ? policy : null)));
        });
        host.Handler.Then(200, RoadAnswer.Saying("Paris"));
        return host;
    }
}
