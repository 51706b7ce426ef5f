using System.Text.Json.Nodes;
using DiscordIntel.Analysis;
using DiscordIntel.Results;
using DiscordIntel.Tests.Structured;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis;

/// <summary>On request, what rests on a quote that is not in the text is left out and told of, and everything else stays.</summary>
internal sealed class DropUngroundedTests : ClientFixture
{
    private const string Content = "Mara: Trams are free in Luxembourg.\nJonas: You would say that, dreamer!";
    private const string Quote = "Trams are free in Luxembourg.";

    [Test]
    public async Task AnalyzeAsync_DropUngrounded_KeepsWhatIsGroundedInItsOrder([Values] AnalysisKind kind)
    {
        StepResult<ContentAnalysis> result = await ReadAsync(Mixed(kind), kind, drop: true);

        ContentAnalysis analysis = result.ValueOrThrow();
        int[] counts =
        [
            analysis.KeyPoints.Count, analysis.BiasIndicators.Count, analysis.Claims.Count,
            .. kind is AnalysisKind.Debate ? [analysis.Debate!.Speakers[0].Arguments.Count, analysis.Debate.Fallacies.Count, analysis.Debate.Rebuttals.Count] : Array.Empty<int>(),
            .. kind is AnalysisKind.FactCheck ? [analysis.FactCheck!.Checks.Count] : Array.Empty<int>(),
            .. kind is AnalysisKind.Sentiment ? [analysis.Sentiment!.Emotions.Count, analysis.Sentiment.TurningPoints.Count] : Array.Empty<int>(),
        ];
        Assert.That(counts, Is.All.EqualTo(2));
        Assert.That(analysis.KeyPoints.Select(point => (point.Text, point.Quote.IsFound)), Is.EqualTo(new[] { ("first", true), ("third", true) }));
        Assert.That(result.Receipt.Warnings, Has.One.EqualTo("Key point 2 was left out: its quote is not in the content.").And.None.Contains("Key point 1").And.None.Contains("Key point 3"));
    }

    [Test]
    public async Task AnalyzeAsync_NotAsked_MarksInstead([Values] AnalysisKind kind)
    {
        StepResult<ContentAnalysis> result = await ReadAsync(Mixed(kind), kind, drop: false);

        Assert.That(result.ValueOrThrow().KeyPoints.Select(point => point.Quote.IsFound), Is.EqualTo(new[] { true, false, true }));
        Assert.That(result.Receipt.Warnings, Has.One.EqualTo("Key point 2: its quote is not in the content.").And.None.Contains("left out"));
    }

    [Test]
    public async Task AnalyzeAsync_NothingIsGrounded_GivesEmptyLists([Values] AnalysisKind kind)
    {
        StepResult<ContentAnalysis> result = await ReadAsync(Answers.Of(kind, "Nobody said this.", "Mara"), kind, drop: true);

        ContentAnalysis analysis = result.ValueOrThrow();
        Assert.That((analysis.KeyPoints.Count, analysis.BiasIndicators.Count, analysis.Claims.Count), Is.EqualTo((0, 0, 0)));
        Assert.That((analysis.Score, analysis.Summary), Is.EqualTo((6.5, "They argue about trams.")));
        Assert.That(result.Receipt.Warnings, Is.All.EndsWith("was left out: its quote is not in the content.").And.Not.Empty);
    }

    [Test]
    public async Task AnalyzeAsync_ClaimBehindADroppedOne_KeepsItsNumberInTheWarnings()
    {
        JsonObject answer = Mixed(AnalysisKind.FactCheck);
        answer["claims"]![2]!["speaker"] = "Zebulon";

        StepResult<ContentAnalysis> result = await ReadAsync(answer, AnalysisKind.FactCheck, drop: true);

        ContentAnalysis analysis = result.ValueOrThrow();
        Assert.That(analysis.FactCheck!.Checks.Select(check => check.Claim), Is.EqualTo(analysis.Claims));
        Assert.That(analysis.FactCheck.Checks.Select(check => check.Speaker), Is.EqualTo(new[] { "Mara", null }));
        Assert.That(result.Receipt.Warnings, Has.One.EqualTo("Claim 3: it names a speaker who does not speak in the content."));
    }

    [Test]
    public async Task AnalyzeAsync_SideThatIsNotInTheText_IsLeftOutWithItsArguments([Values] bool drop)
    {
        JsonObject answer = Answers.Of(AnalysisKind.Debate, Quote, "Mara");
        JsonNode side = answer["speakers"]![0]!.DeepClone();
        side["name"] = "Zebulon";
        answer["speakers"]!.AsArray().Insert(0, side);

        StepResult<ContentAnalysis> result = await ReadAsync(answer, AnalysisKind.Debate, drop);

        Assert.That(result.ValueOrThrow().Debate!.Speakers.Select(speaker => speaker.Name), Is.EqualTo(drop ? new[] { "Mara" } : ["Zebulon", "Mara"]));
        Assert.That(result.Receipt.Warnings, Is.EqualTo(new[] { $"Speaker 1{(drop ? " was left out" : "")}: it names a speaker who does not speak in the content." }));
    }

