using DiscordIntel.Analysis;
using DiscordIntel.Pipeline.Limits;
using DiscordIntel.Results;
using DiscordIntel.Testing;
using DiscordIntel.Tests.Structured;
using DiscordIntel.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Limits;

/// <summary>What a provider says to one call about coming back later holds for all calls to that model.</summary>
internal sealed class PauseRoadTests
{
    private static readonly (string, string?) NoRetries = ("DiscordIntel:Resilience:MaxAttempts", "1");

    [Test]
    public async Task RateLimited_WithRetryAfter_SendsNothingMoreToThatModelUntilThen()
    {
        using var host = new CallHost(NoRetries);
        host.Emulator.Enqueue(EmulatorReply.RateLimited(TimeSpan.FromSeconds(7)));
        Assert.That((await host.RuleAsync("First.")).Error?.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(7)));
        host.Time.Advance(TimeSpan.FromSeconds(3));

        StepResult<Ruling> second = await host.RuleAsync("Second.", IntelScope.Guild(99, 12, 13));

        StepError error = second.Error!;
        Assert.That((error.Kind, error.IsRetryable, error.RetryAfter), Is.EqualTo((StepErrorKind.RateLimited, true, (TimeSpan?)TimeSpan.FromSeconds(4))));
        Assert.That(error.Message, Is.EqualTo("openai has asked to wait before the next request to gpt-6-luna."));
        Assert.That((second.Receipt.Attempts, second.Receipt.Provider, host.Sent), Is.EqualTo((0, (string?)null, 1)));
        Assert.That((await host.ReportAsync("99")).Reserved, Is.Zero);
        Assert.That((await host.RuleAsync("Another model.", generation: new() { Model = "gpt-4o-mini" })).IsSuccess, Is.True);
        host.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.That((await host.RuleAsync("Second.")).IsSuccess, Is.True);
    }

    [Test]
    public async Task RateLimited_OtherCallers_WaitForJustTheRest()
    {
        using var host = new CallHost();
        host.Emulator.Enqueue(EmulatorReply.RateLimited(TimeSpan.FromSeconds(7)));
        Task<StepResult<Ruling>> first = host.RuleAsync("First.");
        Assert.That(await host.Time.NextWaitAsync(first), Is.EqualTo(TimeSpan.FromSeconds(7)));
        host.Time.Advance(TimeSpan.FromSeconds(3));
        Task<StepResult<Ruling>> second = host.RuleAsync("Second.");
        Assert.That(await host.Time.NextWaitAsync(second), Is.EqualTo(TimeSpan.FromSeconds(4)));
        Assert.That((first.IsCompleted, second.IsCompleted, host.Sent), Is.EqualTo((false, false, 1)));

        host.Time.Advance(TimeSpan.FromSeconds(4));

        StepReceipt waited = (await second.WaitAsync(TimeSpan.FromSeconds(10))).Receipt;
        StepReceipt retried = (await first.WaitAsync(TimeSpan.FromSeconds(10))).Receipt;
        Assert.That((waited.Attempts, waited.Elapsed), Is.EqualTo((1, TimeSpan.FromSeconds(4))));
        Assert.That((retried.Attempts, retried.Elapsed), Is.EqualTo((2, TimeSpan.FromSeconds(7))));
        Assert.That(host.Handler.SentAt.Select(at => at - RoadHost.Start), Is.EqualTo(new[] { TimeSpan.Zero, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(7) }));
    }

    [Test]
    public async Task RateLimited_DeadlineBeforeTheEndOfThePause_IsRefusedAtOnce()
    {
        using var host = new CallHost(NoRetries);
        host.Emulator.Enqueue(EmulatorReply.RateLimited(TimeSpan.FromSeconds(30)));
        await host.RuleAsync("First.");
        host.Change(("DiscordIntel:Resilience:MaxAttempts", "3"));
        Task<StepResult<Ruling>> second = host.RuleAsync("Second.", generation: new() { Timeout = TimeSpan.FromSeconds(20) });
        Assert.That((await second.WaitAsync(TimeSpan.FromSeconds(10))).Error?.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(30)));
        Assert.That(host.Sent, Is.EqualTo(1));
    }

    [Test]
    public async Task RateLimited_ForVeryLong_PausesOthersNoLongerThanMaxDelay()
    {
        using var host = new CallHost(NoRetries, ("DiscordIntel:Resilience:MaxDelay", "00:00:10"));
        host.Emulator.Enqueue(EmulatorReply.RateLimited(TimeSpan.FromHours(3)));
        Assert.That((await host.RuleAsync("First.")).Error?.RetryAfter, Is.EqualTo(TimeSpan.FromHours(3)), "the caller hears what was said");
        Assert.That((await host.RuleAsync("Second.")).Error?.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(10)));
        host.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.That((await host.RuleAsync("Second.")).IsSuccess, Is.True);
    }

    [TestCase("requests", "12s", 12)]
    [TestCase("tokens", "1m2s", 60)]
    public async Task Answered_WithNothingLeft_PausesTheModelUntilTheReset(string kind, string reset, int seconds)
    {
        using var host = new CallHost(NoRetries);
        host.Emulator.Enqueue(EmulatorReply.Raw(200, RoadAnswer.Saying(Ruling.Lawful), headers:
            [($"x-ratelimit-limit-{kind}", "500"), ($"x-ratelimit-remaining-{kind}", "0"), ($"x-ratelimit-reset-{kind}", reset)]));
        Assert.That((await host.RuleAsync("First.")).IsSuccess, Is.True);

        Assert.That((await host.RuleAsync("Second.")).Error?.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
        Assert.That(host.Sent, Is.EqualTo(1));
        host.Time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.That((await host.RuleAsync("Second.")).IsSuccess, Is.True);
    }

    [Test]
    public async Task Answered_WithSomethingLeft_PausesNobody()
    {
        using var host = new CallHost(NoRetries);
        host.Emulator.Enqueue(EmulatorReply.Raw(200, RoadAnswer.Saying(Ruling.Lawful), headers:
            [("x-ratelimit-limit-requests", "500"), ("x-ratelimit-remaining-requests", "1"), ("x-ratelimit-reset-requests", "12s")]));
        await host.RuleAsync("First.");
        Assert.That(((await host.RuleAsync("Second.")).IsSuccess, host.Get<ProviderPauses>().Count), Is.EqualTo((true, 0)));
    }

    [Test]
    public async Task OtherFailures_PauseNobody()
    {
        using var host = new CallHost(NoRetries);
        host.Emulator.Enqueue(
            EmulatorReply.QuotaExhausted(),
            EmulatorReply.RateLimited(),
            EmulatorReply.Raw(503, "{}", headers: [("retry-after", "30")]));
        for (int i = 0; i < 3; i++)
        {
            Assert.That((await host.RuleAsync($"{i}")).IsSuccess, Is.False);
            Assert.That(host.Get<ProviderPauses>().Count, Is.Zero);
        }
    }

    [TestCase("OPENAI_API_KEY", "another-key")]
    [TestCase("OPENAI_BASE_URL", "http://elsewhere.example/v1")]
    public async Task RateLimited_ThenAnotherAccount_IsNotPaused(string setting, string value)
    {
        using var host = new CallHost(NoRetries, ("OPENAI_API_KEY", "key"));
        host.Emulator.Enqueue(EmulatorReply.RateLimited(TimeSpan.FromSeconds(30)));
        await host.RuleAsync("First.");
        host.Change((setting, value));
        Assert.That((await host.RuleAsync("Second.")).IsSuccess, Is.True);
    }

    [Test]
    public async Task RateLimited_PauseThatOthersMakeLonger_IsWaitedForAndCostsNoAttempt()
    {
        using var host = new CallHost(("DiscordIntel:Resilience:MaxAttempts", "2"));
        host.Emulator.Enqueue(EmulatorReply.RateLimited(TimeSpan.FromSeconds(5)), EmulatorReply.RateLimited(TimeSpan.FromSeconds(5)));
        var release = new TaskCompletionSource();
        Task arrived = host.Handler.HoldUntil(release.Task);
        Task<StepResult<Ruling>> slow = host.RuleAsync("Slow.");
        await arrived;
        host.Handler.Before = static _ => Task.CompletedTask;
        Task<StepResult<Ruling>> quick = host.RuleAsync("Quick.");
        Task both = Task.WhenAll(quick, slow);
        Assert.That(await host.Time.NextWaitAsync(both), Is.EqualTo(TimeSpan.FromSeconds(5)));
        host.Time.Advance(TimeSpan.FromSeconds(4));
        release.SetResult();
        Assert.That(await host.Time.NextWaitAsync(both), Is.EqualTo(TimeSpan.FromSeconds(5)), "until 9 seconds now");
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await host.Time.NextWaitAsync(both), Is.EqualTo(TimeSpan.FromSeconds(4)), "the quick one looks, and waits on");
        Assert.That(host.Sent, Is.EqualTo(2));
        host.Time.Advance(TimeSpan.FromSeconds(4));
        await both.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.That(((await quick).IsSuccess, (await quick).Receipt.Attempts, (await quick).Receipt.Elapsed), Is.EqualTo((true, 2, TimeSpan.FromSeconds(9))));
        Assert.That(((await slow).IsSuccess, (await slow).Receipt.Attempts, (await slow).Receipt.Elapsed), Is.EqualTo((true, 2, TimeSpan.FromSeconds(9))));
    }

    [Test]
    public async Task RateLimited_TimerThatRingsEarly_CostsNoAttempt()
    {
        using var host = new RoadHost(options => options.Resilience.MaxAttempts = 2);
        host.Handler.Then(429, "", ("retry-after", "2")).Then(200, RoadAnswer.Saying("Paris"));
        host.Time.Haste = TimeSpan.FromMilliseconds(10);
        Task<StepResult<string>> call = host.AskAsync();
        List<TimeSpan> waits = await host.Time.RunAsync(call);
        Assert.That(((await call).Value, (await call).Receipt.Attempts, (await call).Receipt.Elapsed), Is.EqualTo(("Paris", 2, TimeSpan.FromSeconds(2))));
        Assert.That(waits.Select(wait => wait.TotalMilliseconds), Is.EqualTo(new double[] { 1990, 10 }), "and nothing is sent before the pause is over");
    }

    [Test]
    public async Task LongAnalysis_PausedAtOnePart_ReadsTheOthers()
    {
        using var host = new CallHost(
            NoRetries, ("DiscordIntel:Analysis:PartTokens", "100"), ("DiscordIntel:Analysis:OverlapTokens", "0"), ("DiscordIntel:Analysis:MaxParallelParts", "1"));
        string content = string.Join('\n', Enumerable.Range(1, 4).Select(i =>
            $"{(i % 2 == 1 ? "Mara" : "Jonas")}: " + string.Concat(Enumerable.Range(1, 5).Select(j => $"Sentence {j} of turn {i} is about the night buses. ")).TrimEnd()));
        host.Emulator.Enqueue(EmulatorReply.RateLimited(TimeSpan.FromSeconds(5)));
        int requests = 0;
        var progress = new Told(() =>
        {
            // The second part is refused by the pause; then the time passes.
            if (++requests == 3)
            {
                host.Time.Advance(TimeSpan.FromSeconds(5));
            }
        });

        StepResult<ContentAnalysis> result = await host.Analysis.AnalyzeAsync(
            new AnalysisRequest { Content = content, Kind = AnalysisKind.Debate, Progress = progress }, CallHost.Scope);

        ContentAnalysis analysis = result.ValueOrThrow();
        Assert.That(analysis.MissingParts.Select(part => (part.Part.Number, part.Reason)), Is.EqualTo(new[] { (1, StepErrorKind.RateLimited), (2, StepErrorKind.RateLimited) }));
    }

    private sealed class Told(Action told) : IProgress<AnalysisProgress>
    {
        public void Report(AnalysisProgress value) => told();
    }
}
