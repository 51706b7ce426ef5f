using DiscordIntel.Analysis.Details;
using DiscordIntel.Analysis.Grounding;
using DiscordIntel.Analysis.Replies;

namespace DiscordIntel.Analysis;

/// <summary>Turns the model's answer into the public result: every quote is looked up, no verdict is taken on trust.</summary>
internal static class AnalysisReader
{
    public static ContentAnalysis Read(AnalysisReply reply, AnalysisKind kind, Ground ground)
    {
        // In the order of the result, which is that of the warnings.
        List<KeyPoint> points = ground.Items("Key point", reply.KeyPoints, point => point.Quote, (point, quote, _) => new KeyPoint { Text = point.Text, Quote = quote });
        List<BiasIndicator> bias = ground.Items(
            "Bias indicator", reply.BiasIndicators, sign => sign.Quote, (sign, quote, _) => new BiasIndicator { Type = sign.Type, Explanation = sign.Explanation, Quote = quote });
        List<(ClaimReply Reply, Claim Claim, string Place)> claims = ground.Items(
            "Claim", reply.AllClaims, claim => claim.Quote, (claim, quote, place) => (claim, ToClaim(claim, quote), place));
        return new ContentAnalysis
        {
            Kind = kind,
            Score = Plain(reply.Score),
            Confidence = Plain(reply.Confidence),
            Summary = reply.Summary,
            KeyPoints = points,
            BiasIndicators = bias,
            Claims = [.. claims.Select(pair => pair.Claim)],
            Debate = reply is DebateReply debate ? Read(debate, ground) : null,
            FactCheck = reply is FactCheckReply ? Read(claims, ground) : null,
            Sentiment = reply is SentimentReply sentiment ? Read(sentiment, ground) : null,
        };
    }

    private static Claim ToClaim(ClaimReply claim, SourceQuote quote) => new()
    {
        Text = claim.Text,
        Quote = quote,

        // Only evidence makes a verdict, and none was looked for.
        Verdict = ClaimVerdict.Unverified,
        Belief = claim.Belief,
        Confidence = Plain(claim.Confidence),
    };

    private static DebateDetail Read(DebateReply reply, Ground ground)
    {
        ground.Sides(reply.Speakers.Count);
        return Details(reply, ground);
    }

    private static DebateDetail Details(DebateReply reply, Ground ground) => new()
    {
        Speakers = [.. reply.Speakers.Select((speaker, i) => Read(speaker, $"Speaker {i + 1}", ground)).OfType<DebateSpeaker>()],
        Fallacies = ground.Items("Fallacy", reply.Fallacies, fallacy => fallacy.Quote, (fallacy, quote, place) => new Fallacy
        {
            Name = fallacy.Name,
            Speaker = ground.Speaker(fallacy.Speaker, quote, place),
            Explanation = fallacy.Explanation,
            Quote = quote,
        }),
        Rebuttals = [.. ground.Items("Rebuttal", reply.Rebuttals, rebuttal => rebuttal.Quote, (rebuttal, quote, place) =>
        {
            (string? speaker, string? answers) = (rebuttal.Speaker, rebuttal.Answers);
            return ground.Answer(ref speaker, ref answers, quote, place)
                ? new Rebuttal { Speaker = speaker, Answers = answers, Text = rebuttal.Text, Quote = quote }
                : null;
        }).OfType<Rebuttal>()],
    };

    private static DebateSpeaker? Read(DebateSpeakerReply speaker, string place, Ground ground) => ground.Side(speaker.Name, place) is not { } name ? null : new DebateSpeaker
    {
        Name = name,
        Position = speaker.Position,
        Score = Plain(speaker.Score),
        Arguments = ground.Items($"{place}, argument", speaker.Arguments, argument => argument.Quote, (argument, quote, argumentPlace) =>
        {
            ground.Said(speaker.Name, quote, argumentPlace);
            return new DebateArgument { Text = argument.Text, Strength = Plain(argument.Strength), Quote = quote };
        }),
    };

    private static FactCheckDetail Read(List<(ClaimReply Reply, Claim Claim, string Place)> claims, Ground ground) => new()
    {
        Checks = [.. claims.Select(check => (Reply: (CheckedClaimReply)check.Reply, check.Claim, check.Place)).Select(check => new ClaimCheck
        {
            Claim = check.Claim,
            Speaker = ground.Speaker(check.Reply.Speaker, check.Claim.Quote, check.Place),
            WouldSettle = check.Reply.WouldSettle,
        })],
    };

    private static SentimentDetail Read(SentimentReply reply, Ground ground) => new()
    {
        Overall = reply.Overall,
        Speakers = [.. reply.Speakers.Select((speaker, i) => ground.Side(speaker.Name, $"Speaker {i + 1}") is { } name
            ? new SpeakerMood { Name = name, Score = Plain(speaker.Score), Summary = speaker.Summary }
            : null).OfType<SpeakerMood>()],
        Emotions = ground.Items("Emotion", reply.Emotions, emotion => emotion.Quote, (emotion, quote, place) => new Emotion
        {
            Name = emotion.Name,
            Speaker = ground.Speaker(emotion.Speaker, quote, place),
            Intensity = Plain(emotion.Intensity),
            Quote = quote,
        }),
        TurningPoints = ground.Items("Turning point", reply.TurningPoints, turn => turn.Quote, (turn, quote, _) => new TurningPoint { Text = turn.Text, Quote = quote }),
    };

    /// <summary>JSON has a zero below zero, which lies within every range and would be shown as "-0".</summary>
    private static double Plain(double number) => number == 0 ? 0 : number;
}
