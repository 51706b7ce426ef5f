using System.Globalization;
using DiscordIntel.Analysis;
using DiscordIntel.Analysis.Details;
using DiscordIntel.Discord.Cards;
using DiscordIntel.Results;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace DiscordIntel.Tests.Discord.Cards;

internal sealed class DiscordCardsTests
{
    private static readonly StepReceipt Receipt = new()
    {
        Model = "some-model-1.5", InputTokens = 1234, OutputTokens = 567, Cost = 0.00123401m, Warnings = ["Key point 1: its quote differs."],
    };

    [Test]
    public void Of_Debate_TellsTheWholeResult()
    {
        const string Expected =
            """
            ### Debate
            They argue about trams.
            **Score:** 6.5 / 10
            **Confidence, by the model's own word:** 0.25 / 1
            **Quotes not in the text:** 1 / 6
            **Speakers (turns, words), counted**
            Mara (3, 1,200), Jonas (1, 9)

            ### Warnings
            **1.** Key point 1\: its quote differs.

            ### Key points
            **1.** Trams are cold.
            -# line 12: “cold trams”

            ### Who argues what
            **Mara: 7 / 10**
            For trams.
            **1.** They are warm. (strength 4 / 10)
            -# line 12: “cold trams”

            ### Fallacies
            **1.** **straw man** (Jonas): Nobody said so.
            -# line 12, nearly: “cold trams”

            ### Who answered whom
            **1.** **Jonas → somebody:** They are cold.
            -# **not in the text:** “warm trams”

            ### Claims (no evidence was looked up)
            **1.** Free since 2020.
            -# line 12: “cold trams”
            -# unverified · the model's belief: likely true (0.9 / 1)

            ### Bias and loaded language
            **1.** **ad hominem:** It is about the person.
            -# line 12: “cold trams”
            -# some-model-1.5 · 1,234 tokens in · 567 out · $0.001235
            """;
        Assert.That(DiscordCards.ToText(DiscordCards.Of(Analyses.OfADebate(), Receipt)), Is.EqualTo(Expected.ReplaceLineEndings("\n")));
    }

    [Test]
    public void Of_FactCheck_PutsTheClaimsFirst()
    {
        IReadOnlyList<DiscordCard> cards = DiscordCards.Of(Analyses.OfAFactCheck());

        Assert.That(cards.Select(card => card.Title), Is.EqualTo(new[] { "Fact check", "Claims (no evidence was looked up)", "Key points", "Bias and loaded language" }));
        Assert.That(cards[1].Body, Does.EndWith("-# unverified · the model's belief: likely true (0.9 / 1) · claimed by Jonas\n-# would settle it: The timetable."));
        Assert.That(cards.Select(card => card.Accent), Is.All.EqualTo(DiscordCardAccent.Neutral));
        Assert.That(cards.Select(card => card.Footer), Is.All.Empty);
    }

    [Test]
    public void Of_Sentiment_ShowsMoodsAndEmotions()
    {
        IReadOnlyList<DiscordCard> cards = DiscordCards.Of(Analyses.OfAMood());

        Assert.That(cards[0].Fields.Single(field => field.Name == "Overall").Value, Is.EqualTo("heated"));
        Assert.That(cards.Single(card => card.Title == "Mood of each speaker").Body, Is.EqualTo("**1.** **Mara** 4 / 10: Annoyed."));
        Assert.That(cards.Single(card => card.Title == "Emotions").Body, Does.StartWith("**1.** **anger** 0.5 / 1\n-# line 12"));
        Assert.That(cards.Single(card => card.Title == "Turning points").Body, Does.StartWith("**1.** From calm to anger.\n"));
    }

    [TestCase(ClaimVerdict.Verified, "verified")]
    [TestCase(ClaimVerdict.Disputed, "disputed")]
    public void Of_AClaimWithEvidence_ShowsItsVerdict(ClaimVerdict verdict, string word)
    {
        ContentAnalysis analysis = Analyses.OfADebate();
        DiscordCard claims = DiscordCards.Of(analysis with { Claims = [analysis.Claims[0] with { Verdict = verdict }, analysis.Claims[0]] }).Single(card => card.Title == "Claims");

        Assert.That(claims.Body, Does.Contain($"-# {word} ·").And.Contains("-# unverified ·"));
    }

