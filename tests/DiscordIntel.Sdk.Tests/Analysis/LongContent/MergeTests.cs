using System.Text.Json.Nodes;
using DiscordIntel.Analysis;
using DiscordIntel.Analysis.LongContent;
using DiscordIntel.Results;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.LongContent;

/// <summary>The merging of parts: in requests of bounded size, and without a model where a request fails.</summary>
[NonParallelizable]
internal sealed class MergeTests : LongFixture
{
    private const string Quote = "Sentence 1 of turn 1 is about the night buses of the town.";

    private int Parts => Client.Split(Turns).Count;

    private static readonly object[] Faults =
    [
        new object[] { StepErrorKind.InvalidRequest, 1, () => PartRoad.Refusal() },
        new object[] { StepErrorKind.ContextTooLong, 1, () => PartRoad.Refusal(413) },
        new object[] { StepErrorKind.RateLimited, 3, () => PartRoad.Refusal(429) },
        new object[] { StepErrorKind.ProviderUnavailable, 3, () => PartRoad.Refusal(500) },
        new object[] { StepErrorKind.Unauthorized, 1, () => PartRoad.Refusal(401) },
        new object[] { StepErrorKind.InvalidResponse, 2, () => Saying([]) },
        new object[] { StepErrorKind.Truncated, 1, () => Saying([], "length") },
        new object[] { StepErrorKind.ContentFiltered, 1, () => Saying([], "content_filter") },
    ];

    [TestCaseSource(nameof(Faults))]
    public async Task AnalyzeAsync_MergeFails_GivesWhatThePartsHold(StepErrorKind kind, int attempts, Func<HttpResponseMessage> fault)
    {
        Cut();
        Road.Answer = (call, _) => Task.FromResult<HttpResponseMessage?>(call.IsMerge ? fault() : Saying(Answer(call.Part)));

        StepResult<ContentAnalysis> result = await ReadAsync(Turns);

        ContentAnalysis analysis = result.ValueOrThrow();
        int[] lengths = [.. Client.Split(Turns).Select(part => part.Length)];
        Assert.That((analysis.MergeFailure, analysis.MissingParts.Count), Is.EqualTo(((StepErrorKind?)kind, 0)));
        Assert.That(analysis.Score, Is.EqualTo(lengths.Select((length, i) => length * (i + 1)).Sum() / (double)lengths.Sum()).Within(1e-9), "the mean, weighted by length");
        Assert.That(analysis.Confidence, Is.EqualTo(0.25).Within(1e-9));
        Assert.That(analysis.KeyPoints.Select(point => point.Text), Is.EqualTo(Enumerable.Range(1, Parts).Select(part => $"Point {part}.")));
        Assert.That(analysis.KeyPoints.Select(point => point.Quote.IsFound), Is.All.True);
        Assert.That(analysis.Debate!.Speakers.Select(speaker => speaker.Name), Is.EqualTo(new[] { "Mara", "Jonas" }), "one side each, however often they speak");
        Assert.That(analysis.Summary.Split('\n'), Is.EqualTo(Enumerable.Range(1, Parts).Select(part => $"Summary {part}.")));
        Assert.That(result.Receipt.Warnings, Has.One.EqualTo(
            $"The parts could not be merged by the model ({kind}): the result is put together from theirs without one. "
            + "Its scores and its confidence are the means of theirs, weighted by length; its summary is made of theirs."));
        Assert.That(result.Receipt.Attempts, Is.EqualTo(Parts + attempts).And.EqualTo(Road.Calls.Count), "the failed merge is counted, too");
    }

