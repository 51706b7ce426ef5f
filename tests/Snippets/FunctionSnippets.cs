using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using DiscordIntel.Analysis;
using DiscordIntel.Analysis.Evidence;
using DiscordIntel.Functions;
using DiscordIntel.Results;
using DiscordIntel.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using DescriptionAttribute = System.ComponentModel.DescriptionAttribute;

namespace DiscordIntel.Snippets;

internal sealed class FunctionSnippets
{
    #region functions-tool
    public sealed class Leaderboard
    {
        [Description("The points of a member of this server.")]
        public async Task<int> PointsAsync(
            [Description("The member's name.")] string member,  // from the model, checked
            IntelScope scope,                                   // from the call
            IScoreStore store,                                  // from the container
            CancellationToken ct) =>
            await store.PointsAsync(scope.Tenant, member, ct);
    }
    #endregion

    public interface IScoreStore
    {
        Task<int> PointsAsync(string tenant, string member, CancellationToken ct);
    }

    [Test]
    public async Task Register()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IScoreStore, Scores>();

        #region functions-register
        services.AddDiscordIntel()
            .AddTool(new Leaderboard().PointsAsync, "points")
            .AddTool(AIFunctionFactory.Create((int sides) => Random.Shared.Next(1, sides + 1), "roll_die", "Rolls a die."))
            .AddTool(
                "ban",
                "Bans a member of this server.",
                JsonElement.Parse("""{"type":"object","properties":{"member":{"type":"string"}},"required":["member"]}"""),
                async (arguments, scope, ct) => await BanAsync(scope.Tenant, arguments.GetProperty("member").GetString()!, ct),
                tool =>
                {
                    tool.RequiresApproval = true;
                    tool.AllowedFor = scope => scope.Tenant == "811111111111111111";  // other servers do not even see it
                    tool.Status = "Looking for the ban hammer";
                });
        #endregion

        var emulator = new OpenAIEmulator().Enqueue(EmulatorReply.ToolCalls(("points", """{"member":"Ann"}""")), EmulatorReply.Text("Ann has 42 points."));
        services.AddDiscordIntel().UseEmulator(emulator);
        FunctionCallingClient functions = services.BuildServiceProvider().GetRequiredService<FunctionCallingClient>();
        IntelScope scope = Emulated.Scope;
        CancellationToken ct = CancellationToken.None;

        #region functions-run
        StepResult<string> result = await functions.RunAsync("How many points does Ann have?", scope, ct);
        Console.WriteLine(result.Match(answer => answer, error => error.UserMessage));
        foreach (ToolStep step in result.Receipt.ToolSteps)
        {
            Console.WriteLine($"round {step.Round}: {step.Tool} {step.Arguments} -> {step.Outcome}, {step.Result} ({step.Duration})");
        }
        #endregion

        Assert.That(result.Value, Is.EqualTo("Ann has 42 points."));
        Assert.That(result.Receipt.ToolSteps.Single().Result, Is.EqualTo("42"));
        Assert.That(emulator.Requests[0].Body.GetProperty("tools").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public async Task PerCall()
    {
        FunctionCallingClient functions = Emulated.Client(EmulatorReply.ToolCalls(("roll_die", """{"sides":6}""")), EmulatorReply.Text("A four.")).Functions;
        IntelScope scope = Emulated.Scope;
        CancellationToken ct = CancellationToken.None;
        AIFunction rollDie = AIFunctionFactory.Create((int sides) => 4, "roll_die");

        #region functions-per-call
        var request = new FunctionRequest
        {
            Messages = [new ChatMessage(ChatRole.User, "Roll for initiative.")],
            Tools = [rollDie],                      // these, in place of the registered ones; nothing is registered
            AllowedTools = ["roll_die"],            // or: of the registered ones only these
            ToolMode = ChatToolMode.RequireAny,     // it must call one first
            Generation = new GenerationOptions { Timeout = TimeSpan.FromSeconds(30) },
        };
        StepResult<string> result = await functions.RunAsync(request, scope, ct);
        #endregion

        Assert.That(result.Receipt.ToolSteps.Single().Outcome, Is.EqualTo(ToolOutcome.Succeeded));
    }

    #region functions-approval
    public sealed class ButtonApprovals(IModChannel mods)
    {
        private readonly ConcurrentDictionary<string, TaskCompletionSource<bool>> _open = [];

        // FunctionRequest.ApproveAsync
        public async ValueTask<bool> AskAsync(ToolApproval call, CancellationToken ct)
        {
            string id = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8));
            var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _open[id] = answer;
            try
            {
                // The arguments are a model's words: in a code block, with mentions switched off.
                await mods.PostAsync($"Allow `{call.Tool}`?\n```json\n{call.Arguments}\n```", yes: $"tool:{id}:yes", no: $"tool:{id}:no", ct);
                return await answer.Task.WaitAsync(ct);
            }
            finally
            {
                _open.TryRemove(id, out _);
            }
        }

