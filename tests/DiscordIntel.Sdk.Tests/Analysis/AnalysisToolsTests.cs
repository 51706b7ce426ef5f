using System.Text.Json;
using DiscordIntel.Analysis;
using DiscordIntel.Analysis.Evidence;
using DiscordIntel.Functions;
using DiscordIntel.Results;
using DiscordIntel.Testing;
using DiscordIntel.Tests.Analysis.Evidence;
using DiscordIntel.Tests.Structured;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis;

/// <summary>Analyses as functions: real ones, for the scope that runs them.</summary>
internal sealed class AnalysisToolsTests : EvidenceFixture
{
    private AnalysisTools Tools => Get<AnalysisTools>();

    [Test]
    public async Task AnalyzeDebateContent_CalledByAModel_GivesItTheAnalysis()
    {
        Emulator.Enqueue(
            EmulatorReply.ToolCalls(("analyze_debate_content", JsonSerializer.Serialize(new Dictionary<string, string> { ["content"] = Content }))),
            Completion(Answers.Of(AnalysisKind.Debate, "Trams are free in Luxembourg.", "Mara").ToJsonString()),
            EmulatorReply.Text("Mara argues well."));

        StepResult<string> result = await Get<FunctionCallingClient>().RunAsync(FunctionRequest.Of("Judge it.", [.. Tools.All]), Scope);

        Assert.That(result.ValueOrThrow(), Is.EqualTo("Mara argues well."));
        ToolStep step = result.Receipt.ToolSteps.Single();
        JsonElement told = JsonElement.Parse(step.Result!);
        Assert.Multiple(() =>
        {
            Assert.That(step.Outcome, Is.EqualTo(ToolOutcome.Succeeded));
            Assert.That((told.GetProperty("kind").GetString(), told.GetProperty("score").GetDouble(), told.GetProperty("summary").GetString()), Is.EqualTo(("Debate", 6.5, "They argue about trams.")));
            Assert.That(told.GetProperty("speakers")[0].GetProperty("name").GetString(), Is.EqualTo("Mara"));
            Assert.That(told.GetProperty("fallacies")[0].GetProperty("quote").GetString(), Is.EqualTo("Trams are free in Luxembourg."));
            Assert.That(step.Result, Does.Not.Contain("\n").And.Not.Contain("offset"));
            Assert.That(Message(1, 1, "user"), Does.Contain(Content), "the analysis asked the model about the text");
        });
    }

    [Test]
    public async Task FactCheckClaims_WithEvidence_TellsVerdictAndCitation()
    {
        Use(new ListedEvidence(Trams));
        Emulator.Enqueue(Claims("Trams are free."), Rulings((1, "Verified", [(1, "public transport is free in the whole country")])));

        string told = await InvokeAsync(Tools.FactCheckClaims, ("claims", new[] { "Trams are free in Luxembourg.", "Buses, too." }));

        JsonElement claim = JsonElement.Parse(told).GetProperty("claims")[0];
        Assert.That(claim.GetProperty("verdict").GetString(), Is.EqualTo("Verified"));
        Assert.That(
            claim.GetProperty("evidence")[0].GetRawText(),
            Is.EqualTo("""{"title":"Transport in Luxembourg","url":"https://example.org/trams","date":"2020-03-01","quote":"public transport is free in the whole country"}"""));
        Assert.That(Message(0, 1, "user"), Does.Contain("Trams are free in Luxembourg.\nBuses, too."));
    }

    [Test]
    public async Task AnalyzeContent_Kind_IsTheModelsChoice([Values] AnalysisKind kind)
    {
        string told = await InvokeAsync(Tools.AnalyzeContent, ("content", Content), ("kind", kind.ToString()));

        Assert.That(JsonElement.Parse(told).GetProperty("kind").GetString(), Is.EqualTo(kind.ToString()));
    }

    [Test]
    public async Task QuoteThatIsNotThere_IsNotTold()
    {
        Emulator.Enqueue(Completion(Answers.Of(AnalysisKind.Debate, "words that nobody said at all", "Mara").ToJsonString()));

        Assert.That(await InvokeAsync(Tools.AnalyzeDebateContent, ("content", Content)), Does.Not.Contain("nobody said"));
    }

    [Test]
    public async Task FailedAnalysis_IsAFailedCallThatTheModelIsToldNothingOf()
    {
        Emulator.Enqueue(EmulatorReply.ToolCalls(("analyze_content", """{"content":"Mara: Hi.","kind":"Debate"}""")), EmulatorReply.Refusal("canary"), EmulatorReply.Text("Sorry."));

        StepResult<string> result = await Get<FunctionCallingClient>().RunAsync(FunctionRequest.Of("Judge it.", [.. Tools.All]), Scope);

        ToolStep step = result.Receipt.ToolSteps.Single();
        Assert.That((step.Outcome, step.Result, (step.Exception as StepException)?.Error.Kind), Is.EqualTo((ToolOutcome.Failed, "Error: the function failed.", StepErrorKind.Refused)));
    }

    [Test]
    public void Invoke_WithoutAScopeOrAnArgument_Throws()
    {
        Assert.That(async () => await Tools.AnalyzeDebateContent.InvokeAsync(new AIFunctionArguments { ["content"] = Content }), Throws.ArgumentException.With.Message.Contains("IntelScope"));
        Assert.That(async () => await InvokeAsync(Tools.AnalyzeDebateContent), Throws.ArgumentException.With.Message.Contains("content"));
        Assert.That(async () => await InvokeAsync(Tools.AnalyzeContent, ("content", Content), ("kind", "99")), Throws.ArgumentException);
        Assert.That(() => new AnalysisTools(null!), Throws.ArgumentNullException);
        Assert.That(Emulator.Requests, Is.Empty);
    }

    [Test]
    public async Task AddAnalysisTools_Registered_AreOfferedWithTimeEnough()
    {
        Configure(build: builder => builder.AddAnalysisTools(options => options.Status = "Analysing"));
        Emulator.Enqueue(EmulatorReply.Text("Hello."));

        await Get<FunctionCallingClient>().RunAsync("Hi", Scope);

        Assert.That(
            Emulator.Requests[0].Body.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("function").GetProperty("name").GetString()),
            Is.EqualTo(new[] { "analyze_debate_content", "fact_check_claims", "analyze_content" }));
        Assert.That(Tools.All.Select(tool => tool.GetService<ToolOptions>()?.Timeout), Is.All.EqualTo(TimeSpan.FromMinutes(10)));
    }

    private static async Task<string> InvokeAsync(AIFunction tool, params (string Name, object? Value)[] arguments) => (string)(await tool.InvokeAsync(
        new AIFunctionArguments(arguments.ToDictionary(argument => argument.Name, argument => argument.Value))
        {
            Context = new Dictionary<object, object?> { [typeof(IntelScope)] = Scope },
        }))!;
}