    [Test]
    public void Of_ALongTextPutTogetherWithoutAModel_SaysSo()
    {
        ContentAnalysis analysis = Analyses.OfAMood() with { MergeFailure = StepErrorKind.Timeout, MissingParts = [Analyses.Missing(2), Analyses.Missing(3)] };
        DiscordCard overview = DiscordCards.Of(analysis)[0];

        Assert.That(overview.Accent, Is.EqualTo(DiscordCardAccent.Warning));
        Assert.That(overview.Fields.Where(field => field.Value.EndsWith("(mean of the parts)", StringComparison.Ordinal)).Select(field => field.Name), Has.Exactly(2).Items);
        Assert.That(overview.Fields.Single(field => field.Name == "Could not be read").Value, Is.EqualTo("part 2 (line 80), part 3 (line 120)"));
    }

    [Test]
    public void Of_ManyMissingParts_CountsTheOnesNotNamed()
    {
        ContentAnalysis analysis = Analyses.OfAMood() with { MissingParts = [.. Enumerable.Range(1, 100).Select(Analyses.Missing)] };
        string named = DiscordCards.Of(analysis)[0].Fields.Single(field => field.Name == "Could not be read").Value;

        int shown = named.Split("part ").Length - 1;
        Assert.That(named, Does.EndWith($", … +{100 - shown}").And.Length.LessThan(330));
    }

    [TestCase("warning", true)]
    [TestCase("quote", true)]
    [TestCase("nothing", false)]
    public void Of_ADoubtfulResult_IsAWarning(string doubt, bool isWarning)
    {
        ContentAnalysis analysis = Analyses.OfAMood();
        KeyPoint point = analysis.KeyPoints[0];
        DiscordCard overview = DiscordCards.Of(
            doubt == "quote" ? analysis with { KeyPoints = [point with { Quote = new SourceQuote { Text = "never said" } }] } : analysis,
            doubt == "warning" ? Receipt : null)[0];

        Assert.That(overview.Accent, Is.EqualTo(isWarning ? DiscordCardAccent.Warning : DiscordCardAccent.Neutral));
    }

    [Test]
    public void Of_TooManyFindings_CutsTheLongListsAndCountsTheRest()
    {
        ContentAnalysis analysis = Analyses.OfADebate();
        KeyPoint point = analysis.KeyPoints[0] with { Text = new string('x', 300) };
        IReadOnlyList<DiscordCard> cards = DiscordCards.Of(analysis with { KeyPoints = [.. Enumerable.Repeat(point, 30)] }, Receipt);

        int shown = cards.Single(card => card.Title == "Key points").Body.Split("-# line").Length - 1;
        Assert.That(shown, Is.InRange(3, 12));
        Assert.That(cards[^1].Footer, Does.StartWith($"Not shown: Key points {30 - shown} · some-model-1.5"));
        Assert.That(cards.Select(card => card.Title), Does.Contain("Bias and loaded language"));
    }

    [Test]
    public void Of_ManySides_ShowsEveryPositionBeforeArguments()
    {
        ContentAnalysis analysis = Analyses.OfADebate();
        var side = analysis.Debate!.Speakers[0];
        DiscordCard sides = DiscordCards.Of(analysis with { Debate = analysis.Debate with { Speakers = [.. Enumerable.Repeat(side with { Arguments = [.. Enumerable.Repeat(side.Arguments[0], 40)] }, 12)] } })
            .Single(card => card.Title == "Who argues what");

        Assert.That(sides.Fields, Has.Count.EqualTo(12));
        Assert.That(sides.Fields[0].Value, Does.Contain("**1.**").And.Length.LessThanOrEqualTo(1024));
    }

