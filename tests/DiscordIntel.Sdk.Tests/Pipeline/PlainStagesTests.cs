using DiscordIntel.Pipeline;
using DiscordIntel.Results;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline;

/// <summary>The plain twin of <see cref="StreamStagesTests"/>.</summary>
internal sealed class PlainStagesTests : RoadStages
{
    [Test]
    public async Task RunAsync_Success_EndsOnceWithSuccess()
    {
        StepResult<string> result = await Pipeline(new RoadChatClient(RoadChatClient.Says("Paris")), Outer, Inner).RunAsync(Call(), RoadHost.Scope, CancellationToken.None);

        Assert.That(result.Value, Is.EqualTo("Paris"));
        AssertEndedOnce(outcome => outcome.IsSuccess);
    }

    [Test]
    public async Task RunAsync_Fault_EndsOnceWithTheErrorOfTheResult()
    {
        StepResult<string> result = await Pipeline(new RoadChatClient(RoadChatClient.Throws(new InvalidOperationException("bug"))), Outer, Inner)
            .RunAsync(Call(), RoadHost.Scope, CancellationToken.None);

        AssertEndedOnce(outcome => outcome.Error == result.Error && result.Error?.Kind is StepErrorKind.Unexpected);
    }

    [Test]
    public void RunAsync_CallerCancels_ThrowsAndEndsOnceAsCancelled()
    {
        using var caller = new CancellationTokenSource();
        Task<StepResult<string>> call = Pipeline(new RoadChatClient(RoadChatClient.Stalls()), Outer, Inner).RunAsync(Call(), RoadHost.Scope, caller.Token);
        caller.Cancel();

        Assert.That(async () => await call.WaitAsync(TimeSpan.FromSeconds(10)), Throws.InstanceOf<OperationCanceledException>());
        AssertEndedOnce(outcome => outcome.IsCancelled);
    }

    [Test]
    public async Task RunAsync_StageRefuses_LaterStagesAreNotEnteredAndEarlierOnesAreTold()
    {
        var client = new RoadChatClient(RoadChatClient.Says("Paris"));
        StepResult<string> result = await Pipeline(client, Outer, new RoadStage("refusing", Journal, StepErrorKind.RateLimited), Inner)
            .RunAsync(Call(), RoadHost.Scope, CancellationToken.None);

        Assert.That((result.Error!.Kind, result.Receipt.Attempts, result.Receipt.Provider), Is.EqualTo((StepErrorKind.RateLimited, 0, (string?)null)));
        Assert.That(Journal, Is.EqualTo(new[] { "outer in", "refusing in", "outer end" }));
        Assert.That(client.Calls, Is.Zero);
    }

    [Test]
    public async Task RunAsync_ReaderThrows_IsAnUnreadableAnswer()
    {
        var call = new ModelCall<string> { Operation = "test", Messages = [new(ChatRole.User, "Hi")], Read = _ => throw new FormatException("odd") };
        StepResult<string> result = await Pipeline(new RoadChatClient(RoadChatClient.Says("Paris")), Outer, Inner).RunAsync(call, RoadHost.Scope, CancellationToken.None);

        Assert.That((result.Error!.Kind, result.Error.Partial), Is.EqualTo((StepErrorKind.InvalidResponse, "Paris")));
        AssertEndedOnce(outcome => outcome.Error?.Kind is StepErrorKind.InvalidResponse);
    }
}
