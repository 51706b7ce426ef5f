using System.Text.Json.Nodes;
using DiscordIntel.Analysis;
using DiscordIntel.Analysis.Details;
using DiscordIntel.Results;
using DiscordIntel.Testing;
using DiscordIntel.Tests.Structured;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis;

internal sealed class AnalysisClientTests : ClientFixture
{
    private const string Content = "Mara: Trams are free in Luxembourg.\r\nJonas: You would say that, dreamer!\r\nMara: It’s true since 2020.";

    private AnalysisClient Client => Get<AnalysisClient>();

    [Test]
    public async Task AnalyzeAsync_EmulatorWithoutScript_FillsEveryFieldWithinItsRange([Values] AnalysisKind kind)
    {
        ContentAnalysis analysis = (await Client.AnalyzeAsync(Content, kind, Scope)).ValueOrThrow();

        Assert.That(analysis.Kind, Is.EqualTo(kind));
        Assert.That(analysis.Score, Is.InRange(0, 10));
        Assert.That(analysis.Confidence, Is.InRange(0, 1));
        Assert.That(analysis.Summary.Length, Is.InRange(1, 500));
        Assert.That(analysis.KeyPoints, Has.Count.InRange(1, 10));
        Assert.That(analysis.BiasIndicators, Has.Count.LessThanOrEqualTo(5));
        Assert.That(analysis.Claims.Select(claim => claim.Verdict), Is.All.EqualTo(ClaimVerdict.Unverified));
        foreach (SourceQuote quote in Quotes(analysis))
        {
            Assert.That(quote.IsFound, Is.True, quote.Text);
            Assert.That(Content.Substring(quote.Offset!.Value, quote.Text.Length), Is.EqualTo(quote.Text));
        }
    }

    [Test]
    public async Task AnalyzeAsync_ScriptedAnswer_IsReadWholeWithItsPlaces([Values] AnalysisKind kind)
    {
        Emulator.Enqueue(Completion(Answer(kind).ToJsonString()));

        StepResult<ContentAnalysis> result = await Client.AnalyzeAsync(new AnalysisRequest { Content = Content, Kind = kind }, Scope);

        ContentAnalysis analysis = result.ValueOrThrow();
        Assert.That((analysis.Kind, analysis.Score, analysis.Confidence, analysis.Summary), Is.EqualTo((kind, 6.5, 0.25, "They argue about trams.")));
        Assert.That(analysis.KeyPoints.Single().Text, Is.EqualTo("Trams can be free."));
        Assert.That(analysis.KeyPoints.Single().Quote, Is.EqualTo(new SourceQuote { Text = "Trams are free in Luxembourg.", Offset = 6, Line = 1, Distance = 0 }));
        Assert.That(analysis.BiasIndicators.Single().Type, Is.EqualTo("ad hominem"));
        Assert.That(analysis.BiasIndicators.Single().Explanation, Is.EqualTo("It is about the person."));
        Assert.That(analysis.BiasIndicators.Single().Quote.Line, Is.EqualTo(2));
        Assert.That(analysis.Claims.Select(claim => (claim.Belief, claim.Confidence)), Is.EqualTo(new[] { (ModelBelief.LikelyTrue, 0.9), (ModelBelief.LikelyFalse, 0.1) }));
        Assert.That(analysis.Claims[0].Quote, Is.EqualTo(new SourceQuote { Text = "It’s true since 2020.", Offset = Content.IndexOf("It’s", StringComparison.Ordinal), Line = 3, Distance = 0 }));
        Assert.That(result.Receipt.InputTokens, Is.EqualTo(100));
    }

