using DiscordIntel.Analysis;
using DiscordIntel.Analysis.Details;
using DiscordIntel.Results;

namespace DiscordIntel.Discord.Cards;

/// <summary>The lists of an analysis in the order of their cards: what to beware of, what this kind is about, then the rest.</summary>
internal static class AnalysisSections
{
    public static IReadOnlyList<CardSection> Of(ContentAnalysis analysis, StepReceipt receipt, CardWriter writer)
    {
        CardSection warnings = List(receipt.Warnings, labels => labels.Warnings, writer, (warning, number) => $"{number} {CardText.Line(warning, CardLimits.Note)}")
            with { Accent = DiscordCardAccent.Warning };
        CardSection points = List(analysis.KeyPoints, labels => labels.KeyPoints, writer, (point, number) => $"{number} {Text(point.Text)}{writer.Quote(point.Quote)}");
        CardSection claims = Claims(analysis, writer);
        CardSection bias = List(analysis.BiasIndicators, labels => labels.Bias, writer, (sign, number) =>
            $"{number} **{CardText.Line(sign.Type, CardLimits.Name)}:** {Text(sign.Explanation)}{writer.Quote(sign.Quote)}");
        CardSection[] all = analysis.Kind is AnalysisKind.FactCheck
            ? [warnings, claims, points, bias]
            : [warnings, points, .. Debate(analysis.Debate, writer), .. Sentiment(analysis.Sentiment, writer), claims, bias];
        return [.. all.Where(section => section.Items.Count > 0)];
    }

    private static CardSection Claims(ContentAnalysis analysis, CardWriter writer)
    {
        bool isLookedUp = analysis.Claims.Any(claim => claim.Verdict is not ClaimVerdict.Unverified);
        IReadOnlyList<ClaimCheck> checks = analysis.FactCheck?.Checks ?? [];
        return List(
            analysis.Claims.Select((claim, index) => (claim, check: index < checks.Count && checks[index].Claim == claim ? checks[index] : null)),
            labels => isLookedUp ? labels.Claims : labels.ClaimsWithoutEvidence,
            writer,
            (item, number) => $"{number} {Text(item.claim.Text)}{writer.Quote(item.claim.Quote)}{writer.Verdict(item.claim)}{Check(item.check, writer)}");
    }

    private static string Check(ClaimCheck? check, CardWriter writer)
    {
        string by = check?.Speaker is null ? "" : $" · {writer.Label(labels => labels.ClaimedBy)} {writer.Speaker(check.Speaker)}";
        return check is null ? "" : $"{by}\n-# {writer.Label(labels => labels.WouldSettle)}: {CardText.Line(check.WouldSettle, CardLimits.Note)}";
    }

    private static IEnumerable<CardSection> Debate(DebateDetail? debate, CardWriter writer) => debate is null
        ? []
        :
        [
            Sides(debate.Speakers, writer),
            List(debate.Fallacies, labels => labels.Fallacies, writer, (fallacy, number) =>
                $"{number} **{CardText.Line(fallacy.Name, CardLimits.Name)}**{CardWriter.By(fallacy.Speaker)}: {Text(fallacy.Explanation)}{writer.Quote(fallacy.Quote)}"),
            List(debate.Rebuttals, labels => labels.Rebuttals, writer, (rebuttal, number) =>
                $"{number} **{writer.Speaker(rebuttal.Speaker)} → {writer.Speaker(rebuttal.Answers)}:** {Text(rebuttal.Text)}{writer.Quote(rebuttal.Quote)}"),
        ];

    private static IEnumerable<CardSection> Sentiment(SentimentDetail? mood, CardWriter writer) => mood is null
        ? []
        :
        [
            List(mood.Speakers, labels => labels.Moods, writer, (speaker, number) =>
                $"{number} **{writer.Speaker(speaker.Name)}** {writer.Number(speaker.Score, 10)}: {Text(speaker.Summary)}"),
            List(mood.Emotions, labels => labels.Emotions, writer, (emotion, number) =>
                $"{number} **{CardText.Line(emotion.Name, CardLimits.Name)}**{CardWriter.By(emotion.Speaker)} {writer.Number(emotion.Intensity, 1)}{writer.Quote(emotion.Quote)}"),
            List(mood.TurningPoints, labels => labels.TurningPoints, writer, (turn, number) => $"{number} {Text(turn.Text)}{writer.Quote(turn.Quote)}"),
        ];

    /// <summary>A field for each side. Every position comes before the first argument: nobody's case is shown while another's view is left out.</summary>
    private static CardSection Sides(IReadOnlyList<DebateSpeaker> speakers, CardWriter writer)
    {
        IEnumerable<(CardItem Item, int Rank)> items = speakers.SelectMany((speaker, side) => speaker.Arguments
            .Select((argument, index) => (new CardItem(Argument(argument, index, writer), side), index + 1))
            .Prepend((new CardItem(Text(speaker.Position), side), 0)));
        return new CardSection(writer.Label(labels => labels.Sides), [.. items.OrderBy(item => item.Rank).Select(item => item.Item)])
        {
            Headings = [.. speakers.Select(speaker => $"{writer.Speaker(speaker.Name)}: {writer.Number(speaker.Score, 10)}")],
        };
    }

    private static string Argument(DebateArgument argument, int index, CardWriter writer) =>
        $"**{writer.Count(index + 1)}.** {Text(argument.Text)} ({writer.Label(labels => labels.Strength)} {writer.Number(argument.Strength, 10)}){writer.Quote(argument.Quote)}";

    private static CardSection List<T>(IEnumerable<T> items, Func<DiscordCardLabels, string> title, CardWriter writer, Func<T, string, string> write) =>
        new(writer.Label(title), [.. items.Select((item, index) => new CardItem(write(item, $"**{writer.Count(index + 1)}.**")))]);

    private static string Text(string text) => CardText.Line(text, CardLimits.Text);
}
