using DiscordIntel.Analysis;
using DiscordIntel.Analysis.Details;
using DiscordIntel.Results;

namespace DiscordIntel.Discord.Cards;

/// <summary>The card that is always shown: the result, and what speaks against trusting it.</summary>
internal static class AnalysisOverview
{
    public static DiscordCard Of(ContentAnalysis analysis, StepReceipt receipt, CardWriter writer)
    {
        (int quotes, int strange) = (0, 0);
        foreach (SourceQuote quote in Quotes(analysis))
        {
            quotes++;
            strange += quote.IsFound ? 0 : 1;
        }

        return new DiscordCard
        {
            Title = writer.Label(labels => analysis.Kind switch
            {
                AnalysisKind.FactCheck => labels.FactCheck,
                AnalysisKind.Sentiment => labels.Sentiment,
                _ => labels.Debate,
            }),
            Body = CardText.Line(analysis.Summary, CardLimits.Summary),
            Fields = [.. Fields(analysis, quotes, strange, writer)],
            Accent = strange > 0 || receipt.Warnings.Count > 0 || analysis.MissingParts.Count > 0 || analysis.MergeFailure is not null
                ? DiscordCardAccent.Warning
                : DiscordCardAccent.Neutral,
        };
    }

    private static IEnumerable<DiscordCardField> Fields(ContentAnalysis analysis, int quotes, int strange, CardWriter writer)
    {
        string mean = analysis.MergeFailure is null ? "" : $" ({writer.Label(labels => labels.MeanOfParts)})";
        yield return Field(writer.Label(labels => labels.Score), writer.Number(analysis.Score, 10) + mean);
        yield return Field(writer.Label(labels => labels.Confidence), writer.Number(analysis.Confidence, 1) + mean);
        if (analysis.Sentiment is { } mood)
        {
            yield return Field(writer.Label(labels => labels.OverallMood), CardText.Line(mood.Overall, CardLimits.Note));
        }

        if (strange > 0)
        {
            yield return Field(writer.Label(labels => labels.QuotesNotInText), $"{writer.Count(strange)} / {writer.Count(quotes)}");
        }

        if (analysis.MissingParts.Count > 0)
        {
            yield return Field(writer.Label(labels => labels.NotRead), Listed(analysis.MissingParts.Select(missing => Missing(missing.Part, writer)), writer), inline: false);
        }

        if (analysis.Speakers.Count > 0)
        {
            yield return Field(
                writer.Label(labels => labels.Speakers),
                Listed(analysis.Speakers.Select(speaker => $"{writer.Speaker(speaker.Name)} ({writer.Count(speaker.Turns)}, {writer.Count(speaker.Words)})"), writer),
                inline: false);
        }
    }

    private static DiscordCardField Field(string name, string value, bool inline = true) => new() { Name = name, Value = value, Inline = inline };

    private static string Missing(AnalysisPart part, CardWriter writer) =>
        $"{writer.Label(labels => labels.Part)} {writer.Count(part.Number)} ({writer.Label(labels => labels.Line)} {writer.Count(part.Line)})";

    /// <summary>As many as there is room for, the first ones; then how many more there are.</summary>
    private static string Listed(IEnumerable<string> all, CardWriter writer)
    {
        (string shown, int more) = ("", 0);
        foreach (string one in all)
        {
            if (more > 0 || (shown.Length > 0 && shown.Length + one.Length > CardLimits.Note))
            {
                more++;
            }
            else
            {
                shown += shown.Length == 0 ? one : $", {one}";
            }
        }

        return more == 0 ? shown : $"{shown}, … +{writer.Count(more)}";
    }

    private static IEnumerable<SourceQuote> Quotes(ContentAnalysis analysis) =>
    [
        .. analysis.KeyPoints.Select(point => point.Quote),
        .. analysis.BiasIndicators.Select(bias => bias.Quote),
        .. analysis.Claims.Select(claim => claim.Quote),
        .. analysis.Debate?.Speakers.SelectMany(speaker => speaker.Arguments).Select(argument => argument.Quote) ?? [],
        .. analysis.Debate?.Fallacies.Select(fallacy => fallacy.Quote) ?? [],
        .. analysis.Debate?.Rebuttals.Select(rebuttal => rebuttal.Quote) ?? [],
        .. analysis.Sentiment?.Emotions.Select(emotion => emotion.Quote) ?? [],
        .. analysis.Sentiment?.TurningPoints.Select(turn => turn.Quote) ?? [],
    ];
}
