using System.Text.Json;
using DiscordIntel.Functions;
using DiscordIntel.Results;
using DiscordIntel.Testing;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace DiscordIntel.Tests.Functions;

/// <summary>A run as a bot sees it: what is sent, what runs, what comes back.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class FunctionCallingClientTests : IDisposable
{
    private readonly CallHost _host = new();
    private readonly BotTools _bot = new();

    private FunctionCallingClient Functions => _host.Get<FunctionCallingClient>();

    [Test]
    public async Task RunAsync_OneCall_AnswersWithItsResult()
    {
        _host.Emulator.Enqueue(EmulatorReply.ToolCalls(("score", """{"team":"Owls","season":null}""")), EmulatorReply.Text("The Owls have 3."));

        StepResult<string> result = await RunAsync(FunctionRequest.Of("How are the Owls?", _bot.Score));

        Assert.That(result.ValueOrThrow(), Is.EqualTo("The Owls have 3."));
        Assert.That(_bot.Ran, Is.EqualTo(new[] { "score Owls " }));
        ToolStep step = result.Receipt.ToolSteps.Single();
        Assert.Multiple(() =>
        {
            Assert.That(step.Tool, Is.EqualTo("score"));
            Assert.That(step.Outcome, Is.EqualTo(ToolOutcome.Succeeded));
            Assert.That(step.Round, Is.EqualTo(1));
            Assert.That(step.Result, Is.EqualTo("Owls: 3"));
            Assert.That(step.Arguments!.Value.GetRawText(), Is.EqualTo("""{"team":"Owls","season":null}"""));
            Assert.That(step.InputTokens, Is.GreaterThan(0));
            Assert.That(step.CallId, Is.Not.Empty);
            Assert.That(result.Receipt.Attempts, Is.EqualTo(2));
        });
    }

    [Test]
    public async Task RunAsync_Request_OffersStrictFunctions()
    {
        await RunAsync(FunctionRequest.Of("Hello", _bot.Score));

        JsonElement tool = _host.Emulator.Requests[0].Body.GetProperty("tools")[0].GetProperty("function");
        JsonElement parameters = tool.GetProperty("parameters");
        Assert.Multiple(() =>
        {
            Assert.That(tool.GetProperty("name").GetString(), Is.EqualTo("score"));
            Assert.That(tool.GetProperty("description").GetString(), Is.EqualTo("The score of a team."));
            Assert.That(tool.GetProperty("strict").GetBoolean(), Is.True);
            Assert.That(parameters.GetProperty("additionalProperties").GetBoolean(), Is.False);
            Assert.That(parameters.GetProperty("required").EnumerateArray().Select(name => name.GetString()), Is.EqualTo(new[] { "team", "season" }));
        });
    }

    [Test]
    public async Task RunAsync_SecondTurn_CarriesEveryResult()
    {
        _host.Emulator.Enqueue(
            EmulatorReply.ToolCalls(("score", """{"team":"Owls","season":null}"""), ("score", """{"team":"Elks","season":7}"""), ("nope", "{}")),
            EmulatorReply.Text("Draw."));

        StepResult<string> result = await RunAsync(FunctionRequest.Of("Who leads?", _bot.Score));

        JsonElement[] messages = [.. _host.Emulator.Requests[1].Body.GetProperty("messages").EnumerateArray()];
        JsonElement[] calls = [.. messages.Single(message => message.TryGetProperty("tool_calls", out _)).GetProperty("tool_calls").EnumerateArray()];
        JsonElement[] answers = [.. messages.Where(message => message.GetProperty("role").GetString() == "tool")];
        Assert.Multiple(() =>
        {
            Assert.That(result.Value, Is.EqualTo("Draw."));
            Assert.That(_bot.Ran, Is.EquivalentTo(new[] { "score Owls ", "score Elks 7" }));
            Assert.That(answers.Select(answer => answer.GetProperty("tool_call_id").GetString()), Is.EqualTo(calls.Select(call => call.GetProperty("id").GetString())));
            Assert.That(answers.Select(answer => answer.GetProperty("content").GetString()![..5]), Is.EqualTo(new[] { "Owls:", "Elks:", "Error" }));
            Assert.That(result.Receipt.ToolSteps.Select(step => step.Outcome), Is.EqualTo(new[] { ToolOutcome.Succeeded, ToolOutcome.Succeeded, ToolOutcome.Unknown }));
        });
    }

    [Test]
    public async Task RunAsync_SeveralRounds_AddsUpTheReceipt()
    {
        _host.Emulator.Enqueue(EmulatorReply.ToolCalls(("time", "{}")), EmulatorReply.ToolCalls(("score", """{"team":"A","season":1}""")), EmulatorReply.Text("Done."));

        StepResult<string> result = await RunAsync(FunctionRequest.Of("Both, please", _bot.Score, _bot.Time));

        Assert.Multiple(() =>
        {
            Assert.That(result.Value, Is.EqualTo("Done."));
            Assert.That(result.Receipt.ToolSteps.Select(step => step.Round), Is.EqualTo(new[] { 1, 2 }));
            Assert.That(result.Receipt.InputTokens, Is.EqualTo(_host.Emulator.Billed.Sum(bill => bill.InputTokens)));
            Assert.That(result.Receipt.Attempts, Is.EqualTo(3));
        });
    }

    [TestCase(null, null)]
    [TestCase("auto", "auto")]
    [TestCase("none", "none")]
    [TestCase("any", "required")]
    [TestCase("named", "score")]
    public async Task RunAsync_ToolMode_HoldsForTheFirstTurn(string? mode, string? sent)
    {
        _host.Emulator.Enqueue(EmulatorReply.ToolCalls(("score", """{"team":"A","season":1}""")), EmulatorReply.Text("Done."));
        FunctionRequest request = FunctionRequest.Of("Score?", _bot.Score) with
        {
            ToolMode = mode switch
            {
                "auto" => ChatToolMode.Auto,
                "none" => ChatToolMode.None,
                "any" => ChatToolMode.RequireAny,
                "named" => ChatToolMode.RequireSpecific("score"),
                _ => null,
            },
        };

        await RunAsync(request);

        Assert.That(Choice(0), Is.EqualTo(sent));
        Assert.That(Choice(1), Is.EqualTo(mode == "none" ? "none" : null));

        string? Choice(int turn) => !_host.Emulator.Requests[turn].Body.TryGetProperty("tool_choice", out JsonElement choice) ? null
            : choice.ValueKind is JsonValueKind.String ? choice.GetString() : choice.GetProperty("function").GetProperty("name").GetString();
    }

    [Test]
    public async Task RunAsync_RequiredCallThatIsNotMade_IsAWarning()
    {
        _host.Emulator.Enqueue(EmulatorReply.Text("I would rather not."));

        StepResult<string> result = await RunAsync(FunctionRequest.Of("Score?", _bot.Score) with { ToolMode = ChatToolMode.RequireAny });

        Assert.That(result.Value, Is.EqualTo("I would rather not."));
        Assert.That(result.Receipt.Warnings, Is.EqualTo(new[] { "The model answered without the call that ToolMode requires." }));
    }

    [Test]
    public async Task RunAsync_RequiredToolThatIsNotOffered_IsInvalid()
    {
        StepResult<string> result = await RunAsync(FunctionRequest.Of("Score?", _bot.Score) with { ToolMode = ChatToolMode.RequireSpecific("ban") });

        Assert.That(result.Error?.Kind, Is.EqualTo(StepErrorKind.InvalidRequest));
        Assert.That(result.Error!.Message, Does.Contain("'ban'"));
        Assert.That(_host.Sent, Is.Zero);
    }

    [Test]
    public async Task RunAsync_NoTools_IsAPlainAnswer()
    {
        _host.Emulator.Enqueue(EmulatorReply.Text("Hello."));

        StepResult<string> result = await Functions.RunAsync("Hi", CallHost.Scope);

        Assert.That(result.Value, Is.EqualTo("Hello."));
        Assert.That(_host.Emulator.Requests[0].Body.TryGetProperty("tools", out _), Is.False);
    }

    [Test]
    public async Task RunAsync_SecondTurnOverBudget_KeepsTheSteps()
    {
        using var host = new CallHost(("DiscordIntel:Budget:MonthlyLimitUsd", "0.011"), ("DiscordIntel:Generation:MaxOutputTokens", "1000"));
        host.Emulator.Always(EmulatorReply.ToolCalls(("long", """{"page":1}""")));

        StepResult<string> result = await host.Get<FunctionCallingClient>().RunAsync(FunctionRequest.Of("Read", _bot.Long(90_000)), CallHost.Scope);

        Assert.That(result.Error?.Kind, Is.EqualTo(StepErrorKind.BudgetExceeded));
        Assert.That(result.Receipt.ToolSteps.Single().Outcome, Is.EqualTo(ToolOutcome.Succeeded));
        Assert.That(host.Sent, Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_FeatureOff_SendsNothing()
    {
        using var host = new CallHost(("ENABLE_OPENAI_FUNCTION_CALLING", "false"));

        StepResult<string> result = await host.Get<FunctionCallingClient>().RunAsync("Hi", CallHost.Scope);

        Assert.That(result.Error?.Kind, Is.EqualTo(StepErrorKind.FeatureDisabled));
        Assert.That(host.Sent, Is.Zero);
    }

    [TestCase("refusal", StepErrorKind.Refused)]
    [TestCase("cut", StepErrorKind.Truncated)]
    [TestCase("401", StepErrorKind.Unauthorized)]
    [TestCase("filter", StepErrorKind.ContentFiltered)]
    public async Task RunAsync_FaultInTheSecondTurn_IsItsErrorWithTheSteps(string fault, StepErrorKind kind)
    {
        _host.Emulator.Enqueue(EmulatorReply.ToolCalls(("time", "{}")), fault switch
        {
            "refusal" => EmulatorReply.Refusal("No."),
            "cut" => EmulatorReply.Truncated("It is no"),
            "401" => EmulatorReply.Unauthorized(),
            _ => EmulatorReply.ContentFiltered(),
        });

        StepResult<string> result = await RunAsync(FunctionRequest.Of("Time?", _bot.Time));

        Assert.That(result.Error?.Kind, Is.EqualTo(kind));
        Assert.That(result.Receipt.ToolSteps, Has.Count.EqualTo(1));
    }

    [Test]
    public void RunAsync_Nulls_Throw()
    {
        Assert.ThrowsAsync<ArgumentNullException>(() => Functions.RunAsync((string)null!, CallHost.Scope));
        Assert.ThrowsAsync<ArgumentNullException>(() => Functions.RunAsync((FunctionRequest)null!, CallHost.Scope));
        Assert.ThrowsAsync<ArgumentNullException>(() => Functions.RunAsync("Hi", null!));
        Assert.ThrowsAsync<ArgumentException>(() => Functions.RunAsync(new FunctionRequest { Messages = [null!] }, CallHost.Scope));
        Assert.ThrowsAsync<ArgumentException>(() => Functions.RunAsync(FunctionRequest.Of("Hi", _bot.Time, null!), CallHost.Scope));
    }

    [Test]
    public async Task RunAsync_EmptyPrompt_IsInvalid() =>
        Assert.That((await Functions.RunAsync(" ", CallHost.Scope)).Error?.Kind, Is.EqualTo(StepErrorKind.InvalidRequest));

    public void Dispose() => _host.Dispose();

    private Task<StepResult<string>> RunAsync(FunctionRequest request) => Functions.RunAsync(request, CallHost.Scope);
}
