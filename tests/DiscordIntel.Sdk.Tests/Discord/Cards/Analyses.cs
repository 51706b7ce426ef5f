using DiscordIntel.Analysis;
using DiscordIntel.Analysis.Details;
using DiscordIntel.Results;
using FsCheck;
using FsCheck.Fluent;

namespace DiscordIntel.Tests.Discord.Cards;

/// <summary>Analyses: a small sound one of each kind, and any that the types allow, of texts that are not meant well.</summary>
internal static class Analyses
{
    /// <summary>What a text must not do: format, ping, link, leave its line. Each has a word by which it is found again.</summary>
    private static readonly string[] Pieces =
    [
        "**leak**", "*leak*", "__leak__", "_leak_", "~~leak~~", "||leak||", "`leak`", "```\nleak\n```", "[leak](https://evil.example/?s)", "<https://evil.example/x>",
        "https://evil.example/?s=1&_a_", "http://evil.example", "@everyone", "@here", "<@1>", "<@!1>", "<@&2>", "<#3>", "<:leak:4>", "<a:leak:4>", "<t:5:R>", "</leak:6>",
        "<id:guide>", "\n# leak", "\n> leak", "\n>>> leak", "\n- leak", "\n1. leak", "\n-# leak", "# leak", "-# leak", "> leak", "\\", "\\\\", "\\`", "\n", "\r\n", "\u2028",
        "\u0085", "\u202E", "\u2066", "\0", "\u001b[31m", "\t", "   ", "a", "word ", "A sentence. ", "漢字。", "שלום", "e\u0301", "\u0301", "\u200D", "👩🏽‍💻", "🇩🇪", "\uD83D", "\uDE2D",
        new('x', 700), string.Concat(Enumerable.Repeat("😭", 300)), "e" + new string('\u0301', 2000),
    ];

    private static readonly SourceQuote Found = new() { Text = "cold trams", Offset = 4, Line = 12, Distance = 0 };
    private static readonly SourceQuote Strange = new() { Text = "warm trams" };

    public static Gen<string> Text { get; } = Gen.Frequency(
        (4, Gen.Elements(Pieces).ListOf(6).Select(string.Concat)),
        (2, Gen.Elements(Pieces)),
        (1, Gen.Elements(Pieces).ListOf(80).Select(string.Concat)),
        (1, Gen.Choose(0, 0xFFFF).Select(c => (char)c).ArrayOf().Select(c => new string(c))));

    public static Gen<StepReceipt> Receipt { get; } =
        from warnings in Lists(Text)
        from model in Gen.OneOf(Text, Gen.Elements("some-model-1.5", "vendor/some_model:free", "a//b"))
        from tokens in Gen.Elements<long?>(null, 0, 1234, long.MaxValue)
        from cost in Gen.Elements<decimal?>(null, 0, 0.00000001m, 12.3456789m, decimal.MaxValue)
        from flag in Gen.Elements(true, false)
        select new StepReceipt { Warnings = warnings, Model = model, InputTokens = tokens, OutputTokens = tokens, Cost = cost, CostIsEstimated = flag, FromCache = !flag && tokens is null };

    public static Gen<ContentAnalysis> Any { get; } =
        from kind in Gen.Elements(Enum.GetValues<AnalysisKind>())
        from score in Number
        from confidence in Number
        from summary in Text
        from points in Lists(from text in Text from quote in Quote select new KeyPoint { Text = text, Quote = quote })
        from bias in Lists(from text in Text from type in Text from quote in Quote select new BiasIndicator { Type = type, Explanation = text, Quote = quote })
        from claims in Lists(Claim)
        from debate in Debate.OrNull()
        from mood in Mood.OrNull()
        from checks in Lists(from claim in Claim from speaker in Text.OrNull() from settle in Text select new ClaimCheck { Claim = claim, Speaker = speaker, WouldSettle = settle })
        from own in Gen.Elements(true, false)
        from shares in Lists(from name in Text from turns in Gen.Choose(0, int.MaxValue) select new SpeakerShare { Name = name, Turns = turns, Words = turns })
        from missing in Gen.Choose(0, 40)
        from failed in Gen.Elements<StepErrorKind?>(null, null, StepErrorKind.Timeout)
        select new ContentAnalysis
        {
            Kind = kind,
            Score = score,
            Confidence = confidence,
            Summary = summary,
            KeyPoints = points,
            BiasIndicators = bias,
            Claims = claims,
            Debate = debate,
            Sentiment = mood,
            FactCheck = new FactCheckDetail { Checks = own ? checks : [.. claims.Select(claim => new ClaimCheck { Claim = claim, WouldSettle = summary })] },
            Speakers = shares,
            MissingParts = [.. Enumerable.Range(1, missing).Select(Missing)],
            MergeFailure = failed,
        };

    private static Gen<double> Number => Gen.Elements(0, 0.25, 6.5, 10, double.NaN, double.MaxValue, double.NegativeInfinity);

