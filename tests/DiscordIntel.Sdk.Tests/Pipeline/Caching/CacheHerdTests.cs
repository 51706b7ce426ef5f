using DiscordIntel.Analysis;
using DiscordIntel.Pipeline.Caching;
using DiscordIntel.Results;
using DiscordIntel.Testing;
using DiscordIntel.Tests.Structured;
using DiscordIntel.Tests.Support;
using DiscordIntel.Usage;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Caching;

/// <summary>Equal calls at the same time: one asks, and what becomes of it is nobody else's.</summary>
internal sealed class CacheHerdTests
{
    private const string Debate = "Mara: Trams are free in Luxembourg.\nJonas: You would say that, dreamer!";

    [Test]
    public async Task AnalyzeAsync_AThousandEqualCallers_MakeOneRequestThatOnePays()
    {
        using var host = new CallHost(("DiscordIntel:Limits:RequestsPerMinute", "1"));
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task arrived = host.Handler.HoldUntil(release.Task);
        Task<StepResult<ContentAnalysis>>[] calls = Start(1000, () => host.AnalyzeAsync(Debate));
        await arrived;
        Assert.That(calls.Count(call => call.IsCompleted), Is.Zero, "all of them wait");

        release.SetResult();
        StepResult<ContentAnalysis>[] results = await All(calls);

        Assert.That(host.Sent, Is.EqualTo(1));
        Assert.That(results.Select(result => result.ValueOrThrow().Summary).Distinct().Count(), Is.EqualTo(1));
        Assert.That(results.Count(result => result.Receipt.FromCache), Is.EqualTo(999));
        Assert.That(results.Sum(result => result.Receipt.Cost), Is.EqualTo((await host.ReportAsync()).Spent).And.GreaterThan(0));
        UsageReport report = await host.ReportAsync();
        Assert.That((report.Calls, report.Succeeded, report.CacheHits, report.Reserved), Is.EqualTo((1000, 1000, 999, 0m)));
        AssertNobodyIsLeft(host);
    }

    [Test]
    public async Task GenerateAsync_LeaderFails_FailsAloneAndTheNextOneLeads()
    {
        using var host = new CallHost();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task arrived = host.Handler.HoldUntil(release.Task);
        host.Emulator.Enqueue(EmulatorReply.ContextTooLong(), EmulatorReply.Refusal("No."), EmulatorReply.Truncated("{"), EmulatorReply.ContentFiltered());
        Task<StepResult<Ruling>>[] calls = Start(200, () => host.RuleAsync());
        await arrived;

        release.SetResult();
        StepResult<Ruling>[] results = await All(calls);

        Assert.That(results.Where(result => !result.IsSuccess).Select(result => result.Error!.Kind), Is.EquivalentTo(new[]
        {
            StepErrorKind.ContextTooLong, StepErrorKind.Refused, StepErrorKind.Truncated, StepErrorKind.ContentFiltered,
        }));
        Assert.That((host.Sent, results.Count(result => result.Receipt.FromCache)), Is.EqualTo((5, 195)));
        AssertNobodyIsLeft(host);
    }

    [Test]
    public async Task GenerateAsync_LeaderIsCancelled_TheNextOneLeads()
    {
        using var host = new CallHost();
        using var gone = new CancellationTokenSource();
        Task arrived = host.Handler.HoldUntil(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None));
        Task<StepResult<Ruling>> leader = host.RuleAsync(cancellationToken: gone.Token);
        await arrived;
        Task<StepResult<Ruling>>[] calls = Start(50, () => host.RuleAsync());
        using var goneToo = new CancellationTokenSource();
        Task<StepResult<Ruling>> follower = host.RuleAsync(cancellationToken: goneToo.Token);
        await goneToo.CancelAsync();
        Assert.That(async () => await follower, Throws.InstanceOf<OperationCanceledException>(), "who waits leaves when it will");
        Assert.That(leader.IsCompleted, Is.False);

        host.Handler.Before = static _ => Task.CompletedTask;
        await gone.CancelAsync();