    [Test]
    public async Task AnalyzeAsync_DeadlineInTheMerge_GivesWhatThePartsHold()
    {
        Cut();
        Road.Answer = (call, token) =>
        {
            if (call.IsMerge)
            {
                Time.Advance(TimeSpan.FromSeconds(11));
                token.ThrowIfCancellationRequested();
            }

            return Task.FromResult<HttpResponseMessage?>(Saying(Answer(call.Part)));
        };

        StepResult<ContentAnalysis> result = await ReadAsync(Turns, timeout: TimeSpan.FromSeconds(10));

        Assert.That((result.ValueOrThrow().MergeFailure, result.Value!.KeyPoints.Count), Is.EqualTo(((StepErrorKind?)StepErrorKind.Timeout, Parts)));
        Assert.That(
            (result.Receipt.InputTokens, result.Receipt.Cost > 0, result.Receipt.CostIsEstimated), Is.EqualTo(((long?)null, true, true)), "the merge may be billed");
    }

    [Test]
    public async Task AnalyzeAsync_AccountIsEmptyHalfWay_MergesWithoutAskingAgain()
    {
        Cut(parallel: 1);
        Road.Answer = (call, _) => Task.FromResult<HttpResponseMessage?>(call.Part > 3 ? PartRoad.Refusal(402) : Saying(Answer(call.Part)));

        StepResult<ContentAnalysis> result = await ReadAsync(Turns);

        Assert.That(result.ValueOrThrow().MergeFailure, Is.EqualTo(StepErrorKind.QuotaExhausted));
        Assert.That(result.Value!.KeyPoints.Select(point => point.Text), Is.EqualTo(new[] { "Point 1.", "Point 2.", "Point 3." }));
        Assert.That(Road.Calls.Select(call => call.Part), Is.EqualTo(new[] { 1, 2, 3, 4 }));
        Assert.That(result.Receipt.InputTokens, Is.EqualTo(300), "the refused request took none");
    }

