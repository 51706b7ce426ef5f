using DiscordIntel.Analysis;
using DiscordIntel.Analysis.Grounding;
using DiscordIntel.Results;
using DiscordIntel.Testing;
using DiscordIntel.Tests.Analysis;
using DiscordIntel.Tests.Support;
using DiscordIntel.Usage;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Caching;

/// <summary>Analyses out of the cache: their marker is random, their quotes are looked up anew, and a long one comes in parts.</summary>
internal sealed class CacheAnalysisTests
{
    private const string Debate = "Mara: Trams are free in Luxembourg.\nJonas: You would say that, dreamer!";

    [Test]
    public async Task AnalyzeAsync_EqualContent_IsFoundInSpiteOfItsMarker([Values] AnalysisKind kind)
    {
        using var host = new CallHost();
        StepResult<ContentAnalysis> first = await host.AnalyzeAsync(Debate, kind);
        StepResult<ContentAnalysis> second = await host.AnalyzeAsync(Debate, kind);

        Assert.That((second.Receipt.FromCache, second.Receipt.Cost, second.Receipt.Attempts, host.Sent), Is.EqualTo((true, (decimal?)0, 0, 1)));
        Assert.That((second.ValueOrThrow().Summary, second.ValueOrThrow().Score), Is.EqualTo((first.ValueOrThrow().Summary, first.ValueOrThrow().Score)));
        AnalysisKind another = kind is AnalysisKind.Debate ? AnalysisKind.Sentiment : AnalysisKind.Debate;
        Assert.That((await host.AnalyzeAsync(Debate, another)).Receipt.FromCache, Is.False);
        Assert.That((await host.AnalyzeAsync(Debate + " ", kind)).Receipt.FromCache, Is.False);
    }

    [Test]
    public async Task AnalyzeAsync_FromTheCache_FindsItsFaultsAnew()
    {
        using var host = new CallHost();
        host.Emulator.Enqueue(EmulatorReply.Json(Answers.Of(AnalysisKind.Debate, "Trams are expensive.", "Nobody").ToJsonString()));
        StepResult<ContentAnalysis> first = await host.AnalyzeAsync(Debate);
        StepResult<ContentAnalysis> second = await host.AnalyzeAsync(Debate);

        Assert.That(second.Receipt.FromCache, Is.True);
        Assert.That(second.Receipt.Warnings, Is.EqualTo(first.Receipt.Warnings).And.Not.Empty);
        Assert.That(second.ValueOrThrow().KeyPoints.Single().Quote.IsFound, Is.False);

        StepResult<ContentAnalysis> strict = await host.Analysis.AnalyzeAsync(
            new AnalysisRequest { Content = Debate, Kind = AnalysisKind.Debate, DropUngrounded = true }, CallHost.Scope);
        Assert.That((strict.Receipt.FromCache, strict.ValueOrThrow().KeyPoints.Count), Is.EqualTo((true, 0)), "the same answer, read by another rule");
    }

    [Test]
    public async Task AnalyzeAsync_LongContentAgain_ComesFromTheCacheWholeOrInParts()
    {
        using CallHost host = Long();
        string content = Turns(8);
        StepResult<ContentAnalysis> first = await host.AnalyzeAsync(content);
        Assert.That((host.Analysis.Split(content).Count, host.Sent, first.Receipt.Attempts), Is.EqualTo((8, 9, 9)), "eight parts and their merging");

        StepResult<ContentAnalysis> again = await host.AnalyzeAsync(content);
        Assert.That((again.Receipt.FromCache, again.Receipt.Cost, again.Receipt.Attempts, host.Sent), Is.EqualTo((true, (decimal?)0, 0, 9)));
        Assert.That(again.ValueOrThrow().Summary, Is.EqualTo(first.ValueOrThrow().Summary));

        // One turn says something else of the same length: its part is read anew. What is found in it is the same here, and so is the merging.
        StepResult<ContentAnalysis> changed = await host.AnalyzeAsync(content.Replace("of turn 5", "of TURN 5", StringComparison.Ordinal));
        Assert.That((changed.Receipt.FromCache, changed.Receipt.Attempts, host.Sent), Is.EqualTo((false, 1, 10)));
        Assert.That(changed.Receipt.Cost, Is.GreaterThan(0).And.LessThan(first.Receipt.Cost!));
        Assert.That(changed.Receipt.InputTokens, Is.GreaterThan(0).And.LessThan(first.Receipt.InputTokens!));
        UsageReport report = await host.ReportAsync();
        Assert.That(report.Spent, Is.EqualTo(first.Receipt.Cost + changed.Receipt.Cost), "what the receipts say is what was booked");
        Assert.That((report.Calls, report.CacheHits), Is.EqualTo((27, 17)));
    }

    [Test]
    public async Task AnalyzeAsync_LongContentWithAFailedPart_AsksForThatPartNextTime()
    {
        using CallHost host = Long();
        string content = Turns(4);
        host.Emulator.Enqueue(EmulatorReply.Refusal("No."));
        StepResult<ContentAnalysis> first = await host.AnalyzeAsync(content);
        Assert.That(first.ValueOrThrow().MissingParts.Single().Part.Number, Is.EqualTo(1));

        StepResult<ContentAnalysis> second = await host.AnalyzeAsync(content);
        Assert.That(second.ValueOrThrow().MissingParts, Is.Empty);
        Assert.That((second.Receipt.FromCache, second.Receipt.Attempts), Is.EqualTo((false, 2)), "the part, and the merging of all");
    }

    // Short answers, so that all parts are merged at once.
    private static CallHost Long()
    {
        var host = new CallHost(
            ("DiscordIntel:Analysis:PartTokens", "100"),
            ("DiscordIntel:Analysis:OverlapTokens", "0"),
            ("DiscordIntel:Analysis:MaxParallelParts", "1"),
            ("DiscordIntel:Limits:RequestsPerMinute", null));
        host.Emulator.Always(EmulatorReply.Json(Answers.Of(AnalysisKind.Debate, "about the night buses").ToJsonString()));
        return host;
    }

    private static string Turns(int turns) => string.Join('\n', Enumerable.Range(1, turns).Select(i =>
        $"{(i % 2 == 1 ? "Mara" : "Jonas")}: " + string.Concat(Enumerable.Range(1, 5).Select(j => $"Sentence {j} of turn {i} is about the night buses of the town. ")).TrimEnd()));
}