    [Test]
    public void Of_AFullField_LetsTheOtherSidesGoOn()
    {
        ContentAnalysis analysis = Analyses.OfADebate();
        var side = analysis.Debate!.Speakers[0];
        var wordy = side with { Arguments = [.. Enumerable.Repeat(side.Arguments[0] with { Text = new string('x', 450) }, 4)] };
        var terse = side with { Arguments = [.. Enumerable.Repeat(side.Arguments[0], 4)] };
        IReadOnlyList<DiscordCard> cards = DiscordCards.Of(analysis with { Debate = analysis.Debate with { Speakers = [wordy, terse] } });

        DiscordCard sides = cards.Single(card => card.Title == "Who argues what");
        Assert.That(sides.Fields[0].Value, Does.Contain("**1.**").And.Not.Contains("**3.**"));
        Assert.That(sides.Fields[1].Value, Does.Contain("**4.**"));
        Assert.That(cards[^1].Footer, Does.StartWith("Not shown: Who argues what "));
    }

    [Test]
    public void Of_MoreSidesThanFields_CountsTheRest()
    {
        ContentAnalysis analysis = Analyses.OfADebate();
        DebateSpeaker side = analysis.Debate!.Speakers[0] with { Position = "For.", Arguments = [] };
        IReadOnlyList<DiscordCard> cards = DiscordCards.Of(analysis with { Debate = analysis.Debate with { Speakers = [.. Enumerable.Repeat(side, 40)] } });

        Assert.That(cards.Single(card => card.Title == "Who argues what").Fields, Has.Count.EqualTo(25));
        Assert.That(cards[^1].Footer, Is.EqualTo("Not shown: Who argues what 15"));
    }

    [Test]
    public void Of_ANumberThatIsNone_IsAQuestionMark()
    {
        ContentAnalysis analysis = Analyses.OfAMood() with { Score = double.NegativeInfinity, Confidence = double.NaN };

        Assert.That(DiscordCards.Of(analysis)[0].Fields.Take(2).Select(field => field.Value), Is.EqualTo(new[] { "? / 10", "? / 1" }));
    }

    [Test]
    public void Of_BlankTexts_ShowsAnEllipsis()
    {
        ContentAnalysis analysis = Analyses.OfAMood();
        IReadOnlyList<DiscordCard> cards = DiscordCards.Of(analysis with { Summary = " \n", Sentiment = analysis.Sentiment! with { Overall = "" } });

        Assert.That(cards[0].Body, Is.EqualTo("…"));
        Assert.That(cards[0].Fields.Single(field => field.Name == "Overall").Value, Is.EqualTo("…"));
    }

    [Test]
    public void Of_ALongText_EndsWithAnEllipsisBetweenCharacters()
    {
        string family = string.Concat(Enumerable.Repeat("👩‍👩‍👧", 400));
        string body = DiscordCards.Of(Analyses.OfAMood() with { Summary = family })[0].Body;

        Assert.That(body, Has.Length.LessThanOrEqualTo(1000).And.EndsWith("👩‍👩‍👧…"));
        Assert.That((body.Length - 1) % 8, Is.Zero);
    }

