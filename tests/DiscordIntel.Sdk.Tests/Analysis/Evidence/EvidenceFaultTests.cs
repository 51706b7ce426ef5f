using DiscordIntel.Analysis;
using DiscordIntel.Analysis.Evidence;
using DiscordIntel.Results;
using DiscordIntel.Testing;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.Evidence;

/// <summary>Whatever fails on the way to a verdict, the analysis stands and its claims are unverified.</summary>
internal sealed class EvidenceFaultTests : EvidenceFixture
{
    private static readonly object[] Faults =
    [
        new object[] { EmulatorReply.Refusal("I won't."), StepErrorKind.Refused },
        new object[] { EmulatorReply.Truncated("{"), StepErrorKind.Truncated },
        new object[] { EmulatorReply.ContentFiltered(), StepErrorKind.ContentFiltered },
        new object[] { EmulatorReply.Text("Mara is right."), StepErrorKind.InvalidResponse },
        new object[] { EmulatorReply.ServerError(), StepErrorKind.ProviderUnavailable },
        new object[] { EmulatorReply.RateLimited(TimeSpan.FromMinutes(5)), StepErrorKind.RateLimited },
        new object[] { EmulatorReply.Unauthorized(), StepErrorKind.Unauthorized },
        new object[] { EmulatorReply.ContextTooLong(), StepErrorKind.ContextTooLong },
    ];

    [TestCaseSource(nameof(Faults))]
    [CancelAfter(60_000)]
    public async Task AnalyzeAsync_JudgeFails_KeepsTheAnalysis(EmulatorReply reply, StepErrorKind kind, CancellationToken testEnd)
    {
        Use(new ListedEvidence(Trams));
        Emulator.Enqueue(Claims("Trams are free.", "Buses are free.")).Always(reply);

        StepResult<ContentAnalysis> result = await PassAsync(CheckAsync(cancellationToken: testEnd), testEnd);

        AssertUnverified(result, $"Claims 1, 2 could not be judged by their evidence ({kind}): unverified.");
        Assert.That(result.Receipt.Attempts, Is.EqualTo(Emulator.Requests.Count));
    }

    [Test]
    public async Task AnalyzeAsync_JudgeOverBudget_KeepsTheAnalysis()
    {
        Use(new ListedEvidence(Trams), options => options.Budget.MonthlyLimitUsd = 0.5m);
        Emulator.Enqueue(Completion(ClaimsJson("Trams are free.").ToJsonString(), inputTokens: 100_000_000));

        StepResult<ContentAnalysis> result = await CheckAsync();

        AssertUnverified(result, "Claim 1 could not be judged by its evidence (BudgetExceeded): unverified.");
        Assert.That(Emulator.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task AnalyzeAsync_TimeIsUpBeforeTheVerdict_KeepsTheAnalysis(CancellationToken testEnd)
    {
        Use(new ListedEvidence(Trams));
        Emulator.Enqueue(Claims("Trams are free.")).Always(EmulatorReply.Stall());

        Task<StepResult<ContentAnalysis>> running = CheckAsync(new GenerationOptions { Timeout = TimeSpan.FromSeconds(30) }, testEnd);
        await PassAsync(running, testEnd);

        AssertUnverified(await running, "Claim 1 could not be judged by its evidence (Timeout): unverified.");
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task AnalyzeAsync_CancelledWhileJudging_Throws(CancellationToken testEnd)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(testEnd);
        Use(new ListedEvidence(Trams));
        Emulator.Enqueue(Claims("Trams are free.")).Always(EmulatorReply.Stall());

        Task<StepResult<ContentAnalysis>> running = CheckAsync(cancellationToken: stop.Token);
        await ReceivedAsync(2);
        await stop.CancelAsync();

        Assert.That(() => running, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task AnalyzeAsync_SourceThrows_IsToldByItsTypeAlone()
    {
        Use(new ListedEvidence((claim, _) => claim.StartsWith("Trams", StringComparison.Ordinal)
            ? throw new InvalidOperationException("canary 4711")
            : ValueTask.FromResult<IReadOnlyList<EvidencePassage>>([Pilot])));
        Emulator.Enqueue(Claims("Trams are free.", "The pilot ran."), Rulings((2, "Verified", [(1, "In six weeks the pilot carried 8,412 people.")])));

        StepResult<ContentAnalysis> result = await CheckAsync();

        Assert.That(result.ValueOrThrow().Claims.Select(claim => claim.Verdict), Is.EqualTo(new[] { ClaimVerdict.Unverified, ClaimVerdict.Verified }));
        Assert.That(result.Receipt.Warnings, Is.EqualTo(new[] { "The source of evidence failed for 1 claim (InvalidOperationException): what it could not look up is unverified." }));
    }

    [TestCase(false)]
    [TestCase(true)]
    [CancelAfter(60_000)]
    public async Task AnalyzeAsync_SourceHangs_IsWaitedForOnce(bool blocksItsThread, CancellationToken testEnd)
    {
        using var never = new ManualResetEventSlim();
        var source = new ListedEvidence(async (_, _) =>
        {
            if (blocksItsThread)
            {
                never.Wait(testEnd);
            }

            await Task.Delay(Timeout.Infinite, testEnd);
            return [Trams];
        });
        Use(source, options => options.Analysis.MaxParallelParts = 1);
        Emulator.Enqueue(Claims("Trams are free.", "Buses are free.", "Bikes are free."));

        Task<StepResult<ContentAnalysis>> running = CheckAsync(cancellationToken: testEnd);
        await PassAsync(running, testEnd);
        never.Set();

        AssertUnverified(await running, "The source of evidence failed for 3 claims (TimeoutException): what it could not look up is unverified.");
        Assert.That(source.Asked, Has.Count.EqualTo(1));
        Assert.That(Time.GetUtcNow().Minute, Is.Zero, "within the 10 seconds for one question, and a few for the clock's steps");
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task AnalyzeAsync_CancelledWhileLookingUp_Throws(CancellationToken testEnd)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(testEnd);
        var source = new ListedEvidence(async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return [Trams];
        });
        Use(source);
        Emulator.Enqueue(Claims("Trams are free."));

        Task<StepResult<ContentAnalysis>> running = CheckAsync(cancellationToken: stop.Token);
        while (source.Asked.IsEmpty)
        {
            await Task.Yield();
        }

        await stop.CancelAsync();

        Assert.That(() => running, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task AnalyzeAsync_SourceGivesNonsense_IsPassedOver()
    {
        Use(new ListedEvidence((claim, _) => ValueTask.FromResult<IReadOnlyList<EvidencePassage>>(claim.StartsWith("Trams", StringComparison.Ordinal)
            ? null!
            : [null!, new EvidencePassage { Title = null!, Text = "Words." }, new EvidencePassage { Title = "T", Text = null! }, new EvidencePassage { Title = "", Text = " \n" }])));
        Emulator.Enqueue(Claims("Trams are free.", "Buses are free."));

        AssertUnverified(await CheckAsync());
        Assert.That(Emulator.Requests, Has.Count.EqualTo(1));
    }

    private static void AssertUnverified(StepResult<ContentAnalysis> result, params string[] warnings) => Assert.Multiple(() =>
    {
        Assert.That(result.ValueOrThrow().Claims, Is.Not.Empty.And.All.Matches<Claim>(claim => claim is { Verdict: ClaimVerdict.Unverified, Evidence.Count: 0 }));
        Assert.That(result.Receipt.Warnings, Is.EqualTo(warnings));
    });
}