    [Test]
    public void AnalyzeAsync_CancelledInTheMerge_Throws()
    {
        Cut();
        using var stop = new CancellationTokenSource();
        Road.Answer = async (call, token) =>
        {
            if (call.IsMerge)
            {
                await stop.CancelAsync();
                token.ThrowIfCancellationRequested();
            }

            return Saying(Answer(call.Part));
        };

        Assert.That(async () => await ReadAsync(Turns, cancellationToken: stop.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task AnalyzeAsync_HundredsOfPartsWithLongNotes_MergesInStagesThatFit()
    {
        Cut(parallel: 8);
        string content = string.Join('\n', Enumerable.Repeat(Turns, 25));
        Road.Answer = (call, _) => Task.FromResult<HttpResponseMessage?>(Saying(Long(call.Part)));
        List<AnalysisProgress> told = [];

        StepResult<ContentAnalysis> result = await ReadAsync(content, told: told);

        int parts = Client.Split(content).Count;
        Assert.That(parts, Is.GreaterThanOrEqualTo(200));
        PartCall[] merges = [.. Road.Calls.Where(call => call.IsMerge)];
        Assert.That(merges.Select(call => TokenEstimate.Of(call.Own)), Is.All.LessThanOrEqualTo(4000));
        Assert.That(Road.Peak, Is.LessThanOrEqualTo(8));
        Assert.That(merges.SelectMany(call => call.Notes).Where(note => note.First == note.Last).Select(note => note.First), Is.EquivalentTo(Enumerable.Range(1, parts)));
        Assert.That((merges[^1].Notes[0].First, merges[^1].Notes[^1].Last), Is.EqualTo((1, parts)));
        Assert.That(told[^1], Is.EqualTo(told[^1] with { MergesDone = 1, MergesTotal = 1 }));
        Assert.That(told.Max(now => now.MergeStage), Is.GreaterThan(3));
        Assert.That((result.ValueOrThrow().MergeFailure, result.Receipt.Attempts), Is.EqualTo(((StepErrorKind?)null, Road.Calls.Count)));
        Assert.That(result.Receipt.Warnings, Has.One.Matches(@"^\d+ findings of the parts did not fit into their merging\.$"));
    }

    [Test]
    public async Task AnalyzeAsync_OneGroupFails_IsPutTogetherAndMergedOn()
    {
        Cut(parallel: 1);
        Road.Answer = (call, _) => Task.FromResult<HttpResponseMessage?>(
            call.IsMerge && call.Notes[0] is { First: 1, Last: 1 } ? PartRoad.Refusal() : Saying(Long(call.Part)));

        StepResult<ContentAnalysis> result = await ReadAsync(Turns);

        Assert.That(result.ValueOrThrow().MergeFailure, Is.Null, "the last merge is the model's");
        PartCall failed = Road.Calls.First(call => call.IsMerge);
        Assert.That(result.Receipt.Warnings, Has.One.EqualTo(
            $"Parts 1 to {failed.Notes[^1].Last} could not be merged by the model (InvalidRequest): their results were put together without one for the merge that followed."));
        PartCall next = Road.Calls.First(call => call.IsMerge && call.Notes[0] is { First: 1, Last: > 1 });
        Assert.That(next.Notes[0].Last, Is.EqualTo(failed.Notes[^1].Last), "what was put together goes on");
        Assert.That(next.Notes[0].Quotes, Is.SubsetOf(failed.Notes.SelectMany(note => note.Quotes)).And.Not.Empty);
    }

    [Test]
    public async Task AnalyzeAsync_ProgressHandlerThrows_IsWarnedOfAndEndsNothing([Values] bool isLong)
    {
        Cut(parallel: 2);
        int told = 0;

        StepResult<ContentAnalysis> result = await Client.AnalyzeAsync(
            new AnalysisRequest { Content = isLong ? Turns : Turns[..200], Kind = AnalysisKind.Debate, Progress = new Throwing(() => told++) }, Scope);

        Assert.That(result.ValueOrThrow().MissingParts, Is.Empty);
        Assert.That(result.Receipt.Warnings, Has.One.EqualTo("The host's progress handler failed (TimeZoneNotFoundException); the analysis went on."));
        Assert.That(told, isLong ? Is.GreaterThan(Parts) : Is.EqualTo(1), "it is told of the rest all the same");
    }

    [Test]
    public async Task AnalyzeAsync_ProgressHandlerThrowsAndAllFails_IsStillTheError()
    {
        Cut();
        Road.Answer = (_, _) => Task.FromResult<HttpResponseMessage?>(PartRoad.Refusal());

        StepResult<ContentAnalysis> result = await Client.AnalyzeAsync(
            new AnalysisRequest { Content = Turns, Kind = AnalysisKind.Debate, Progress = new Throwing(() => { }) }, Scope);

        Assert.That(result.Error?.Kind, Is.EqualTo(StepErrorKind.InvalidRequest));
        Assert.That(result.Receipt.Warnings, Has.One.Contains("progress handler failed"));
        Assert.That((result.Receipt.InputTokens, result.Receipt.OutputTokens, result.Receipt.Cost), Is.EqualTo(((long?)0, (long?)0, (decimal?)0)), "refused requests are not billed");
    }

    /// <summary>A short answer that says which part it is of, by the speaker of that part.</summary>
    private static JsonObject Answer(int part)
    {
        JsonObject answer = Answers.Of(AnalysisKind.Debate, Quote, part % 2 == 1 ? "MARA" : "Jonas");
        (answer["summary"], answer["score"]) = ($"Summary {part}.", part);
        answer["keyPoints"]![0]!["text"] = $"Point {part}.";
        return answer;
    }

    /// <summary>An answer with more findings than half a request of 4000 tokens holds.</summary>
    private static JsonObject Long(int part)
    {
        JsonObject answer = Answer(Math.Min(part, 10));
        answer["claims"] = new JsonArray([.. Enumerable.Range(1, 20).Select(i => (JsonNode)new JsonObject
        {
            ["text"] = $"Claim {i} of part {part}: {new string('x', 350)}", ["quote"] = Quote, ["belief"] = "Unsure", ["confidence"] = 0.5,
        })]);
        return answer;
    }

    private sealed class Throwing(Action tell) : IProgress<AnalysisProgress>
    {
        public void Report(AnalysisProgress value)
        {
            tell();
            throw new TimeZoneNotFoundException("secret");
        }
    }
}
