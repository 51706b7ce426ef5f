using System.Text.Json.Nodes;
using DiscordIntel.Analysis;
using DiscordIntel.Results;
using DiscordIntel.Tests.Structured;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis;

/// <summary>A model that lies, or that a text has turned: none of its answers comes back as a success that bears no mark.</summary>
internal sealed class HostileAnalysisTests : ClientFixture
{
    private const string Content = "Mara: Trams are free in Luxembourg.\nJonas: You would say that, dreamer!\nMara: It is true since 2020.";
    private const string Quote = "Trams are free in Luxembourg.";

    [Test]
    public async Task AnalyzeAsync_HostileAnswer_IsNoSuccessOrAMarkedOne([Values] AnalysisKind kind)
    {
        List<string> unmarked = [];
        foreach (HostileAnswer hostile in HostileAnswers.Of(kind, Quote, "Mara"))
        {
            Emulator.Always(Completion(hostile.Text));
            StepResult<ContentAnalysis> result = await Get<AnalysisClient>().AnalyzeAsync(Content, kind, Scope);
            bool isMarked = hostile.Warning is { } warning
                ? result.IsSuccess && result.Receipt.Warnings.Any(told => told.Contains(warning, StringComparison.Ordinal))
                : result.Error is { Kind: StepErrorKind.InvalidResponse };
            if (!isMarked)
            {
                unmarked.Add($"{hostile.Name}: {result.Error?.Message ?? $"success, warned of [{string.Join(" | ", result.Receipt.Warnings)}]"}");
            }
        }

        Assert.That(unmarked, Is.Empty);
    }

    [Test]
    public async Task AnalyzeAsync_LawfulAnswer_BearsNoMark([Values] AnalysisKind kind)
    {
        Emulator.Always(Completion(Answers.Of(kind, Quote, "Mara", "Jonas").ToJsonString()));

        StepResult<ContentAnalysis> result = await Get<AnalysisClient>().AnalyzeAsync(Content, kind, Scope);

        Assert.That((result.IsSuccess, result.Receipt.Warnings.Count), Is.EqualTo((true, 0)), "or the marks above would say nothing");
    }

    [Test]
    public async Task AnalyzeAsync_ZeroBelowZero_IsZero([Values] AnalysisKind kind)
    {
        JsonObject answer = Answers.Of(kind, Quote, "Mara", "Jonas");
        string text = answer.ToJsonString().Replace("\"score\":6.5", "\"score\":-0.0", StringComparison.Ordinal).Replace("\"confidence\":0.25", "\"confidence\":-0e0", StringComparison.Ordinal);
        Emulator.Enqueue(Completion(text));

        ContentAnalysis analysis = (await Get<AnalysisClient>().AnalyzeAsync(Content, kind, Scope)).ValueOrThrow();

        Assert.That((analysis.Score, double.IsNegative(analysis.Score), double.IsNegative(analysis.Confidence)), Is.EqualTo((0d, false, false)));
    }

    [TestCase(true, 0)]
    [TestCase(false, 1)]
    public async Task AnalyzeAsync_AnswerToOneself_IsLeftOutOnRequest(bool drop, int rebuttals)
    {
        Emulator.Enqueue(Completion(Answers.Of(AnalysisKind.Debate, Quote, "Mara", "mara").ToJsonString()));

        StepResult<ContentAnalysis> result = await Get<AnalysisClient>().AnalyzeAsync(
            new AnalysisRequest { Content = Content, Kind = AnalysisKind.Debate, DropUngrounded = drop }, Scope);

        Assert.That(result.ValueOrThrow().Debate!.Rebuttals, Has.Count.EqualTo(rebuttals));
        Assert.That(result.Receipt.Warnings, Has.One.Contains("it answers its own speaker."));
    }

    [Test]
    public async Task AnalyzeAsync_NoSidesInProse_BearsNoMark()
    {
        JsonObject answer = Answers.Of(AnalysisKind.Debate, "Trams are free in Luxembourg.");
        answer["speakers"] = new JsonArray();
        Emulator.Enqueue(Completion(answer.ToJsonString()));

        StepResult<ContentAnalysis> result = await Get<AnalysisClient>().AnalyzeAsync("Some say so. Trams are free in Luxembourg.", AnalysisKind.Debate, Scope);

        Assert.That((result.IsSuccess, result.Receipt.Warnings.Count), Is.EqualTo((true, 0)));
    }

    [Test]
    public void HostileAnswers_OfAllKinds_AreManyAndAllDifferent()
    {
        HostileAnswer[] all = [.. Enum.GetValues<AnalysisKind>().SelectMany(kind => HostileAnswers.Of(kind, Quote, "Mara"))];

        Assert.That(all.DistinctBy(hostile => hostile.Text).Count(), Is.GreaterThanOrEqualTo(1600));
        Assert.That(all.Count(hostile => hostile.Warning is not null), Is.GreaterThanOrEqualTo(150));
    }
}