    [Test]
    public void Of_OtherWordsAndCulture_AreUsed()
    {
        var options = new DiscordCardOptions
        {
            Labels = new DiscordCardLabels { Debate = "Streitgespräch", Score = "Wertung\nüber", NotInText = new string('n', 300), KeyPoints = "" },
            Culture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } },
        };
        IReadOnlyList<DiscordCard> cards = DiscordCards.Of(Analyses.OfADebate(), Receipt, options);

        Assert.That(cards[0].Title, Is.EqualTo("Streitgespräch"));
        Assert.That(cards[0].Fields[0], Is.EqualTo(new DiscordCardField { Name = "Wertung über", Value = "6,5 / 10", Inline = true }));
        Assert.That(cards[^1].Footer, Does.Contain("1.234 tokens in").And.Contains("$0,001235"));
        Assert.That(DiscordCards.ToText(cards), Does.Contain($"-# **{new string('n', 63)}…:** “warm").And.Contains("### …\n"));
    }

    [Test]
    public void Of_TheLongestWords_StillFit()
    {
        string word = new('w', 500);
        var labels = new DiscordCardLabels
        {
            Debate = word, Score = word, Confidence = word, MeanOfParts = word, OverallMood = word, Speakers = word, NotRead = word, Part = word, Line = word,
            QuotesNotInText = word, Warnings = word, KeyPoints = word, Bias = word, Claims = word, ClaimsWithoutEvidence = word, Sides = word, Fallacies = word,
            Rebuttals = word, Moods = word, Emotions = word, TurningPoints = word, NotShown = word, TokensIn = word, TokensOut = word, UpTo = word,
        };
        ContentAnalysis analysis = Analyses.OfADebate() with
        {
            Summary = new string('*', 5000), Sentiment = Analyses.OfAMood().Sentiment! with { Overall = word }, MergeFailure = StepErrorKind.Timeout,
            Score = double.MaxValue, MissingParts = [.. Enumerable.Range(1, 100).Select(Analyses.Missing)],
            Speakers = [.. Enumerable.Repeat(new SpeakerShare { Name = word, Turns = int.MaxValue, Words = int.MaxValue }, 100)],
        };
        StepReceipt receipt = Receipt with { Model = new string('m', 64), InputTokens = long.MaxValue, OutputTokens = long.MaxValue, Cost = decimal.MaxValue, CostIsEstimated = true };

        IReadOnlyList<DiscordCard> cards = DiscordCards.Of(analysis, receipt, new DiscordCardOptions { Labels = labels });

        Assert.That(DiscordCards.ToText(cards), Has.Length.LessThanOrEqualTo(4000));
        Assert.That(cards[^1].Footer, Does.Contain(new string('m', 64)));
    }

    [TestCase("some_model")]
    [TestCase("https://evil.example")]
    [TestCase("<@1>")]
    [TestCase("a\nb")]
    public void Of_AModelNameThatIsNone_IsNotShown(string model) =>
        Assert.That(DiscordCards.Of(Analyses.OfAMood(), Receipt with { Model = model })[^1].Footer, Is.EqualTo("1,234 tokens in · 567 out · $0.001235"));

    [Test]
    public void Of_WithoutUsage_HasNoFooter() =>
        Assert.That(DiscordCards.Of(Analyses.OfAMood(), Receipt, new DiscordCardOptions { ShowUsage = false })[^1].Footer, Is.Empty);

    [Test]
    public void Of_AnUnknownCost_IsAbsentAndAnUpperBoundMarked()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(DiscordCards.Of(Analyses.OfAMood(), new StepReceipt { Model = "m" })[^1].Footer, Is.EqualTo("m"));
            Assert.That(DiscordCards.Of(Analyses.OfAMood(), new StepReceipt { Cost = 1, CostIsEstimated = true })[^1].Footer, Is.EqualTo("up to $1"));
            Assert.That(DiscordCards.Of(Analyses.OfAMood(), new StepReceipt { Cost = 0, FromCache = true })[^1].Footer, Is.EqualTo("from the cache"));
        }
    }

    [TestCase(3999)]
    [TestCase(6001)]
    public void MaxChars_OutOfRange_Throws(int chars) => Assert.That(() => new DiscordCardOptions { MaxChars = chars }, Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Of_AnErrorThatSaysWhen_CountsDown()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_000_000_000));
        var error = new StepError { Kind = StepErrorKind.RateLimited, Message = "429 sk-secret", RetryAfter = TimeSpan.FromSeconds(89.2), IsRetryable = true };
        DiscordCard card = DiscordCards.Of(error, time).Single();

        Assert.That(card.Body, Is.EqualTo("Too many requests right now. Please try again in a moment.\nTry again <t:1000000090:R>"));
        Assert.That(card.Accent, Is.EqualTo(DiscordCardAccent.Warning));
    }

    [Test]
    public void Of_AnErrorThatStays_IsItsSentence()
    {
        var error = new StepError { Kind = StepErrorKind.Refused, Message = "no", UserMessage = "Ask **/help**.", Partial = "I will not." };
        DiscordCard card = DiscordCards.Of(error, TimeProvider.System).Single();

        Assert.That(card, Is.EqualTo(new DiscordCard { Body = "Ask **/help**.", Fields = card.Fields, Accent = DiscordCardAccent.Failure }));
    }
}