        // Call it from the handler of button interactions, once you know that the member may decide.
        public bool Answer(string customId) =>
            customId.Split(':') is ["tool", var id, var word] && _open.TryGetValue(id, out var answer) && answer.TrySetResult(word == "yes");
    }
    #endregion

    public interface IModChannel
    {
        Task PostAsync(string text, string yes, string no, CancellationToken ct);
    }

    [Test]
    public async Task Approval()
    {
        var mods = new Mods();
        var approvals = new ButtonApprovals(mods);
        mods.Approvals = approvals;
        AIFunction ban = AIFunctionFactory.Create((string member) => $"{member} is banned", "ban");
        FunctionCallingClient functions = Emulated.Client(EmulatorReply.ToolCalls(("ban", """{"member":"Bob"}""")), EmulatorReply.Text("Done.")).Functions;
        IntelScope scope = Emulated.Scope;
        CancellationToken ct = CancellationToken.None;

        #region functions-approve
        FunctionRequest request = FunctionRequest.Of("Bob spams. Ban him.", new ApprovalRequiredAIFunction(ban)) with
        {
            ApproveAsync = approvals.AskAsync,
        };
        StepResult<string> result = await functions.RunAsync(request, scope, ct);
        #endregion

        Assert.That(result.Receipt.ToolSteps.Single().Result, Is.EqualTo("Bob is banned"));
        Assert.That(approvals.Answer("tool:none:yes"), Is.False);
    }

    [Test]
    public async Task Streaming()
    {
        AIFunction rollDie = AIFunctionFactory.Create((int sides) => 4, "roll_die");
        FunctionCallingClient functions = Emulated.Client(EmulatorReply.ToolCalls(("roll_die", """{"sides":6}""")), EmulatorReply.Text("A four.")).Functions;
        IntelScope scope = Emulated.Scope;
        CancellationToken ct = CancellationToken.None;
        var shown = new StringBuilder();

        #region functions-stream
        await foreach (StepResult<StreamChunk> piece in functions.RunStreamingAsync(FunctionRequest.Of("Roll.", rollDie), scope, ct))
        {
            shown.Append(piece switch
            {
                { Error: { } error } => $"\n{error.UserMessage}",
                { Value.Status: { } status } => $"-# {status} ...\n",                                // "Using roll_die", or ToolOptions.Status
                { Value.Tool: { } step } => $"-# {step.Tool}: {step.Outcome}\n",                     // it has ended
                _ => piece.Value.Text,
            });
        }
        #endregion

        Assert.That(shown.ToString(), Is.EqualTo("-# Using roll_die ...\n-# roll_die: Succeeded\nA four."));
    }

    [Test]
    public async Task AnalysesAsTools()
    {
        AnalysisTools analysisTools = new(Emulated.Client().Analysis);
        FunctionCallingClient functions = Emulated.Client(EmulatorReply.ToolCalls(("fact_check_claims", """{"claims":["Trams are free."]}""")), EmulatorReply.Text("Nobody knows.")).Functions;
        IntelScope scope = Emulated.Scope;
        CancellationToken ct = CancellationToken.None;

        #region functions-analysis
        // services.AddDiscordIntel().AddAnalysisTools() registers them for every call; or, injected, for this one:
        FunctionRequest request = FunctionRequest.Of("Is it true that trams are free?", analysisTools.FactCheckClaims);
        StepResult<string> result = await functions.RunAsync(request, scope, ct);
        #endregion

        Assert.That(result.Receipt.ToolSteps.Single().Outcome, Is.EqualTo(ToolOutcome.Succeeded));
    }

    [Test]
    public async Task AnalysisWithTools()
    {
        var services = new ServiceCollection();
        services.AddDiscordIntel()
            .AddTool(AIFunctionFactory.Create((string team) => 3, "score"))
            .UseEmulator(new OpenAIEmulator().Enqueue(EmulatorReply.ToolCalls(("score", """{"team":"Owls"}""")), EmulatorReply.Text("done")));
        AnalysisClient analysis = services.BuildServiceProvider().GetRequiredService<AnalysisClient>();
        IntelScope scope = Emulated.Scope;
        CancellationToken ct = CancellationToken.None;
        string transcript = "Ann: The Owls won. Bob: They never do.";

        #region functions-analyze
        var request = new AnalysisRequest { Content = transcript, Kind = AnalysisKind.Debate, AllowedTools = ["score"] };
        StepResult<ContentAnalysis> result = await analysis.AnalyzeWithFunctionsAsync(request, scope, ct);
        #endregion

        Assert.That(result.ValueOrThrow().KeyPoints, Is.Not.Empty);
        Assert.That(result.Receipt.ToolSteps.Single().Result, Is.EqualTo("3"));
    }

    private static Task<string> BanAsync(string tenant, string member, CancellationToken ct) => Task.FromResult($"{member} is banned from {tenant}");

    private sealed class Scores : IScoreStore
    {
        public Task<int> PointsAsync(string tenant, string member, CancellationToken ct) => Task.FromResult(42);
    }

    private sealed class Mods : IModChannel
    {
        public ButtonApprovals? Approvals { get; set; }

        public Task PostAsync(string text, string yes, string no, CancellationToken ct)
        {
            Assert.That(Approvals!.Answer(yes), Is.True);
            return Task.CompletedTask;
        }
    }
}
