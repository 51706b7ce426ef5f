using System.Text.Json;
using DiscordIntel.Functions;
using DiscordIntel.Results;
using DiscordIntel.Testing;
using DiscordIntel.Tests.Support;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace DiscordIntel.Tests.Functions;

/// <summary>Whose fault it was that a call gave nothing: the model's arguments, the time, or the tool.</summary>
internal sealed class ToolCallerTests
{
    private enum Shape
    {
        Round,
        Flat,
    }

    private static IEnumerable<TestCaseData> Unbindable()
    {
        yield return Case((int number) => number, """{"number":99999999999}""", "$.number:");
        yield return Case((byte number) => number, """{"number":300}""", "$.number:");
        yield return Case((ulong number) => number, """{"number":-1}""", "$.number:");
        yield return Case((decimal number) => number, """{"number":1e60}""", "$.number:");
        yield return Case((Guid id) => id, """{"id":"nope"}""", "$.id:");
        yield return Case((DateOnly day) => day, """{"day":"2024-99-99"}""", "$.day:");
        yield return Case((string name, Part part) => name + part, """{"name":"a","part":{"name":"b","count":99999999999}}""", "$.part.count:");

        static TestCaseData Case(Delegate method, string arguments, string told) => new TestCaseData(method, arguments, told).SetArgDisplayNames(arguments);
    }

    [TestCaseSource(nameof(Unbindable))]
    public async Task Arguments_OfTheSchemaButNotOfTheType_AreToldToTheModel(Delegate method, string arguments, string told)
    {
        (StepResult<string> result, OpenAIEmulator emulator) = await RunAsync(AIFunctionFactory.Create(method, "tool"), arguments);

        ToolStep step = result.Receipt.ToolSteps.Single();
        Assert.Multiple(() =>
        {
            Assert.That(step.Outcome, Is.EqualTo(ToolOutcome.InvalidArguments));
            Assert.That(step.Error, Does.StartWith(told));
            Assert.That(step.Exception, Is.InstanceOf<JsonException>());
            Assert.That(Told(emulator), Does.StartWith("Error: the function was not called").And.Contain(told));
        });
    }

    [Test]
    public async Task JsonException_OfTheMethodItself_IsItsFailure()
    {
        AIFunction reads = AIFunctionFactory.Create((Shape shape) => JsonDocument.Parse($"{{{shape}").RootElement.GetRawText(), "tool");

        (StepResult<string> result, _) = await RunAsync(reads, """{"shape":"Flat"}""");

        Assert.That(result.Receipt.ToolSteps.Single().Outcome, Is.EqualTo(ToolOutcome.Failed));
    }

    [Test]
    public async Task TimeoutException_OfTheMethodItself_IsItsFailure()
    {
        AIFunction waits = AIFunctionFactory.Create(string () => throw new TimeoutException("The wiki did not answer."), "tool");

        (StepResult<string> result, _) = await RunAsync(waits, "{}");

        Assert.That(result.Receipt.ToolSteps.Single().Outcome, Is.EqualTo(ToolOutcome.Failed));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Timeout_ClockThatLagsBehindItsTimers_IsATimeoutAllTheSame(CancellationToken stop)
    {
        var emulator = new OpenAIEmulator().Enqueue(EmulatorReply.ToolCalls(("slow", "{}")), EmulatorReply.Text("Well."));
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new LaggingClock());
        services.AddDiscordIntel()
            .AddTool(async (CancellationToken token) => await Task.Delay(Timeout.Infinite, token), "slow", configure: tool => tool.Timeout = TimeSpan.FromMilliseconds(20))
            .UseEmulator(emulator);
        await using ServiceProvider provider = services.BuildServiceProvider();

        StepResult<string> result = await provider.GetRequiredService<FunctionCallingClient>().RunAsync("Go", CallHost.Scope, stop);

        Assert.That(result.Receipt.ToolSteps.Single().Outcome, Is.EqualTo(ToolOutcome.TimedOut));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Approval_ThatBlocksItsThread_IsNotWaitedFor(CancellationToken stop)
    {
        using var host = new CallHost();
        using var decided = new ManualResetEventSlim();
        var bot = new BotTools();
        host.Emulator.Enqueue(EmulatorReply.ToolCalls(("ban", """{"user":"ann"}""")), EmulatorReply.Text("Well."));
        FunctionRequest request = FunctionRequest.Of("Ban ann", new ApprovalRequiredAIFunction(bot.Ban)) with
        {
            ApproveAsync = (_, _) =>
            {
                decided.Wait(stop);
                return ValueTask.FromResult(true);
            },
        };

        Task<StepResult<string>> run = Task.Factory.StartNew(
            () => host.Get<FunctionCallingClient>().RunAsync(request, CallHost.Scope, stop), stop, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        await host.PumpAsync(run, TimeSpan.FromMinutes(1));
        StepResult<string> result = await run;
        decided.Set();

        Assert.That(result.Receipt.ToolSteps.Single().Outcome, Is.EqualTo(ToolOutcome.Denied));
        Assert.That(bot.Ran, Is.Empty);
    }

    private static async Task<(StepResult<string> Result, OpenAIEmulator Emulator)> RunAsync(AIFunction tool, string arguments)
    {
        using var host = new CallHost();
        host.Emulator.Enqueue(EmulatorReply.ToolCalls(("tool", arguments)), EmulatorReply.Text("Well."));
        return (await host.Get<FunctionCallingClient>().RunAsync(FunctionRequest.Of("Go", tool), CallHost.Scope), host.Emulator);
    }

    private static string? Told(OpenAIEmulator emulator) => emulator.Requests[1].Body.GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString();

    private sealed record Part(string Name, int Count);

    /// <summary>Real timers over a clock that does not move.</summary>
    private sealed class LaggingClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
