using DiscordIntel.Analysis;
using DiscordIntel.Results;
using DiscordIntel.Tenants;
using DiscordIntel.Testing;
using DiscordIntel.Tests.Analysis;
using DiscordIntel.Tests.Structured;
using DiscordIntel.Tests.Support;
using DiscordIntel.Usage;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Limits;

/// <summary>The limits of calls a minute, on the road of a call.</summary>
internal sealed class LimitRoadTests
{
    [Test]
    public async Task Bot_Default_LetsSixtyGoAndThenOneASecond()
    {
        using var host = new CallHost();
        await AskAsync(host, 60);

        StepResult<Ruling> refused = await host.RuleAsync("One more.");

        StepError error = refused.Error!;
        Assert.That((error.Kind, error.IsRetryable, error.RetryAfter), Is.EqualTo((StepErrorKind.RateLimited, true, (TimeSpan?)TimeSpan.FromSeconds(1))));
        Assert.That(error.Message, Is.EqualTo("The bot's limit of 60 requests a minute is reached (DiscordIntel:Limits:RequestsPerMinute)."));
        Assert.That((refused.Receipt.Attempts, refused.Receipt.Cost, host.Sent), Is.EqualTo((0, (decimal?)null, 60)));
        host.Time.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.That((await host.RuleAsync("One more.")).Error?.RetryAfter, Is.EqualTo(TimeSpan.FromTicks(1)));
        host.Time.Advance(TimeSpan.FromTicks(1));
        Assert.That((await host.RuleAsync("One more.")).IsSuccess, Is.True, "after exactly the time that was told");
    }

    [Test]
    public async Task Refused_ReservesNothingAndCountsAsFailed()
    {
        using var host = new CallHost(("OPENAI_RATE_LIMIT_PER_MINUTE", "1"));
        await AskAsync(host, 1);
        UsageReport before = await host.ReportAsync();
        await host.RuleAsync("One more.");
        UsageReport after = await host.ReportAsync();
        Assert.That((after.Spent, after.Reserved), Is.EqualTo((before.Spent, 0m)));
        Assert.That((after.Calls, after.Succeeded, after.Failed), Is.EqualTo((2, 1, 1)));
        Assert.That(after.Errors, Is.EqualTo(new Dictionary<StepErrorKind, long> { [StepErrorKind.RateLimited] = 1 }));
    }

