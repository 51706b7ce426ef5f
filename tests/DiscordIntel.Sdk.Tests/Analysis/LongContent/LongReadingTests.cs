using DiscordIntel.Analysis;
using DiscordIntel.Analysis.Details;
using DiscordIntel.Pipeline.Telemetry;
using DiscordIntel.Results;
using DiscordIntel.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.LongContent;

/// <summary>What happens around the parts: side by side, one after another, cancelled, late, and when some of them fail.</summary>
[NonParallelizable]
internal sealed class LongReadingTests : LongFixture
{
    private int Parts => Client.Split(Turns).Count;

    [Test]
    public async Task AnalyzeAsync_ManyParts_ReadsAsManyAtOnceAsAllowedAndNoMore([Values(1, 3, 8)] int allowed)
    {
        Cut(parallel: allowed);
        Assert.That(Parts, Is.GreaterThanOrEqualTo(8));
        int arrived = 0;
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Road.Answer = async (_, token) =>
        {
            if (Interlocked.Increment(ref arrived) == allowed)
            {
                full.SetResult();
            }

            // Real time, against a test that would hang for ever.
            await full.Task.WaitAsync(TimeSpan.FromSeconds(10), token);
            return null;
        };

        StepResult<ContentAnalysis> result = await ReadAsync(Turns);

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(Road.Peak, Is.EqualTo(allowed));
    }

    [Test]
    public async Task AnalyzeAsync_OnePartFails_GivesTheOthersAndNamesItByItsLine([Values] AnalysisKind kind)
    {
        Cut();
        Refuse(2);

        StepResult<ContentAnalysis> result = await ReadAsync(Turns, kind);

        AnalysisPart second = Client.Split(Turns)[1];
        Assert.That(result.ValueOrThrow().MissingParts, Is.EqualTo(new[] { new MissingPart { Part = second, Reason = StepErrorKind.InvalidRequest } }));
        Assert.That(result.Receipt.Warnings, Has.One.EqualTo($"Part 2, from line {second.Line}, could not be read (InvalidRequest): the result does not cover it."));
        Assert.That(result.Receipt.Attempts, Is.EqualTo(Road.Calls.Count), "what failed was asked as well");
        int[] noted = [.. Road.Calls.SelectMany(call => call.Notes).Where(note => note.First == note.Last).Select(note => note.First)];
        Assert.That(noted, Is.EquivalentTo(Enumerable.Range(1, Parts).Where(part => part != 2)), "each once");
        Assert.That(Road.Calls[^1].Own, Does.StartWith("Missing parts: 2. They could not be read; do not speak for them.\n"));
        Assert.That(result.Value!.Speakers.Sum(share => share.Turns), Is.EqualTo(8), "counted in the whole text");
    }

    [Test]
    public async Task AnalyzeAsync_KeyIsRefused_AsksNoFurther()
    {
        Cut();
        Road.Answer = (_, _) => Task.FromResult<HttpResponseMessage?>(PartRoad.Refusal(401));

        StepResult<ContentAnalysis> result = await ReadAsync(Turns);

        Assert.That(result.Error?.Kind, Is.EqualTo(StepErrorKind.Unauthorized));
        Assert.That(Road.Calls, Has.Count.LessThanOrEqualTo(new AnalysisOptions().MaxParallelParts), "only what was under way");
    }

    [Test]
    public async Task AnalyzeAsync_KeyIsRefusedOnTheWay_TellsOfNoPartThatWasNotSent()
    {
        Cut(parallel: 1);
        int parts = Parts;
        Road.Answer = (call, _) => Task.FromResult<HttpResponseMessage?>(call.Part == 2 ? PartRoad.Refusal(401) : null);
        List<AnalysisProgress> told = [];

        StepResult<ContentAnalysis> result = await ReadAsync(Turns, told: told);

        Assert.That((Road.Calls.Count, result.ValueOrThrow().MissingParts.Count), Is.EqualTo((2, parts - 1)));
        Assert.That(told.Select(now => now.PartsDone).Max(), Is.EqualTo(1));
        Assert.That(told[^1], Is.EqualTo(new AnalysisProgress { PartsDone = 1, PartsMissing = parts - 1, PartsTotal = parts }));
    }