    [Test]
    public async Task AnalyzeAsync_QuoteThatIsNotThere_IsMarkedAndNamedByItsPlace()
    {
        JsonObject answer = Answer();
        answer["keyPoints"]![0]!["quote"] = "Trams are expensive.";
        answer["biasIndicators"]![0]!["quote"] = "nobody said this";
        Emulator.Enqueue(Completion(answer.ToJsonString()));

        StepResult<ContentAnalysis> result = await Client.AnalyzeAsync(Content, AnalysisKind.Debate, Scope);

        Assert.That(result.ValueOrThrow().KeyPoints[0].Quote, Is.EqualTo(new SourceQuote { Text = "Trams are expensive." }));
        Assert.That(result.Value!.KeyPoints[0].Quote.IsFound, Is.False);
        Assert.That(result.Receipt.Warnings, Is.EqualTo(new[]
        {
            "Key point 1: its quote is not in the content.",
            "Bias indicator 1: its quote is not in the content.",
            "Claim 2: its quote is not in the content.",
        }));
    }

    [TestCase("score", "11")]
    [TestCase("score", "-0.1")]
    [TestCase("confidence", "1.01")]
    [TestCase("confidence", "null")]
    [TestCase("keyPoints", "[]")]
    [TestCase("summary", "\"\"")]
    [TestCase("claims", "null")]
    [TestCase("biasIndicators", "[{},{},{},{},{},{}]")]
    [TestCase("verdict", "\"verified\"")]
    public async Task AnalyzeAsync_AnswerOutsideItsLimits_IsAskedAgainAndNeverPassedOn(string member, string value)
    {
        JsonObject answer = Answer(AnalysisKind.FactCheck);
        answer[member] = JsonNode.Parse(value);
        Emulator.Always(Completion(answer.ToJsonString()));

        StepResult<ContentAnalysis> result = await Client.AnalyzeAsync(Content, AnalysisKind.FactCheck, Scope);

        Assert.That(result.Error?.Kind, Is.EqualTo(StepErrorKind.InvalidResponse));
        Assert.That((result.Receipt.Attempts, Emulator.Requests.Count), Is.EqualTo((2, 2)));
        Assert.That(result.Error!.Message, Does.Not.Contain("Trams"));
    }

    [Test]
    public async Task AnalyzeAsync_SummaryThatIsTooLong_IsAskedAgain()
    {
        JsonObject answer = Answer();
        answer["summary"] = new string('s', 501);
        Emulator.Enqueue(Completion(answer.ToJsonString()), Completion(Answer().ToJsonString()));

        StepResult<ContentAnalysis> result = await Client.AnalyzeAsync(Content, AnalysisKind.Debate, Scope);

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(result.Receipt.Attempts, Is.EqualTo(2));
    }

    [Test]
    public async Task AnalyzeAsync_QuoteThatIsNoQuoteButAPage_IsAskedAgain()
    {
        JsonObject answer = Answer();
        answer["claims"]![0]!["quote"] = new string('q', 1001);
        Emulator.Enqueue(Completion(answer.ToJsonString()), Completion(Answer().ToJsonString()));

        StepResult<ContentAnalysis> result = await Client.AnalyzeAsync(Content, AnalysisKind.Debate, Scope);

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(Message(1, -1, "user"), Does.Contain("$.claims[0].quote"));
    }

    [TestCase("")]
    [TestCase(" \r\n\t ")]
    public async Task AnalyzeAsync_EmptyContent_IsInvalidRequestWithoutARequest(string content)
    {
        StepResult<ContentAnalysis> result = await Client.AnalyzeAsync(content, AnalysisKind.Sentiment, Scope);

        Assert.That(result.Error?.Kind, Is.EqualTo(StepErrorKind.InvalidRequest));
        Assert.That(Emulator.Requests, Is.Empty);
    }

    [Test]
    public async Task AnalyzeAsync_StructuredOutputsOff_IsFeatureDisabled()
    {
        Configure(options => options.Features.StructuredOutputs = false);

        Assert.That((await Client.AnalyzeAsync(Content, AnalysisKind.Debate, Scope)).Error?.Kind, Is.EqualTo(StepErrorKind.FeatureDisabled));
        Assert.That(Emulator.Requests, Is.Empty);
    }