    [Test]
    public async Task Tenant_AtItsLimit_HoldsUpNobodyElse()
    {
        using var host = new CallHost(("DiscordIntel:Limits:TenantRequestsPerMinute", "2"));
        await AskAsync(host, 2);
        StepError? error = (await host.RuleAsync("One more.", IntelScope.Guild(11, 5, 6))).Error;
        Assert.That(error?.Message, Does.StartWith("The tenant's limit of 2 requests a minute is reached (DiscordIntel:Limits:TenantRequestsPerMinute"));
        Assert.That(error?.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(30)));
        Assert.That((await host.RuleAsync(scope: IntelScope.Guild(12, 12, 13))).IsSuccess, Is.True);
    }

    [Test]
    public async Task User_AtTheirLimit_HoldsUpNobodyElse()
    {
        using var host = new CallHost(("DiscordIntel:Limits:UserRequestsPerMinute", "2"));
        await AskAsync(host, 2);
        StepError? error = (await host.RuleAsync("One more.", IntelScope.Guild(11, 99, 13))).Error;
        Assert.That(error?.Message, Does.StartWith("The user's limit of 2 requests a minute is reached (DiscordIntel:Limits:UserRequestsPerMinute"));
        Assert.That((await host.RuleAsync("Me, too.", IntelScope.Guild(11, 12, 14))).IsSuccess, Is.True, "another user");
        Assert.That((await host.RuleAsync("Elsewhere.", IntelScope.Guild(10, 12, 13))).IsSuccess, Is.True, "the same user elsewhere");
    }

    [Test]
    public async Task Tenant_PolicyOfItsOwn_BeatsTheConfiguration()
    {
        ITenantPolicy policy = Substitute.For<ITenantPolicy>();
        policy.GetAsync("11", Arg.Any<CancellationToken>()).Returns(new TenantPolicy { RequestsPerMinute = 1 });
        using var host = new CallHost(services => services.AddSingleton(policy), ("DiscordIntel:Limits:TenantRequestsPerMinute", "2"));
        await AskAsync(host, 1);
        Assert.That((await host.RuleAsync("One more.")).Error?.Message, Does.StartWith("The tenant's limit of 1 requests a minute").And.Contain("policy"));
        for (int i = 0; i < 2; i++)
        {
            Assert.That((await host.RuleAsync($"{i}", IntelScope.Guild(12, 12, 13))).IsSuccess, Is.True);
        }
    }

    [Test]
    public async Task Background_WaitsUntilThereIsRoom()
    {
        using var host = new CallHost(("OPENAI_RATE_LIMIT_PER_MINUTE", "2"));
        await AskAsync(host, 2);
        Task<StepResult<Ruling>> call = host.RuleAsync("Later.", generation: new() { Background = true });
        Assert.That(call.IsCompleted, Is.False);
        host.Time.Advance(TimeSpan.FromSeconds(29.999));
        Assert.That(call.IsCompleted, Is.False);
        host.Time.Advance(TimeSpan.FromSeconds(0.001));
        StepResult<Ruling> result = await call.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.That((result.IsSuccess, result.Receipt.Elapsed, result.Receipt.Attempts), Is.EqualTo((true, TimeSpan.FromSeconds(30), 1)));
    }

    [Test]
    public async Task Background_NoRoomBeforeItsDeadline_IsRefusedAtOnce()
    {
        using var host = new CallHost(("OPENAI_RATE_LIMIT_PER_MINUTE", "2"));
        await AskAsync(host, 2);
        Task<StepResult<Ruling>> call = host.RuleAsync("Later.", generation: new() { Background = true, Timeout = TimeSpan.FromSeconds(30) });
        Assert.That((await call.WaitAsync(TimeSpan.FromSeconds(10))).Error?.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(30)));
    }

    [Test]
    public async Task Background_DeadlineComesFirst_IsRefusedThen()
    {
        using var host = new CallHost(("OPENAI_RATE_LIMIT_PER_MINUTE", "2"));
        await AskAsync(host, 2);
        Task<StepResult<Ruling>> call = host.RuleAsync("Later.", generation: new() { Background = true, Timeout = TimeSpan.FromSeconds(40) });
        Task<StepResult<Ruling>> behind = host.RuleAsync("Later still.", generation: new() { Background = true, Timeout = TimeSpan.FromSeconds(40) });
        host.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.That((await call.WaitAsync(TimeSpan.FromSeconds(10))).IsSuccess, Is.True);
        host.Time.Advance(TimeSpan.FromSeconds(10));
        StepResult<Ruling> refused = await behind.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.That((refused.Error?.Kind, refused.Error?.RetryAfter, refused.Receipt.Elapsed), Is.EqualTo((StepErrorKind.RateLimited, (TimeSpan?)TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(40))));
    }

    [Test]
    public async Task Background_CancelledWhileItWaits_Throws()
    {
        using var host = new CallHost(("OPENAI_RATE_LIMIT_PER_MINUTE", "2"));
        await AskAsync(host, 2);
        using var gone = new CancellationTokenSource();
        Task<StepResult<Ruling>> call = host.RuleAsync("Later.", generation: new() { Background = true }, cancellationToken: gone.Token);
        await gone.CancelAsync();
        Assert.That(async () => await call.WaitAsync(TimeSpan.FromSeconds(10)), Throws.InstanceOf<OperationCanceledException>());
        UsageReport report = await host.ReportAsync();
        Assert.That((report.Cancelled, report.Failed, host.Sent), Is.EqualTo((1, 0, 2)));
    }

    [Test]
    public async Task LongAnalysis_AHundredPartsUnderTheDefaultLimit_IsReadWhole()
    {
        using var host = new CallHost(("DiscordIntel:Analysis:PartTokens", "100"), ("DiscordIntel:Analysis:OverlapTokens", "0"));
        host.Emulator.Always(EmulatorReply.Json(Answers.Of(AnalysisKind.Debate, "about the night buses").ToJsonString()));
        string content = string.Join('\n', Enumerable.Range(1, 100).Select(i => $"{(i % 2 == 1 ? "Mara" : "Jonas")}: "
            + string.Concat(Enumerable.Range(1, 5).Select(j => $"Sentence {j} of turn {i} is about the night buses of the town. ")).TrimEnd()));
        Assert.That(host.Analysis.Split(content), Has.Count.GreaterThanOrEqualTo(100));
        DateTimeOffset start = host.Time.GetUtcNow();

        Task<StepResult<ContentAnalysis>> call = host.AnalyzeAsync(content);
        await host.PumpAsync(call, TimeSpan.FromSeconds(2));

        StepResult<ContentAnalysis> result = await call;
        Assert.That(result.ValueOrThrow().MissingParts, Is.Empty);
        Assert.That(result.ValueOrThrow().MergeFailure, Is.Null);
        Assert.That(host.Sent, Is.GreaterThan(100));
        DateTimeOffset[] sentAt = [.. host.Handler.SentAt.Order()];
        Assert.That(sentAt.Select((at, i) => i < 60 + 1 + (int)(at - start).TotalSeconds), Is.All.True, "sixty at once, then one a second");
        Assert.That(result.Receipt.Elapsed, Is.InRange(TimeSpan.FromSeconds(host.Sent - 60), TimeSpan.FromMinutes(2)));
    }

    [Test]
    public async Task Settings_Reloaded_HoldForTheNextCall()
    {
        using var host = new CallHost(("OPENAI_RATE_LIMIT_PER_MINUTE", "2"));
        await AskAsync(host, 2);
        Assert.That((await host.RuleAsync("More.")).Error?.Kind, Is.EqualTo(StepErrorKind.RateLimited));
        host.Change(("OPENAI_RATE_LIMIT_PER_MINUTE", "600"));
        Assert.That((await host.RuleAsync("More.")).Error?.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(0.1)), "the minute is used up, and has ten calls a second now");
        host.Time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.That((await host.RuleAsync("More.")).IsSuccess, Is.True);
        host.Change(("OPENAI_RATE_LIMIT_PER_MINUTE", "0"));
        Assert.That((await host.RuleAsync("And more.")).Error?.Message, Does.Contain("limit of 600"), "a limit that does not validate is left aside");
    }

    [Test]
    public async Task FailedCall_TookItsPermit()
    {
        using var host = new CallHost(("OPENAI_RATE_LIMIT_PER_MINUTE", "1"));
        host.Emulator.Enqueue(EmulatorReply.ContextTooLong());
        Assert.That((await host.RuleAsync()).Error?.Kind, Is.EqualTo(StepErrorKind.ContextTooLong));
        Assert.That((await host.RuleAsync()).Error?.Kind, Is.EqualTo(StepErrorKind.RateLimited));
    }

    private static async Task AskAsync(CallHost host, int calls)
    {
        for (int i = 0; i < calls; i++)
        {
            Assert.That((await host.RuleAsync($"Question {i}")).IsSuccess, Is.True);
        }
    }
}
