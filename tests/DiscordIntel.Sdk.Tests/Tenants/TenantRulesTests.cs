using DiscordIntel.Results;
using DiscordIntel.Tenants;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace DiscordIntel.Tests.Tenants;

internal sealed class TenantRulesTests
{
    private static readonly TenantPolicy Own = new() { TextModel = "own", MonthlyLimitUsd = 5 };
    private FakeTimeProvider _time = null!;
    private DiscordIntelOptions _options = null!;
    private RoadLog _log = null!;
    private ILoggerFactory _logging = null!;

    [SetUp]
    public void SetUp()
    {
        _time = new FakeTimeProvider(RoadHost.Start);
        _options = new DiscordIntelOptions();
        _log = new RoadLog();
        _logging = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(_log));
    }

    [TearDown]
    public void TearDown()
    {
        _logging.Dispose();
        _log.Dispose();
    }

    [Test]
    public async Task ForAsync_NoPolicyRegistered_IsTheConfiguration()
    {
        var rules = new TenantRules(null, _time, _logging.CreateLogger<TenantRules>());
        _options.Budget.UserMonthlyLimitUsd = 2;

        CallRules before = (await rules.ForAsync("1", _options, default)).Rules!;
        var reloaded = new DiscordIntelOptions { Budget = { UserMonthlyLimitUsd = 3 } };
        CallRules after = (await rules.ForAsync("1", reloaded, default)).Rules!;

        Assert.That((before.UserLimitNanoUsd, before.BotLimitNanoUsd, before.Consent, before.TextModel), Is.EqualTo(((long?)2_000_000_000, (long?)1_000_000_000_000, true, _options.Models.Text)));
        Assert.That(after.UserLimitNanoUsd, Is.EqualTo(3_000_000_000));
        Assert.That((await rules.ForAsync("2", reloaded, default)).Rules, Is.SameAs(after), "made once for all tenants");
    }

    [Test]
    public async Task ForAsync_PolicyWithoutAWord_IsTheConfiguration([Values] bool isNull)
    {
        _options.Limits.TenantRequestsPerMinute = 7;
        (CallRules? rules, _) = await Rules(new RoadPolicy(isNull ? null : new TenantPolicy())).ForAsync("1", _options, default);

        Assert.That(rules, Is.EqualTo(CallRules.Of(_options, null)));
    }

    [Test]
    public async Task ForAsync_PolicyWithAllWords_HasTheLastOne()
    {
        (_options.Budget.TenantMonthlyLimitUsd, _options.Limits.UserRequestsPerMinute) = (100, 100);
        var policy = new TenantPolicy
        {
            Consent = false,
            TextModel = "own",
            StructuredOutputs = false,
            MonthlyLimitUsd = 0,
            WorkspaceMonthlyLimitUsd = 2,
            UserMonthlyLimitUsd = 3,
            RequestsPerMinute = 4,
            UserRequestsPerMinute = 5,
        };

        CallRules rules = (await Rules(new RoadPolicy(policy)).ForAsync("1", _options, default)).Rules!;

        Assert.That((rules.Consent, rules.TextModel, rules.StructuredOutputs), Is.EqualTo((false, "own", false)));
        Assert.That((rules.TenantLimitNanoUsd, rules.WorkspaceLimitNanoUsd, rules.UserLimitNanoUsd), Is.EqualTo(((long?)0, (long?)2_000_000_000, (long?)3_000_000_000)));
        Assert.That(rules.Rates, Is.EqualTo(new DiscordIntel.Pipeline.Limits.RateLimits(_options.Limits.RequestsPerMinute, 4, 5)));
    }

    [Test]
    public async Task ForAsync_WithinTheDuration_AsksOnceForEachTenant()
    {
        var policy = new RoadPolicy(Own);
        TenantRules rules = Rules(policy);
        foreach (string tenant in (string[])["1", "2", "1", "1 "])
        {
            await rules.ForAsync(tenant, _options, default);
        }

        _time.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromTicks(1));
        await rules.ForAsync("1", _options, default);
        Assert.That(policy.Asked, Is.EqualTo(new[] { "1", "2", "1 " }));

        _time.Advance(TimeSpan.FromTicks(1));
        await rules.ForAsync("1", _options, default);
        Assert.That(policy.Asked.Count(tenant => tenant == "1"), Is.EqualTo(2));
    }

    [Test]
    public async Task ForAsync_DurationOfZero_AsksEveryTime()
    {
        _options.Tenants.PolicyCacheDuration = TimeSpan.Zero;
        var policy = new RoadPolicy(Own);
        TenantRules rules = Rules(policy);
        await rules.ForAsync("1", _options, default);
        await rules.ForAsync("1", _options, default);

        Assert.That(policy.Asked, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task ForAsync_OptionsReloaded_AsksAnewAndTakesThem()
    {
        var policy = new RoadPolicy(new TenantPolicy { MonthlyLimitUsd = 5 });
        TenantRules rules = Rules(policy);
        await rules.ForAsync("1", _options, default);

        CallRules after = (await rules.ForAsync("1", new DiscordIntelOptions { Models = { Text = "another" } }, default)).Rules!;

        Assert.That((after.TextModel, after.TenantLimitNanoUsd, policy.Asked.Count), Is.EqualTo(("another", (long?)5_000_000_000, 2)));
    }

    [Test]
    public async Task ForAsync_AsynchronousPolicy_IsWaitedFor()
    {
        var answer = new TaskCompletionSource<TenantPolicy?>();
        Task<(CallRules? Rules, StepError?)> asked = Rules(new RoadPolicy((_, _) => new(answer.Task))).ForAsync("1", _options, default).AsTask();
        Assert.That(asked.IsCompleted, Is.False);
        answer.SetResult(Own);

        Assert.That((await asked).Rules!.TextModel, Is.EqualTo("own"));
    }

    /// <summary>Consent that was withdrawn must not come back with an answer that was under way for longer.</summary>
    [Test]
    public async Task ForAsync_AnswersInTheWrongOrder_KeepsTheOneAskedForLast()
    {
        // Later by the whole duration: otherwise the second call takes the answer of the first.
        _options.Tenants.PolicyCacheDuration = TimeSpan.FromSeconds(1);
        var slow = new TaskCompletionSource<TenantPolicy?>();
        var policy = new RoadPolicy((_, _) => new(slow.Task));
        TenantRules rules = Rules(policy);
        Task<(CallRules? Rules, StepError?)> first = rules.ForAsync("1", _options, default).AsTask();
        _time.Advance(TimeSpan.FromSeconds(1));
        policy.Answer = (_, _) => new(new TenantPolicy { Consent = false });
        await rules.ForAsync("1", _options, default);
        slow.SetResult(new TenantPolicy { Consent = true });

        Assert.That((await first).Rules!.Consent, Is.False);
        Assert.That((await rules.ForAsync("1", _options, default)).Rules!.Consent, Is.False);
    }

    private static readonly Func<string, CancellationToken, ValueTask<TenantPolicy?>>[] Broken =
    [
        (_, _) => throw new TimeZoneNotFoundException("away"),
        async (_, _) =>
        {
            await Task.Yield();
            throw new TimeZoneNotFoundException("away");
        },
        (_, _) => throw new OperationCanceledException(),
        (_, _) => new(new TenantPolicy { MonthlyLimitUsd = -1 }),
        (_, _) => new(new TenantPolicy { WorkspaceMonthlyLimitUsd = 9_000_001 }),
        (_, _) => new(new TenantPolicy { UserMonthlyLimitUsd = -0.01m }),
        (_, _) => new(new TenantPolicy { RequestsPerMinute = 0 }),
        (_, _) => new(new TenantPolicy { UserRequestsPerMinute = 1_000_001 }),
        (_, _) => new(new TenantPolicy { TextModel = " " }),
    ];

    [TestCaseSource(nameof(Broken))]
    public async Task ForAsync_BrokenPolicyAndNothingKnown_IsStoreUnavailable(Func<string, CancellationToken, ValueTask<TenantPolicy?>> broken)
    {
        (CallRules? rules, StepError? error) = await Rules(new RoadPolicy(broken)).ForAsync("1", _options, default);

        Assert.That((rules, error!.Kind, error.IsRetryable), Is.EqualTo(((CallRules?)null, StepErrorKind.StoreUnavailable, true)));
        Assert.That(error.Message, Does.Contain(nameof(RoadPolicy)));
        Assert.That(_log.Lines.Select(line => (line.Id.Id, line.Level)), Is.EqualTo(new[] { (400, LogLevel.Warning) }));
    }

    [TestCaseSource(nameof(Broken))]
    public async Task ForAsync_BrokenPolicyAndOneKnown_GoesOnWithItAndAsksAgainLater(Func<string, CancellationToken, ValueTask<TenantPolicy?>> broken)
    {
        var policy = new RoadPolicy(Own);
        TenantRules rules = Rules(policy);
        await rules.ForAsync("1", _options, default);
        policy.Answer = broken;
        _time.Advance(TimeSpan.FromSeconds(30));

        for (int i = 0; i < 5; i++)
        {
            Assert.That((await rules.ForAsync("1", _options, default)).Rules!.TextModel, Is.EqualTo("own"));
        }

        Assert.That((policy.Asked.Count, _log.Lines.Count(line => line.Id.Id == 400)), Is.EqualTo((2, 1)), "not at every call");
        policy.Answer = (_, _) => new(new TenantPolicy { TextModel = "new" });
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.That((await rules.ForAsync("1", _options, default)).Rules!.TextModel, Is.EqualTo("new"));
    }

    [Test]
    public async Task ForAsync_BrokenPolicyAfterAReload_KeepsThePolicyOverTheNewOptions()
    {
        var policy = new RoadPolicy(new TenantPolicy { MonthlyLimitUsd = 5 });
        TenantRules rules = Rules(policy);
        await rules.ForAsync("1", _options, default);
        policy.Answer = Broken[0];

        CallRules after = (await rules.ForAsync("1", new DiscordIntelOptions { Models = { Text = "another" } }, default)).Rules!;

        Assert.That((after.TextModel, after.TenantLimitNanoUsd), Is.EqualTo(("another", (long?)5_000_000_000)));
    }

    [Test]
    public async Task ForAsync_InvalidValue_IsTold()
    {
        StepError error = (await Rules(new RoadPolicy(new TenantPolicy { MonthlyLimitUsd = -1, RequestsPerMinute = 0 })).ForAsync("1", _options, default)).Error!;

        Assert.That(error.Message, Does.Contain("MonthlyLimitUsd is -1. Give US dollars a month, from 0 to 9000000.").And.Contains("RequestsPerMinute is 0."));
        Assert.That(_log.Lines[0].Text, Does.Contain("tenant 1").And.Contain("MonthlyLimitUsd is -1"));
    }

    [Test]
    public async Task ForAsync_PolicyThatHangs_IsGivenUpAfterTenSeconds()
    {
        var never = new TaskCompletionSource<TenantPolicy?>();
        Task<(CallRules?, StepError? Error)> asked = Rules(new RoadPolicy((_, _) => new(never.Task))).ForAsync("1", _options, default).AsTask();
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.That((await asked.WaitAsync(TimeSpan.FromSeconds(10))).Error!.Kind, Is.EqualTo(StepErrorKind.StoreUnavailable));
    }

    [Test]
    public void ForAsync_CallerCancels_Throws()
    {
        using var caller = new CancellationTokenSource();
        var never = new TaskCompletionSource<TenantPolicy?>();
        Task asked = Rules(new RoadPolicy((_, _) => new(never.Task))).ForAsync("1", _options, caller.Token).AsTask();
        caller.Cancel();

        Assert.That(async () => await asked, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task ForAsync_ManyCallsAtTheSameTime_AskOnce()
    {
        var answer = new TaskCompletionSource<TenantPolicy?>();
        var policy = new RoadPolicy((_, _) => new(answer.Task));
        TenantRules rules = Rules(policy);
        Task<(CallRules? Rules, StepError?)>[] calls = [.. Enumerable.Range(0, 200).Select(_ => rules.ForAsync("1", _options, default).AsTask())];
        answer.SetResult(Own);

        Assert.That((await Task.WhenAll(calls)).Select(call => call.Rules!.TextModel), Is.All.EqualTo("own"));
        Assert.That(policy.Asked, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ForAsync_TheFirstCallerLeaves_TheOthersGetTheAnswer()
    {
        using var first = new CancellationTokenSource();
        var answer = new TaskCompletionSource<TenantPolicy?>();
        var policy = new RoadPolicy((_, token) =>
        {
            token.Register(() => answer.TrySetCanceled(token));
            return new(answer.Task);
        });
        TenantRules rules = Rules(policy);
        Task left = rules.ForAsync("1", _options, first.Token).AsTask();
        Task<(CallRules? Rules, StepError?)> stays = rules.ForAsync("1", _options, default).AsTask();

        await first.CancelAsync();
        Assert.That(async () => await left, Throws.InstanceOf<OperationCanceledException>());
        answer.SetResult(Own);

        Assert.That((await stays).Rules!.TextModel, Is.EqualTo("own"));
        Assert.That(policy.Asked, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ForAsync_PolicyThatHeedsItsToken_IsToldWhenNobodyWaitsAnyMore()
    {
        var policy = new RoadPolicy(async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return Own;
        });
        Task<(CallRules?, StepError? Error)> asked = Rules(policy).ForAsync("1", _options, default).AsTask();
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.That((await asked.WaitAsync(TimeSpan.FromSeconds(10))).Error!.Message, Does.Contain("(TimeoutException)"));
    }

    /// <summary>The tenant of direct messages bears the user's id.</summary>
    [Test]
    public async Task ForAsync_BrokenPolicyOfADirectMessage_LogsNoUser()
    {
        await Rules(new RoadPolicy(Broken[0])).ForAsync(IntelScope.DirectMessage(987_654_321).Tenant, _options, default);

        Assert.That(_log.Everything, Does.Contain("tenant dm").And.Not.Contains("987654321"));
    }

    [Test]
    public async Task ForAsync_MoreTenantsThanAreKept_AreAllServed()
    {
        var policy = new RoadPolicy((tenant, _) => new(new TenantPolicy { TextModel = tenant }));
        TenantRules rules = Rules(policy);
        int served = 0;
        for (int tenant = 0; tenant < 100_050; tenant++)
        {
            string name = tenant.ToString(System.Globalization.CultureInfo.InvariantCulture);
            served += (await rules.ForAsync(name, _options, default)).Rules!.TextModel == name ? 1 : 0;
        }

        Assert.That(served, Is.EqualTo(100_050));
    }

    /// <summary>A large bot's tenants are all known when the policy's store goes away.</summary>
    [Test]
    public async Task ForAsync_BrokenPolicyOfManyTenants_GoesOnWithEachOnesOwn()
    {
        var policy = new RoadPolicy((tenant, _) => new(new TenantPolicy { TextModel = tenant }));
        TenantRules rules = Rules(policy);
        string[] tenants = [.. Enumerable.Range(0, 20_000).Select(tenant => $"g{tenant}")];
        foreach (string tenant in tenants)
        {
            await rules.ForAsync(tenant, _options, default);
        }

        policy.Answer = (_, _) => throw new TimeZoneNotFoundException("away");
        _time.Advance(TimeSpan.FromSeconds(30));
        foreach (string tenant in tenants)
        {
            (CallRules? kept, _) = await rules.ForAsync(tenant, _options, default);
            Assert.That(kept?.TextModel, Is.EqualTo(tenant));
        }
    }

    private TenantRules Rules(ITenantPolicy policy) => new(policy, _time, _logging.CreateLogger<TenantRules>());
}