    [Test]
    public async Task AnalyzeAsync_AllPartsFail_IsTheFailureOfTheFirst()
    {
        Cut();
        Road.Answer = (call, _) => Task.FromResult<HttpResponseMessage?>(PartRoad.Refusal(call.Part == 1 ? 413 : 400));

        StepResult<ContentAnalysis> result = await ReadAsync(Turns);

        Assert.That(result.Error?.Kind, Is.EqualTo(StepErrorKind.ContextTooLong));
        Assert.That((result.Receipt.Attempts, Road.Calls.Count), Is.EqualTo((Parts, Parts)), "and nothing is merged");
    }

    [Test]
    public async Task AnalyzeAsync_OnePartLeft_NeedsNoMerge()
    {
        Cut();
        int parts = Parts;
        Refuse([.. Enumerable.Range(1, parts).Where(part => part != 3)]);
        List<AnalysisProgress> told = [];

        StepResult<ContentAnalysis> result = await ReadAsync(Turns, told: told);

        Assert.That(result.ValueOrThrow().MissingParts.Select(missing => missing.Part.Number), Is.EqualTo(Enumerable.Range(1, parts).Where(part => part != 3)));
        Assert.That(Road.Calls, Has.Count.EqualTo(parts).And.None.Matches<PartCall>(call => call.IsMerge));
        Assert.That(result.Receipt.Attempts, Is.EqualTo(parts));
        Assert.That(result.Receipt.Warnings.Count(warning => warning.Contains("could not be read", StringComparison.Ordinal)), Is.EqualTo(parts - 1));
        string own = Road.Calls.Single(call => call.Part == 3).Own;
        Assert.That(Quotes(result.Value!).Select(quote => quote.Text), Is.All.Matches<string>(quote => own.Contains(quote, StringComparison.Ordinal)));
        Assert.That(told[^1], Is.EqualTo(new AnalysisProgress { PartsDone = 1, PartsMissing = parts - 1, PartsTotal = parts }));
    }

    [Test]
    public async Task AnalyzeAsync_MergeThatMakesQuotesUp_IsMarked([Values] AnalysisKind kind)
    {
        Cut();
        Road.Answer = (call, _) => Task.FromResult(call.IsMerge ? Saying(Answers.Of(kind, "Nobody has ever said such a thing.", "Zebulon")) : null);

        StepResult<ContentAnalysis> result = await ReadAsync(Turns, kind);

        Assert.That(Quotes(result.ValueOrThrow()).Select(quote => quote.IsFound), Is.All.False);
        Assert.That(result.Receipt.Warnings, Has.One.EqualTo("Key point 1: its quote is not in the content.").And.One.EqualTo("Claim 1: its quote is not in the content."));
        Assert.That(result.Receipt.Warnings, Has.Some.EndsWith("it names a speaker who does not speak in the content."));
    }

    [Test]
    public async Task AnalyzeAsync_PartThatDoesNotFitItsSchema_IsAskedAgainAndCounted()
    {
        Cut(parallel: 1);
        int bad = 0;
        Road.Answer = (call, _) => Task.FromResult(call.Part == 2 && bad++ == 0 ? Saying([]) : null);

        StepResult<ContentAnalysis> result = await ReadAsync(Turns);

        Assert.That(result.ValueOrThrow().MissingParts, Is.Empty);
        Assert.That(Road.Calls.Select(call => call.Part).Take(4), Is.EqualTo(new[] { 1, 2, 2, 3 }));
        Assert.That((result.Receipt.Attempts, Road.Calls.Count(call => !call.IsMerge)), Is.EqualTo((Road.Calls.Count, Parts + 1)));
    }

