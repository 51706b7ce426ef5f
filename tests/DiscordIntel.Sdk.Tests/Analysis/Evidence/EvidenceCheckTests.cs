using DiscordIntel.Analysis;
using DiscordIntel.Analysis.Evidence;
using DiscordIntel.Results;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.Evidence;

/// <summary>A verdict stands on words that are found in the evidence of its claim, or it does not stand.</summary>
internal sealed class EvidenceCheckTests : EvidenceFixture
{
    private const string Free = "public transport is free in the whole country";

    [TestCase("Verified", ClaimVerdict.Verified)]
    [TestCase("Disputed", ClaimVerdict.Disputed)]
    public async Task AnalyzeAsync_QuoteInTheEvidence_GivesTheVerdictWithItsCitation(string said, ClaimVerdict verdict)
    {
        var source = new ListedEvidence(Trams);
        Use(source);
        Emulator.Enqueue(Claims("Trams are free."), Rulings((1, said, [(1, "public transport is free in the  whole country.")])));

        StepResult<ContentAnalysis> result = await CheckAsync();

        Claim claim = result.ValueOrThrow().Claims.Single();
        CitedEvidence cited = claim.Evidence.Single();
        Assert.Multiple(() =>
        {
            Assert.That(claim.Verdict, Is.EqualTo(verdict));
            Assert.That((cited.Title, cited.Url, cited.Date), Is.EqualTo((Trams.Title, Trams.Url, Trams.Date)));
            Assert.That(cited.Quote, Is.EqualTo(new SourceQuote { Text = Free + ".", Offset = 19, Line = 1, Distance = 0 }));
            Assert.That(result.Value!.FactCheck!.Checks.Single().Claim, Is.SameAs(claim));
            Assert.That(claim.Belief, Is.EqualTo(ModelBelief.LikelyTrue));
            Assert.That(source.Asked, Is.EqualTo(new[] { ("Trams are free.", Scope) }));
            Assert.That((result.Receipt.Attempts, result.Receipt.InputTokens, result.Receipt.OutputTokens), Is.EqualTo((2, 200L, 20L)));
            Assert.That(result.Receipt.Cost, Is.GreaterThan(0));
            Assert.That(result.Receipt.Warnings, Is.Empty);
        });
    }

    [TestCase("public transport is free in the whole world", TestName = "a word exchanged")]
    [TestCase("Since 1 March 2021 public transport is free in the whole country.", TestName = "a figure exchanged")]
    [TestCase("public transport is not free in the whole country", TestName = "a denial put in")]
    [TestCase("Trams are free.", TestName = "the claim itself")]
    [TestCase("Transport in Luxembourg", TestName = "the title")]
    [TestCase("the", TestName = "words that stand anywhere")]
    [TestCase("", TestName = "nothing")]
    public async Task AnalyzeAsync_QuoteThatIsNotInTheEvidence_IsUnverified(string quote)
    {
        Use(new ListedEvidence(Trams));
        Emulator.Enqueue(Claims("Trams are free."), Rulings((1, "Verified", [(1, quote)])));

        await AssertUnverifiedAsync("Claim 1: the model calls it Verified, but cites no words that stand in its evidence; it is unverified.");
    }

