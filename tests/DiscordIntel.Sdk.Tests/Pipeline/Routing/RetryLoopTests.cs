using DiscordIntel.Pipeline;
using DiscordIntel.Pipeline.Routing;
using DiscordIntel.Providers;
using DiscordIntel.Results;
using DiscordIntel.Tests.Support;
using NUnit.Framework;
using Polly;

namespace DiscordIntel.Tests.Pipeline.Routing;

/// <summary>The loop alone, on a clock that the test moves: how long it waits, to the tick.</summary>
internal sealed class RetryLoopTests
{
    private static readonly Attempt Transient = Failing(null);

    [TestCase(0.0, 1000, 1000)]
    [TestCase(0.5, 1000, 60_000)]
    [TestCase(1.0, 1000, 60_000)]
    [TestCase(1.0, 1000, 3000)]
    public async Task Build_FullJitter_WaitsAShareOfADoublingCeiling(double jitter, int baseMilliseconds, int maxMilliseconds)
    {
        var options = new ResilienceOptions
        {
            MaxAttempts = 5,
            BaseDelay = TimeSpan.FromMilliseconds(baseMilliseconds),
            MaxDelay = TimeSpan.FromMilliseconds(maxMilliseconds),
        };
        var run = new Run(options, null, _ => Transient, () => jitter);

        await run.AdvanceToEndAsync();

        double[] waits = [.. Enumerable.Range(0, 4).Select(n => jitter * Math.Min(baseMilliseconds * Math.Pow(2, n), maxMilliseconds))];
        Assert.That(run.Waits, Is.EqualTo(waits.Where(wait => wait > 0)), "a wait of nothing sets no timer");
        Assert.That(run.Attempts, Is.EqualTo(5));
    }

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(10)]
    public async Task Build_AlwaysTransient_SendsMaxAttempts(int maxAttempts)
    {
        var run = new Run(new ResilienceOptions { MaxAttempts = maxAttempts, BaseDelay = TimeSpan.Zero }, null, _ => Transient);

        await run.AdvanceToEndAsync();

        Assert.That(run.Attempts, Is.EqualTo(maxAttempts));
    }

    [Test]
    public async Task Build_DefaultRandomness_StaysWithinTheCeiling()
    {
        var run = new Run(new ResilienceOptions { MaxAttempts = 10, MaxDelay = TimeSpan.FromSeconds(8) }, null, _ => Transient, jitter: null);

        await run.AdvanceToEndAsync();

        Assert.That(run.Waits, Has.Length.EqualTo(9));
        for (int n = 0; n < 9; n++)
        {
            Assert.That(run.Waits[n], Is.InRange(0, Math.Min(1000 * Math.Pow(2, n), 8000)));
        }

        Assert.That(run.Waits.Distinct().Count(), Is.GreaterThan(1), "a random share, not a fixed one");
    }

    [TestCase(1798)]
    [TestCase(30_000)]
    [TestCase(60_000)]
    public async Task Build_RetryAfter_IsWaitedForExactly(int milliseconds)
    {
        var run = new Run(new ResilienceOptions { MaxAttempts = 2 }, null, n => n == 0 ? Failing(TimeSpan.FromMilliseconds(milliseconds)) : default, () => 0.123);

        await run.AdvanceToEndAsync();

        Assert.That(run.Waits, Is.EqualTo(new double[] { milliseconds }));
    }

    [Test]
    public async Task Build_RetryAfterBeyondMaxDelay_IsNotWaitedFor()
    {
        var run = new Run(new ResilienceOptions(), null, _ => Failing(TimeSpan.FromMilliseconds(60_001)));

        Assert.That(run.Call.IsCompleted, Is.True);
        Assert.That((await run.Call).Error!.RetryAfter, Is.EqualTo(TimeSpan.FromMilliseconds(60_001)));
        Assert.That(run.Attempts, Is.EqualTo(1));
    }

    [TestCase(4000, 2)]
    [TestCase(5000, 1)]
    [TestCase(6000, 1)]
    public async Task Build_WaitThatOutlastsTheDeadline_IsNotBegun(int retryAfter, int attempts)
    {
        var run = new Run(new ResilienceOptions { MaxAttempts = 2 }, TimeSpan.FromSeconds(5), _ => Failing(TimeSpan.FromMilliseconds(retryAfter)));

        await run.AdvanceToEndAsync();

        Assert.That(run.Attempts, Is.EqualTo(attempts));
    }

    [Test]
    public async Task Build_TimeSpentBefore_CountsTowardsTheDeadline()
    {
        var run = new Run(
            new ResilienceOptions { MaxAttempts = 2 }, TimeSpan.FromSeconds(5), _ => Failing(TimeSpan.FromSeconds(4)), spent: TimeSpan.FromSeconds(2));

        await run.AdvanceToEndAsync();

        Assert.That(run.Attempts, Is.EqualTo(1));
    }

    [Test]
    public async Task Build_PermanentOrCancelled_IsNotRetried()
    {
        foreach (Attempt attempt in new[] { Transient with { IsTransient = false }, Transient with { IsCancelled = true }, default })
        {
            var run = new Run(new ResilienceOptions(), null, _ => attempt);
            await run.AdvanceToEndAsync();
            Assert.That(run.Attempts, Is.EqualTo(1));
        }
    }

    /// <summary>To wait for the end of a pause is no request: none of the attempts is used up by it, and no ceiling holds for it.</summary>
    [Test]
    public async Task Build_PausedAgainAndAgain_WaitsAndThenMakesAllAttempts()
    {
        Attempt paused = Failing(TimeSpan.FromSeconds(90.0005)) with { IsTransient = false, IsPaused = true };
        var run = new Run(new ResilienceOptions { MaxAttempts = 3 }, null, n => n < 5 ? paused : Transient, () => 1);

        await run.AdvanceToEndAsync();

        Assert.That(run.Attempts, Is.EqualTo(8));
        Assert.That(run.Waits, Is.EqualTo(new double[] { 90_001, 90_001, 90_001, 90_001, 90_001, 1000, 2000 }));
    }

    private static Attempt Failing(TimeSpan? retryAfter) => new()
    {
        IsTransient = true,
        Error = new StepError { Kind = StepErrorKind.RateLimited, Message = "busy", RetryAfter = retryAfter },
    };

    private sealed class Run
    {
        private readonly RoadClock _clock = new();

        public Run(ResilienceOptions options, TimeSpan? deadline, Func<int, Attempt> attempt, Func<double>? jitter = null, TimeSpan spent = default)
        {
            var call = new ModelCall<string>
            {
                Operation = "test",
                Messages = [],
                Read = static _ => default,
                Generation = new() { Timeout = deadline ?? TimeSpan.FromHours(2) },
                Spent = spent,
            };
            ResilienceContext polly = ResilienceContextPool.Shared.Get(CancellationToken.None);
            var context = new CallContext(call, RoadHost.Scope, new DiscordIntelOptions(), _clock, CancellationToken.None);
            polly.Properties.Set(RetryLoop.Context, context);
            Call = RetryLoop.Build(options, _clock, jitter).ExecuteAsync(
                _ =>
                {
                    Attempt made = attempt(Attempts++);
                    context.Account.Attempts += made.IsPaused ? 0 : 1;
                    return new ValueTask<Attempt>(made);
                },
                polly).AsTask();
        }

        public Task<Attempt> Call { get; }

        public int Attempts { get; private set; }

        public double[] Waits { get; private set; } = [];

        public async Task AdvanceToEndAsync()
        {
            Waits = [.. (await _clock.RunAsync(Call)).Select(wait => wait.TotalMilliseconds)];
            await Call;
        }
    }
}