    [Test]
    public void AnalyzeAsync_Misuse_Throws()
    {
        Assert.That(() => Client.AnalyzeAsync((string)null!, AnalysisKind.Debate, Scope), Throws.ArgumentNullException);
        Assert.That(() => Client.AnalyzeAsync((AnalysisRequest)null!, Scope), Throws.ArgumentNullException);
        Assert.That(() => Client.AnalyzeAsync(Content, AnalysisKind.Debate, null!), Throws.ArgumentNullException);
        Assert.That(() => Client.AnalyzeAsync(Content, (AnalysisKind)99, Scope), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Client.AnalyzeAsync(Content, AnalysisKind.Debate, Scope, new CancellationToken(true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Emulator.Requests, Is.Empty);
    }

    private static readonly object[] Faults =
    [
        new object[] { EmulatorReply.Refusal("I won't."), StepErrorKind.Refused },
        new object[] { EmulatorReply.Truncated("{"), StepErrorKind.Truncated },
        new object[] { EmulatorReply.ContentFiltered(), StepErrorKind.ContentFiltered },
        new object[] { EmulatorReply.EmptyBody(), StepErrorKind.InvalidResponse },
        new object[] { EmulatorReply.MalformedBody(), StepErrorKind.InvalidResponse },
        new object[] { EmulatorReply.Text("I think Mara won."), StepErrorKind.InvalidResponse },
        new object[] { EmulatorReply.ErrorInOk(), StepErrorKind.ProviderUnavailable },
        new object[] { EmulatorReply.ServerError(), StepErrorKind.ProviderUnavailable },
        new object[] { EmulatorReply.Reset(), StepErrorKind.ProviderUnavailable },
        new object[] { EmulatorReply.RateLimited(TimeSpan.FromMinutes(5)), StepErrorKind.RateLimited },
        new object[] { EmulatorReply.QuotaExhausted(), StepErrorKind.QuotaExhausted },
        new object[] { EmulatorReply.Unauthorized(), StepErrorKind.Unauthorized },
        new object[] { EmulatorReply.ModelNotFound(), StepErrorKind.ModelUnavailable },
        new object[] { EmulatorReply.ContextTooLong(), StepErrorKind.ContextTooLong },
    ];

    [TestCaseSource(nameof(Faults))]
    public async Task AnalyzeAsync_Fault_PassesThrough(EmulatorReply reply, StepErrorKind kind)
    {
        Emulator.Always(reply);

        StepResult<ContentAnalysis> result = await Client.AnalyzeAsync(Content, AnalysisKind.Debate, Scope);

        Assert.That(result.Error?.Kind, Is.EqualTo(kind));
        Assert.That(result.Receipt.Attempts, Is.EqualTo(Emulator.Requests.Count).And.GreaterThan(0));
    }

    [Test]
    public async Task AnalyzeAsync_Debate_GivesItsDetailAndNoOther()
    {
        Emulator.Enqueue(Completion(Answer().ToJsonString()));

        ContentAnalysis analysis = (await Client.AnalyzeAsync(Content, AnalysisKind.Debate, Scope)).ValueOrThrow();

        Assert.That((analysis.FactCheck, analysis.Sentiment), Is.EqualTo(((FactCheckDetail?)null, (SentimentDetail?)null)));
        DebateSpeaker speaker = analysis.Debate!.Speakers.Single();
        Assert.That((speaker.Name, speaker.Position, speaker.Score), Is.EqualTo(("Mara", "For free trams.", 7d)), "named as the text names her");
        Assert.That((speaker.Arguments.Single().Text, speaker.Arguments[0].Strength, speaker.Arguments[0].Quote.Offset), Is.EqualTo(("It works elsewhere.", 6d, (int?)6)));
        Fallacy fallacy = analysis.Debate.Fallacies.Single();
        Assert.That((fallacy.Name, fallacy.Speaker, fallacy.Explanation, fallacy.Quote.Line), Is.EqualTo(("straw man", "Mara", "Nobody said so.", (int?)1)));
        Rebuttal rebuttal = analysis.Debate.Rebuttals.Single();
        Assert.That((rebuttal.Speaker, rebuttal.Answers, rebuttal.Text, rebuttal.Quote.IsFound), Is.EqualTo(("Mara", "Jonas", "It is not so.", true)));
    }

    [Test]
    public async Task AnalyzeAsync_FactCheck_GivesItsDetailAndNoOther()
    {
        Emulator.Enqueue(Completion(Answer(AnalysisKind.FactCheck).ToJsonString()));

        ContentAnalysis analysis = (await Client.AnalyzeAsync(Content, AnalysisKind.FactCheck, Scope)).ValueOrThrow();

        Assert.That((analysis.Debate, analysis.Sentiment), Is.EqualTo(((DebateDetail?)null, (SentimentDetail?)null)));
        Assert.That(analysis.FactCheck!.Checks.Select(check => check.Claim), Is.EqualTo(analysis.Claims));
        Assert.That(analysis.FactCheck.Checks.Select(check => (check.Speaker, check.WouldSettle)), Is.All.EqualTo(("Mara", "The timetable of 2020.")));
    }

    [Test]
    public async Task AnalyzeAsync_Sentiment_GivesItsDetailAndNoOther()
    {
        Emulator.Enqueue(Completion(Answer(AnalysisKind.Sentiment).ToJsonString()));

        ContentAnalysis analysis = (await Client.AnalyzeAsync(Content, AnalysisKind.Sentiment, Scope)).ValueOrThrow();

        Assert.That((analysis.Debate, analysis.FactCheck), Is.EqualTo(((DebateDetail?)null, (FactCheckDetail?)null)));
        SentimentDetail mood = analysis.Sentiment!;
        Assert.That(mood.Overall, Is.EqualTo("heated"));
        Assert.That((mood.Speakers.Single().Name, mood.Speakers[0].Score, mood.Speakers[0].Summary), Is.EqualTo(("Mara", 4d, "Annoyed.")));
        Assert.That((mood.Emotions.Single().Name, mood.Emotions[0].Speaker, mood.Emotions[0].Intensity, mood.Emotions[0].Quote.Offset), Is.EqualTo(("anger", "Mara", 0.5, (int?)6)));
        Assert.That((mood.TurningPoints.Single().Text, mood.TurningPoints[0].Quote.Offset), Is.EqualTo(("From calm to anger.", (int?)6)));
    }

    [Test]
    public async Task AnalyzeAsync_Speakers_AreCountedFromTheTextWhateverTheModelSays([Values] AnalysisKind kind)
    {
        Emulator.Enqueue(Completion(Answer(kind).ToJsonString()));

        ContentAnalysis analysis = (await Client.AnalyzeAsync(Content, kind, Scope)).ValueOrThrow();

        Assert.That(analysis.Speakers.Select(share => (share.Name, share.Turns, share.Words)), Is.EqualTo(new[] { ("Mara", 2, 9), ("Jonas", 1, 5) }));
    }

    [Test]
    public async Task AnalyzeAsync_ShortText_ReportsOnePart()
    {
        List<AnalysisProgress> told = [];

        await Client.AnalyzeAsync(new AnalysisRequest { Content = Content, Kind = AnalysisKind.Debate, Progress = new Told(told) }, Scope);

        Assert.That(told, Is.EqualTo(new[] { new AnalysisProgress { PartsDone = 1, PartsTotal = 1 } }));
    }

    private static IEnumerable<SourceQuote> Quotes(ContentAnalysis analysis) =>
        [.. analysis.KeyPoints.Select(p => p.Quote), .. analysis.BiasIndicators.Select(b => b.Quote), .. analysis.Claims.Select(c => c.Quote)];

    /// <summary>A lawful answer; the second claim's quote is made up.</summary>
    private static JsonObject Answer(AnalysisKind kind = AnalysisKind.Debate)
    {
        JsonObject answer = Answers.Of(kind, "trams are free  in luxembourg.", "MARA", "jonas");
        answer["biasIndicators"]![0]!["quote"] = "\"You would say that, dreamer\"";
        JsonNode claim = answer["claims"]![0]!;
        claim["quote"] = "It's true since 2020.";
        JsonNode madeUp = claim.DeepClone();
        madeUp["quote"] = "the moon";
        madeUp["belief"] = "LikelyFalse";
        madeUp["confidence"] = 0.1;
        answer["claims"]!.AsArray().Add(madeUp);
        return answer;
    }
}
