using DiscordIntel.Functions;
using DiscordIntel.Results;
using DiscordIntel.Testing;
using DiscordIntel.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Tests.Functions;

/// <summary>Every run ends: at a cap with the steps so far.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class FunctionCapsTests
{
    private readonly BotTools _bot = new();

    [TestCase("functions", StepErrorKind.BudgetExceeded)]
    [TestCase("text", null)]
    public async Task FeatureLimit_OfFunctions_HoldsForThemAlone(string feature, StepErrorKind? kind)
    {
        using var host = new CallHost(($"DiscordIntel:Budget:FeatureMonthlyLimitsUsd:{feature}", "0"));

        StepResult<string> result = await host.Get<FunctionCallingClient>().RunAsync("Go", CallHost.Scope);

        Assert.That(result.Error?.Kind, Is.EqualTo(kind), result.Error?.Message);
    }

    [Test]
    public async Task MaxRounds_AnEndlessModel_IsStoppedThere()
    {
        using var host = new CallHost(("DiscordIntel:Functions:MaxRounds", "3"));
        host.Emulator.Enqueue([.. Enumerable.Range(0, 9).Select(i => EmulatorReply.ToolCalls(("long", $$"""{"page":{{i}}}""")))]);

        StepResult<string> result = await RunAsync(host, FunctionRequest.Of("Read on", _bot.Long(3)));

        Assert.Multiple(() =>
        {
            Assert.That(result.Error?.Kind, Is.EqualTo(StepErrorKind.ToolLimitReached));
            Assert.That(result.Error!.Message, Does.Contain("MaxRounds"));
            Assert.That(_bot.Ran, Has.Count.EqualTo(3));
            Assert.That(host.Sent, Is.EqualTo(4));
            Assert.That(result.Receipt.ToolSteps.Select(step => step.Outcome), Is.EqualTo(
                new[] { ToolOutcome.Succeeded, ToolOutcome.Succeeded, ToolOutcome.Succeeded, ToolOutcome.NotRun }));
            Assert.That(result.Receipt.Attempts, Is.EqualTo(4));
        });
    }

    [Test]
    public async Task MaxCallsPerRound_OneMore_RunsNone()
    {
        using var host = new CallHost();
        host.Emulator.Enqueue(EmulatorReply.ToolCalls([.. Enumerable.Range(0, 17).Select(i => ("long", $$"""{"page":{{i}}}"""))]));

        StepResult<string> result = await RunAsync(host, FunctionRequest.Of("Read all", _bot.Long(3)));

        Assert.That(result.Error?.Kind, Is.EqualTo(StepErrorKind.ToolLimitReached));
        Assert.That(_bot.Ran, Is.Empty);
        Assert.That(result.Receipt.ToolSteps, Has.Count.EqualTo(17));
    }

    [TestCase(1000, 3)]
    [TestCase(999, 4)]
    public async Task MaxResultCharacters_OfAllResults_IsTheCap(int characters, int sent)
    {
        using var host = new CallHost(("DiscordIntel:Functions:MaxResultCharacters", "2999"));
        host.Emulator.Enqueue(
            [.. Enumerable.Range(0, 3).Select(i => EmulatorReply.ToolCalls(("long", $$"""{"page":{{i}}}"""))), EmulatorReply.Text("Read.")]);

        StepResult<string> result = await RunAsync(host, FunctionRequest.Of("Read on", _bot.Long(characters)));

        Assert.That(host.Sent, Is.EqualTo(sent));
        Assert.That(result.Error?.Kind, Is.EqualTo(sent == 3 ? StepErrorKind.ToolLimitReached : null));
        Assert.That(result.Receipt.ToolSteps, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task SameCall_Twice_RunsOnceWithAWarning()
    {
        using var host = new CallHost();
        host.Emulator.Enqueue(
            EmulatorReply.ToolCalls(("score", """{"team":"A","season":1}""")), EmulatorReply.ToolCalls(("score", """{ "season":1, "team":"A" }""")), EmulatorReply.Text("A: 3."));

        StepResult<string> result = await RunAsync(host, FunctionRequest.Of("Score?", _bot.Score));

        Assert.Multiple(() =>
        {
            Assert.That(result.Value, Is.EqualTo("A: 3."));
            Assert.That(_bot.Ran, Has.Count.EqualTo(1));
            Assert.That(result.Receipt.ToolSteps[1].Outcome, Is.EqualTo(ToolOutcome.Repeated));
            Assert.That(result.Receipt.ToolSteps[1].Result, Does.EndWith("A: 3"));
            Assert.That(result.Receipt.Warnings.Single(), Does.Contain("'score' twice"));
        });
    }

    [TestCase("score", """{"team":"A","season":1}""", 1)]
    [TestCase("score", "{", 0)]
    [TestCase("nope", "{}", 0)]
    public async Task SameCall_AThirdTime_EndsTheRun(string tool, string arguments, int ran)
    {
        using var host = new CallHost();
        host.Emulator.Always(EmulatorReply.ToolCalls((tool, arguments)));

        StepResult<string> result = await RunAsync(host, FunctionRequest.Of("Score?", _bot.Score));

        Assert.Multiple(() =>
        {
            Assert.That(result.Error?.Kind, Is.EqualTo(StepErrorKind.ToolLimitReached));
            Assert.That(result.Error!.UserMessage, Is.Not.Empty);
            Assert.That(_bot.Ran, Has.Count.EqualTo(ran));
            Assert.That(host.Sent, Is.EqualTo(3));
            Assert.That(result.Receipt.ToolSteps.Select(step => step.Outcome).Skip(1), Is.EqualTo(new[] { ToolOutcome.Repeated, ToolOutcome.NotRun }));
        });
    }

    [Test]
    public async Task SameCall_WithinATurn_RunsOnce()
    {
        using var host = new CallHost();
        host.Emulator.Enqueue(EmulatorReply.ToolCalls(("time", "{}"), ("time", "{}")), EmulatorReply.Text("Noon."));

        StepResult<string> result = await RunAsync(host, FunctionRequest.Of("Time?", _bot.Time));

        Assert.That(_bot.Ran, Has.Count.EqualTo(1));
        Assert.That(result.Receipt.ToolSteps[1].Result, Does.EndWith("noon"));
    }

    private static Task<StepResult<string>> RunAsync(CallHost host, FunctionRequest request) => host.Get<FunctionCallingClient>().RunAsync(request, CallHost.Scope);
}