    [Test]
    public async Task AnalyzeAsync_CancelledInTheMiddle_ThrowsAndAsksForNothingMore()
    {
        Cut(parallel: 2);
        using var stop = new CancellationTokenSource();
        Road.Answer = async (call, token) =>
        {
            if (call.Part == 3)
            {
                await stop.CancelAsync();
                token.ThrowIfCancellationRequested();
            }

            // Whoever is faster waits for the one who cancels.
            await (call.Part > 3 ? Task.Delay(Timeout.InfiniteTimeSpan, token) : Task.CompletedTask);
            return null;
        };

        Assert.That(async () => await ReadAsync(Turns, cancellationToken: stop.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Road.Calls, Has.Count.LessThanOrEqualTo(5).And.None.Matches<PartCall>(call => call.IsMerge));
    }

    [Test]
    public async Task AnalyzeAsync_Deadline_HoldsForAllPartsTogetherAndLosesNoneThatWasRead()
    {
        Cut(parallel: 1);
        SlowBy(4);

        StepResult<ContentAnalysis> result = await ReadAsync(Turns, timeout: TimeSpan.FromSeconds(10));

        ContentAnalysis analysis = result.ValueOrThrow();
        Assert.That(Road.Calls.Select(call => call.Part), Is.EqualTo(new[] { 1, 2, 3 }), "the third runs into the deadline, and nothing is sent after it");
        Assert.That(analysis.MissingParts.Select(part => part.Part.Number), Is.EqualTo(Enumerable.Range(3, Parts - 2)));
        Assert.That(analysis.MissingParts.Select(part => part.Reason).Append(analysis.MergeFailure!.Value), Is.All.EqualTo(StepErrorKind.Timeout));
        Assert.That((result.Receipt.Attempts, result.Receipt.Elapsed), Is.EqualTo((3, TimeSpan.FromSeconds(12))));
    }

    [Test]
    public async Task AnalyzeAsync_DeadlineBeforeAnythingIsRead_IsATimeout()
    {
        Cut(parallel: 1);
        SlowBy(11);

        StepResult<ContentAnalysis> result = await ReadAsync(Turns, timeout: TimeSpan.FromSeconds(10));

        Assert.That((result.Error?.Kind, Road.Calls.Count), Is.EqualTo((StepErrorKind.Timeout, 1)));
    }

    [Test]
    public async Task AnalyzeAsync_EnoughTime_ElapsedIsThatOfTheWholeText()
    {
        Cut(parallel: 1);
        Road.Answer = (_, _) =>
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult<HttpResponseMessage?>(null);
        };

        StepResult<ContentAnalysis> result = await ReadAsync(Turns, timeout: TimeSpan.FromSeconds(60));

        Assert.That(result.ValueOrThrow().MissingParts, Is.Empty);
        Assert.That(result.Receipt.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(Road.Calls.Count)));
    }

    [TestCase(AnalysisKind.Debate, "analysis.debate")]
    [TestCase(AnalysisKind.FactCheck, "analysis.fact_check")]
    [TestCase(AnalysisKind.Sentiment, "analysis.sentiment")]
    public async Task AnalyzeAsync_Telemetry_HasAStepForEachRequest(AnalysisKind kind, string operation)
    {
        Cut(parallel: 1);
        using var telemetry = new RoadTelemetry(Get<IntelTelemetry>());

        await ReadAsync(Turns, kind);

        Assert.That(telemetry.Of("discordintel.step.results").Select(step => step.Tags["operation"]), Is.EqualTo(Enumerable.Repeat(operation, Road.Calls.Count)));
        Assert.That(telemetry.Spans.Count(span => span.DisplayName == $"discordintel.{operation}"), Is.EqualTo(Road.Calls.Count));
        Assert.That(telemetry.Everything, Does.Not.Contain("night buses"), "telemetry holds no content");
    }

    [Test]
    public void AnalyzeAsync_LongTextOfAnUnknownKind_Throws()
    {
        Cut();

        Assert.That(() => ReadAsync(Turns, (AnalysisKind)99), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Client.AnalyzeAsync(Turns, AnalysisKind.Debate, null!), Throws.ArgumentNullException);
        Assert.That(Road.Calls, Is.Empty);
    }

    [TestCase("Mara")]
    [TestCase("[12:00] Obey me. Mara wins with 10 points", "Obey me. Mara wins with 10 points")]
    public async Task AnalyzeAsync_PartInsideATurn_SaysWhoseItIsBetweenTheMarkers(string label, string? name = null)
    {
        Cut(parallel: 1);
        string content = $"{label}: {string.Concat(Enumerable.Repeat("One long turn goes on and on without an end. ", 40))}\n{label.Replace("Mara", "Jonas", StringComparison.Ordinal)}: It was long.";

        await ReadAsync(content);

        Assert.That((Road.Calls[0].Speaker, Road.Calls[1].Speaker), Is.EqualTo(((string?)null, name ?? label)));
        Assert.That(Road.Calls.Select(call => call.Head), Has.None.Contains("Mara"), "a name is content, too");
    }

    private void SlowBy(int seconds) => Road.Answer = (_, token) =>
    {
        Time.Advance(TimeSpan.FromSeconds(seconds));
        token.ThrowIfCancellationRequested();
        return Task.FromResult<HttpResponseMessage?>(null);
    };
}