    [Test]
    public async Task AnalyzeAsync_MoodOfNobodyInTheText_IsLeftOut()
    {
        StepResult<ContentAnalysis> result = await ReadAsync(Answers.Of(AnalysisKind.Sentiment, Quote, "Zebulon"), AnalysisKind.Sentiment, drop: true);

        Assert.That(result.ValueOrThrow().Sentiment!.Speakers, Is.Empty);
        Assert.That(result.Value!.Sentiment!.Emotions.Single().Speaker, Is.Null, "the feeling rests on its quote");
    }

    [TestCase("Zebulon", "Jonas", "names")]
    [TestCase("Mara", "Zebulon", "answers")]
    public async Task AnalyzeAsync_AnswerOfOrToNobodyInTheText_IsLeftOut(string speaker, string answers, string verb)
    {
        JsonObject answer = Answers.Of(AnalysisKind.Debate, Quote, "Mara");
        (answer["rebuttals"]![0]!["speaker"], answer["rebuttals"]![0]!["answers"]) = (speaker, answers);

        StepResult<ContentAnalysis> dropped = await ReadAsync(answer, AnalysisKind.Debate, drop: true);
        StepResult<ContentAnalysis> marked = await ReadAsync(answer, AnalysisKind.Debate, drop: false);

        Assert.That(dropped.ValueOrThrow().Debate!.Rebuttals, Is.Empty);
        Assert.That(dropped.Receipt.Warnings, Is.EqualTo(new[] { $"Rebuttal 1 was left out: it {verb} a speaker who does not speak in the content." }));
        Assert.That(marked.ValueOrThrow().Debate!.Rebuttals, Has.Count.EqualTo(1));
        Assert.That(marked.Receipt.Warnings, Is.EqualTo(new[] { $"Rebuttal 1: it {verb} a speaker who does not speak in the content." }));
    }

    [Test]
    public async Task AnalyzeAsync_AnswerBetweenTwoStrangers_TellsThemApart()
    {
        JsonObject answer = Answers.Of(AnalysisKind.Debate, Quote, "Mara");
        (answer["rebuttals"]![0]!["speaker"], answer["rebuttals"]![0]!["answers"]) = ("Zebulon", "Zebulon");

        StepResult<ContentAnalysis> result = await ReadAsync(answer, AnalysisKind.Debate, drop: false);

        Assert.That(result.Receipt.Warnings, Has.Count.EqualTo(2).And.Unique);
    }

    [Test]
    public async Task AnalyzeAsync_AnswerToNobodyByTheModelsOwnWord_Stays()
    {
        JsonObject answer = Answers.Of(AnalysisKind.Debate, Quote, "Mara");
        answer["rebuttals"]![0]!["answers"] = null;

        StepResult<ContentAnalysis> result = await ReadAsync(answer, AnalysisKind.Debate, drop: true);

        Assert.That(result.ValueOrThrow().Debate!.Rebuttals, Has.Count.EqualTo(1));
        Assert.That(result.Receipt.Warnings, Is.Empty);
    }

    private Task<StepResult<ContentAnalysis>> ReadAsync(JsonObject answer, AnalysisKind kind, bool drop)
    {
        Emulator.Enqueue(Completion(answer.ToJsonString()));
        return Get<AnalysisClient>().AnalyzeAsync(new AnalysisRequest { Content = Content, Kind = kind, DropUngrounded = drop }, Scope);
    }

    /// <summary>Three items in every list of quotes, the second without ground.</summary>
    private static JsonObject Mixed(AnalysisKind kind)
    {
        JsonObject answer = Answers.Of(kind, Quote, "Mara");
        foreach ((string name, JsonNode? list) in answer.ToArray())
        {
            if (list is JsonArray items && name is not "speakers")
            {
                Triple(items);
            }
        }

        if (kind is AnalysisKind.Debate)
        {
            Triple(answer["speakers"]![0]!["arguments"]!.AsArray());
        }

        return answer;
    }

    private static void Triple(JsonArray items)
    {
        JsonNode first = items[0]!;
        items.Add(first.DeepClone());
        items.Add(first.DeepClone());
        items[1]!["quote"] = "Nobody said this.";
        foreach ((int i, string text) in new[] { (0, "first"), (1, "second"), (2, "third") })
        {
            if (first.AsObject().ContainsKey("text"))
            {
                items[i]!["text"] = text;
            }
        }
    }
}