        Assert.That(async () => await leader, Throws.InstanceOf<OperationCanceledException>());
        StepResult<Ruling>[] results = await All(calls);
        Assert.That(results.Select(result => result.IsSuccess), Is.All.True);
        Assert.That(results.Count(result => !result.Receipt.FromCache), Is.EqualTo(1));
        UsageReport report = await host.ReportAsync();
        Assert.That((report.Calls, report.Cancelled, report.Succeeded, report.Failed, report.CacheHits), Is.EqualTo((52, 2, 50, 0, 49)));
        AssertNobodyIsLeft(host);
    }

    [Test]
    public async Task GenerateAsync_RefusedByTheLimit_EachIsRefusedForItself()
    {
        using var host = new CallHost(("OPENAI_RATE_LIMIT_PER_MINUTE", "2"));
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task arrived = host.Handler.HoldUntil(release.Task);
        host.Emulator.Enqueue(EmulatorReply.ContextTooLong(), EmulatorReply.ContextTooLong());
        Task<StepResult<Ruling>>[] calls = Start(50, () => host.RuleAsync());
        await arrived;

        release.SetResult();
        StepResult<Ruling>[] results = await All(calls);

        Assert.That(results.Count(result => result.Error?.Kind is StepErrorKind.ContextTooLong), Is.EqualTo(2));
        Assert.That(results.Count(result => result.Error is { Kind: StepErrorKind.RateLimited, RetryAfter.TotalSeconds: 30 }), Is.EqualTo(48));
        Assert.That(host.Sent, Is.EqualTo(2));
        AssertNobodyIsLeft(host);
    }

    [Test]
    public async Task GenerateAsync_RefusedByTheBudget_EachIsRefusedForItselfAndALaterAnswerIsShared()
    {
        using var host = new CallHost(("DiscordIntel:Budget:MonthlyLimitUsd", "0"));
        StepResult<Ruling>[] refused = await All(Start(50, () => host.RuleAsync()));
        Assert.That(refused.Select(result => result.Error?.Kind), Is.All.EqualTo(StepErrorKind.BudgetExceeded));
        AssertNobodyIsLeft(host);

        host.Change(("DiscordIntel:Budget:MonthlyLimitUsd", "5"));
        StepResult<Ruling>[] answered = await All(Start(50, () => host.RuleAsync()));
        Assert.That((host.Sent, answered.Count(result => result.Receipt.FromCache)), Is.EqualTo((1, 49)));

        host.Change(("DiscordIntel:Budget:MonthlyLimitUsd", "0"));
        Assert.That((await host.RuleAsync()).Receipt.FromCache, Is.True, "what costs nothing needs no budget");
    }

    [Test]
    public async Task GenerateAsync_FollowerOutOfTime_GivesUpAlone()
    {
        using var host = new CallHost();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task arrived = host.Handler.HoldUntil(release.Task);
        Task<StepResult<Ruling>> leader = host.RuleAsync();
        await arrived;
        Task<StepResult<Ruling>> hasty = host.RuleAsync(generation: new() { Timeout = TimeSpan.FromSeconds(3) });
        Task<StepResult<Ruling>> patient = host.RuleAsync();

        host.Time.Advance(TimeSpan.FromSeconds(3));
        StepResult<Ruling> late = await hasty.WaitAsync(TimeSpan.FromSeconds(10));
        release.SetResult();

        Assert.That((late.Error?.Kind, late.Error?.IsRetryable, late.Receipt.Elapsed), Is.EqualTo((StepErrorKind.Timeout, true, TimeSpan.FromSeconds(3))));
        Assert.That(((await leader).Receipt.FromCache, (await patient).Receipt.FromCache, host.Sent), Is.EqualTo((false, true, 1)));
    }

    [Test]
    public async Task GenerateAsync_ForgottenWhileAsked_AnswersThoseWhoAskedAndKeepsNothing()
    {
        using var host = new CallHost();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task arrived = host.Handler.HoldUntil(release.Task);
        Task<StepResult<Ruling>>[] calls = Start(3, () => host.RuleAsync());
        await arrived;

        await host.Usage.ForgetAsync(CallHost.Scope.Tenant);
        release.SetResult();

        Assert.That((await All(calls)).Count(result => result.Receipt.FromCache), Is.EqualTo(2));
        Assert.That((await host.RuleAsync()).Receipt.FromCache, Is.False);
    }

    private static Task<StepResult<T>>[] Start<T>(int calls, Func<Task<StepResult<T>>> call)
        where T : notnull
    {
        var started = new Task<StepResult<T>>[calls];
        Parallel.For(0, calls, i => started[i] = call());
        return started;
    }

    private static Task<StepResult<T>[]> All<T>(Task<StepResult<T>>[] calls)
        where T : notnull => Task.WhenAll(calls).WaitAsync(TimeSpan.FromSeconds(60));

    private static void AssertNobodyIsLeft(CallHost host) => Assert.That(host.Get<ReplyCache>().Flights, Is.Zero);
}
