using DiscordIntel.Results;
using DiscordIntel.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Routing;

/// <summary>The caller gives up: thrown, never a value, never retried.</summary>
internal sealed class CancellationTests
{
    [Test]
    public void CompleteAsync_CancelledBefore_ThrowsAndSendsNothing()
    {
        using var host = new RoadHost();
        host.Handler.Then(200, RoadAnswer.Saying("Paris"));

        Assert.That(async () => await host.AskAsync(cancellationToken: new CancellationToken(true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(host.Handler.Requests, Is.Empty);
    }

    [Test]
    public void CompleteAsync_CancelledDuringTheSend_ThrowsAndIsToldOnceAsCancelled()
    {
        using var host = new RoadHost();
        using var telemetry = new RoadTelemetry(host.Telemetry);
        using var caller = new CancellationTokenSource();
        host.Handler.ThenStall();

        Task<StepResult<string>> call = host.AskAsync(cancellationToken: caller.Token);
        Assert.That(host.Handler.Requests, Has.Count.EqualTo(1));
        caller.Cancel();

        Assert.That(async () => await call.WaitAsync(TimeSpan.FromSeconds(10)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(telemetry.Of("discordintel.step.results").Select(result => result.Tags["outcome"]), Is.EqualTo(new[] { "cancelled" }));
        Assert.That(host.Handler.Requests, Has.Count.EqualTo(1), "a cancelled call is not retried");
    }

    [Test]
    public void CompleteAsync_CancelledDuringTheWait_ThrowsAndIsToldOnceAsCancelled()
    {
        using var host = new RoadHost();
        using var telemetry = new RoadTelemetry(host.Telemetry);
        using var caller = new CancellationTokenSource();
        host.Handler.Then(429, "", ("retry-after", "30"));

        Task<StepResult<string>> call = host.AskAsync(cancellationToken: caller.Token);
        host.Time.Advance(TimeSpan.FromSeconds(10));
        caller.Cancel();

        Assert.That(async () => await call.WaitAsync(TimeSpan.FromSeconds(10)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(telemetry.Of("discordintel.step.results").Select(result => result.Tags["outcome"]), Is.EqualTo(new[] { "cancelled" }));
        Assert.That(host.Handler.Requests, Has.Count.EqualTo(1));
    }
}