    private static Gen<SourceQuote> Quote =>
        from text in Text
        from place in Gen.Elements<int?>(null, 1, int.MaxValue)
        from distance in Gen.Choose(0, 3)
        select new SourceQuote { Text = text, Offset = place, Line = place, Distance = place is null ? null : distance };

    private static Gen<Claim> Claim =>
        from text in Text
        from quote in Quote
        from verdict in Gen.Elements(Enum.GetValues<ClaimVerdict>())
        from belief in Gen.Elements(Enum.GetValues<ModelBelief>())
        from confidence in Number
        select new Claim { Text = text, Quote = quote, Verdict = verdict, Belief = belief, Confidence = confidence };

    private static Gen<DebateDetail> Debate =>
        from sides in Lists(
            from name in Text
            from position in Text
            from score in Number
            from arguments in Lists(from text in Text from strength in Number from quote in Quote select new DebateArgument { Text = text, Strength = strength, Quote = quote })
            select new DebateSpeaker { Name = name, Position = position, Score = score, Arguments = arguments })
        from fallacies in Lists(
            from name in Text
            from speaker in Text.OrNull()
            from text in Text
            from quote in Quote
            select new Fallacy { Name = name, Speaker = speaker, Explanation = text, Quote = quote })
        from rebuttals in Lists(
            from speaker in Text.OrNull()
            from other in Text.OrNull()
            from text in Text
            from quote in Quote
            select new Rebuttal { Speaker = speaker, Answers = other, Text = text, Quote = quote })
        select new DebateDetail { Speakers = sides, Fallacies = fallacies, Rebuttals = rebuttals };

    private static Gen<SentimentDetail> Mood =>
        from overall in Text
        from speakers in Lists(from name in Text from score in Number from text in Text select new SpeakerMood { Name = name, Score = score, Summary = text })
        from emotions in Lists(
            from name in Text
            from speaker in Text.OrNull()
            from intensity in Number
            from quote in Quote
            select new Emotion { Name = name, Speaker = speaker, Intensity = intensity, Quote = quote })
        from turns in Lists(from text in Text from quote in Quote select new TurningPoint { Text = text, Quote = quote })
        select new SentimentDetail { Overall = overall, Speakers = speakers, Emotions = emotions, TurningPoints = turns };

    /// <summary>A debate of one finding in each list.</summary>
    public static ContentAnalysis OfADebate() => Plain(AnalysisKind.Debate) with
    {
        Debate = new DebateDetail
        {
            Speakers = [new DebateSpeaker { Name = "Mara", Position = "For trams.", Score = 7, Arguments = [new DebateArgument { Text = "They are warm.", Strength = 4, Quote = Found }] }],
            Fallacies = [new Fallacy { Name = "straw man", Speaker = "Jonas", Explanation = "Nobody said so.", Quote = Found with { Distance = 2 } }],
            Rebuttals = [new Rebuttal { Speaker = "Jonas", Text = "They are cold.", Quote = Strange }],
        },
        Speakers = [new SpeakerShare { Name = "Mara", Turns = 3, Words = 1200 }, new SpeakerShare { Name = "Jonas", Turns = 1, Words = 9 }],
    };

    /// <summary>A fact check of one claim.</summary>
    public static ContentAnalysis OfAFactCheck()
    {
        ContentAnalysis plain = Plain(AnalysisKind.FactCheck);
        return plain with { FactCheck = new FactCheckDetail { Checks = [new ClaimCheck { Claim = plain.Claims[0], Speaker = "Jonas", WouldSettle = "The timetable." }] } };
    }

    /// <summary>A reading of the mood with one finding in each list.</summary>
    public static ContentAnalysis OfAMood() => Plain(AnalysisKind.Sentiment) with
    {
        Sentiment = new SentimentDetail
        {
            Overall = "heated",
            Speakers = [new SpeakerMood { Name = "Mara", Score = 4, Summary = "Annoyed." }],
            Emotions = [new Emotion { Name = "anger", Intensity = 0.5, Quote = Found }],
            TurningPoints = [new TurningPoint { Text = "From calm to anger.", Quote = Found }],
        },
    };

    public static MissingPart Missing(int number) => new()
    {
        Part = new AnalysisPart { Number = number, Offset = 0, Length = 1, Line = number * 40, Tokens = 1 },
        Reason = StepErrorKind.Timeout,
    };

    private static ContentAnalysis Plain(AnalysisKind kind) => new()
    {
        Kind = kind,
        Score = 6.5,
        Confidence = 0.25,
        Summary = "They argue about trams.",
        KeyPoints = [new KeyPoint { Text = "Trams are cold.", Quote = Found }],
        BiasIndicators = [new BiasIndicator { Type = "ad hominem", Explanation = "It is about the person.", Quote = Found }],
        Claims = [new Claim { Text = "Free since 2020.", Quote = Found, Verdict = ClaimVerdict.Unverified, Belief = ModelBelief.LikelyTrue, Confidence = 0.9 }],
    };

    private static Gen<T[]> Lists<T>(Gen<T> item) => Gen.Frequency((2, Gen.Choose(0, 3)), (1, Gen.Choose(4, 30))).SelectMany(item.ArrayOf);
}