    [TestCase(2)]
    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(int.MaxValue)]
    public async Task AnalyzeAsync_CitationOfNoPassageOfTheClaim_IsUnverified(int passage)
    {
        Use(new ListedEvidence((claim, _) => ValueTask.FromResult<IReadOnlyList<EvidencePassage>>(claim.StartsWith("Trams", StringComparison.Ordinal) ? [Trams] : [Pilot])));
        Emulator.Enqueue(Claims("Trams are free.", "The pilot carried many."), Rulings((1, "Disputed", [(passage, "In six weeks the pilot carried 8,412 people.")]), (2, "Unverified", [])));

        await AssertUnverifiedAsync("Claim 1: the model calls it Disputed, but cites no words that stand in its evidence; it is unverified.");
    }

    [Test]
    public async Task AnalyzeAsync_TitleOfAMegabyte_DoesNotMakeTheRequestGrow()
    {
        Use(new ListedEvidence(Trams with { Title = new string('t', 1_000_000) }));
        Emulator.Enqueue(Claims("Trams are free."), Rulings((1, "Verified", [(1, Free)])));

        StepResult<ContentAnalysis> result = await CheckAsync();

        Assert.That(result.ValueOrThrow().Claims[0].Evidence.Single().Title, Has.Length.EqualTo(200));
        Assert.That(Emulator.Requests[1].RawBody, Has.Length.LessThan(10_000));
    }

    [Test]
    public async Task AnalyzeAsync_OneOfTwoCitationsMadeUp_StandsOnTheOther()
    {
        Use(new ListedEvidence(Trams, Pilot));
        Emulator.Enqueue(Claims("Trams are free."), Rulings((1, "Verified", [(2, Free), (1, Free)])));

        StepResult<ContentAnalysis> result = await CheckAsync();

        Assert.That(result.ValueOrThrow().Claims[0].Evidence.Single().Title, Is.EqualTo(Trams.Title));
        Assert.That(result.Receipt.Warnings, Is.EqualTo(new[] { "Claim 1: a citation was left out, as its words do not stand in its evidence." }));
    }

    [Test]
    public async Task AnalyzeAsync_VerdictWithoutACitation_IsUnverified()
    {
        Use(new ListedEvidence(Trams));
        Emulator.Enqueue(Claims("Trams are free."), Rulings((1, "Verified", [])));

        await AssertUnverifiedAsync("Claim 1: the model calls it Verified, but cites no words that stand in its evidence; it is unverified.");
    }

    [Test]
    public async Task AnalyzeAsync_UnverifiedWithACitation_KeepsNoEvidence()
    {
        Use(new ListedEvidence(Trams));
        Emulator.Enqueue(Claims("Trams are free."), Rulings((1, "Unverified", [(1, Free)])));

        await AssertUnverifiedAsync();
    }

    [Test]
    public async Task AnalyzeAsync_NoRulingOrTwo_IsUnverified()
    {
        Use(new ListedEvidence(Trams));
        Emulator.Enqueue(Claims("Trams are free.", "Buses are free."), Rulings((2, "Verified", [(1, Free)]), (2, "Disputed", [(1, Free)]), (7, "Verified", [(1, Free)])));

        await AssertUnverifiedAsync("Claim 1: the model gave no verdict; it is unverified.", "Claim 2: the model gave more than one verdict; it is unverified.");
    }

    [Test]
    public async Task AnalyzeAsync_NothingFound_AsksNobody()
    {
        Use(new ListedEvidence());
        Emulator.Enqueue(Claims("Trams are free."));

        await AssertUnverifiedAsync();
        Assert.That(Emulator.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task AnalyzeAsync_NoClaims_LooksNothingUp()
    {
        var source = new ListedEvidence(Trams);
        Use(source);
        Emulator.Enqueue(Claims());

        await CheckAsync();

        Assert.That((source.Asked.Count, Emulator.Requests.Count), Is.EqualTo((0, 1)));
    }

    [TestCase(AnalysisKind.Debate)]
    [TestCase(AnalysisKind.Sentiment)]
    public async Task AnalyzeAsync_OtherKinds_LookNothingUp(AnalysisKind kind)
    {
        var source = new ListedEvidence(Trams);
        Use(source);

        await Client.AnalyzeAsync(Content, kind, Scope);

        Assert.That((source.Asked.Count, Emulator.Requests.Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task AnalyzeAsync_EvidenceAgainstTheSummary_IsTold()
    {
        Use(new ListedEvidence(Trams));
        var answer = ClaimsJson("Trams are free.");
        answer["summary"] = "All claims are true.";
        Emulator.Enqueue(Completion(answer.ToJsonString()), Rulings((1, "Disputed", [(1, Free)])));

        Assert.That((await CheckAsync()).Receipt.Warnings, Has.One.Contains("but 1 of the claims is disputed"));
    }

    [Test]
    public async Task AnalyzeAsync_SharedPassage_IsShownOnce()
    {
        Use(new ListedEvidence(Trams, Pilot));
        Emulator.Enqueue(Claims("Trams are free.", "The pilot carried nine thousand."), Rulings((1, "Verified", [(1, Free)]), (2, "Disputed", [(2, "the pilot carried 8,412 people")])));

        StepResult<ContentAnalysis> result = await CheckAsync();

        Assert.That(result.ValueOrThrow().Claims.Select(claim => claim.Verdict), Is.EqualTo(new[] { ClaimVerdict.Verified, ClaimVerdict.Disputed }));
        Assert.That(Message(1, 1, "user").Split(Trams.Text), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task AnalyzeAsync_MoreEvidenceThanARequestTakes_IsJudgedInSeveral()
    {
        Use(
            new ListedEvidence((claim, _) => ValueTask.FromResult<IReadOnlyList<EvidencePassage>>(
                [.. Enumerable.Range(1, 9).Select(i => new EvidencePassage { Title = claim, Text = $"{claim} says passage {i} of it. {new string('x', 5000)}" })])),
            options =>
            {
                options.Analysis.PartTokens = 100;
                options.Analysis.MaxParallelParts = 1;
            });
        Emulator.Enqueue(
            Claims("Aaa claim", "Bbb claim", "Ccc claim"),
            Rulings((1, "Verified", [(1, "Aaa claim says passage 1 of it.")])),
            DiscordIntel.Testing.EmulatorReply.Refusal("No."),
            Rulings((3, "Disputed", [(5, "Ccc claim says passage 5 of it.")])));

        StepResult<ContentAnalysis> result = await CheckAsync();

        Assert.Multiple(() =>
        {
            Assert.That(result.ValueOrThrow().Claims.Select(claim => claim.Verdict), Is.EqualTo(new[] { ClaimVerdict.Verified, ClaimVerdict.Unverified, ClaimVerdict.Disputed }));
            Assert.That(result.Receipt.Warnings, Is.EqualTo(new[] { "Claim 2 could not be judged by its evidence (Refused): unverified." }));
            Assert.That(result.Receipt.Attempts, Is.EqualTo(4));
            Assert.That(Emulator.Requests.Skip(1).Select(request => request.RawBody.Length), Is.All.LessThan(20_000));
        });
    }

    [Test]
    public async Task AnalyzeAsync_LongContentWithoutAScript_EveryVerdictRestsOnWordsOfItsEvidence()
    {
        string content = string.Concat(Enumerable.Repeat("Mara: Trams are free in Luxembourg since 2020.\nJonas: The pilot carried nine thousand people in six weeks.\n", 30));
        Use(new ListedEvidence(Trams, Pilot), options => options.Analysis.PartTokens = 400);

        StepResult<ContentAnalysis> result = await Client.AnalyzeAsync(content, AnalysisKind.FactCheck, Scope);

        string[] schemas = [.. Emulator.Requests.Select(request => request.Body.GetProperty("response_format").GetProperty("json_schema").GetProperty("name").GetString()!)];
        Assert.Multiple(() =>
        {
            Assert.That(schemas.Count(name => name == "content_analysis"), Is.GreaterThan(2));
            Assert.That(schemas[^1], Is.EqualTo("evidence_rulings"));
            Assert.That(result.Receipt.Attempts, Is.EqualTo(schemas.Length));
            Assert.That(result.ValueOrThrow().FactCheck!.Checks.Select(check => check.Claim), Is.EqualTo(result.Value!.Claims));
            foreach (Claim claim in result.Value.Claims)
            {
                Assert.That(claim.Evidence.Count > 0, Is.EqualTo(claim.Verdict is not ClaimVerdict.Unverified));
                Assert.That(claim.Evidence.Select(cited => cited.Quote), Is.All.Matches<SourceQuote>(quote => Trams.Text.Contains(quote.Text, StringComparison.Ordinal) || Pilot.Text.Contains(quote.Text, StringComparison.Ordinal)));
            }
        });
    }

    private async Task AssertUnverifiedAsync(params string[] warnings)
    {
        StepResult<ContentAnalysis> result = await CheckAsync();
        Assert.Multiple(() =>
        {
            Assert.That(result.ValueOrThrow().Claims, Is.Not.Empty.And.All.Matches<Claim>(claim => claim is { Verdict: ClaimVerdict.Unverified, Evidence.Count: 0 }));
            Assert.That(result.Receipt.Warnings, Is.EqualTo(warnings));
        });
    }
}
