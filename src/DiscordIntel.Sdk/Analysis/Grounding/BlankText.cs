using System.Globalization;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>Texts of an answer that hold nothing to read. A schema can ask for a character; a space is one.</summary>
internal static class BlankText
{
    /// <summary>A sentence for each kind of item of which one is blank.</summary>
    public static IEnumerable<string> Warnings(ContentAnalysis analysis) =>
        Texts(analysis).Where(item => item.Text.All(IsUnseen)).Select(item => $"{item.What} has a blank text.").Distinct();

    private static IEnumerable<(string What, string Text)> Texts(ContentAnalysis analysis) =>
    [
        ("The result", analysis.Summary),
        .. analysis.KeyPoints.Select(point => ("A key point", point.Text)),
        .. analysis.BiasIndicators.SelectMany(bias => Of("A bias indicator", bias.Type, bias.Explanation)),
        .. analysis.Claims.Select(claim => ("A claim", claim.Text)),
        .. analysis.FactCheck?.Checks.Select(check => ("A claim", check.WouldSettle)) ?? [],
        .. analysis.Debate?.Speakers.Select(speaker => ("A speaker", speaker.Position)) ?? [],
        .. analysis.Debate?.Speakers.SelectMany(speaker => speaker.Arguments).Select(argument => ("An argument", argument.Text)) ?? [],
        .. analysis.Debate?.Fallacies.SelectMany(fallacy => Of("A fallacy", fallacy.Name, fallacy.Explanation)) ?? [],
        .. analysis.Debate?.Rebuttals.Select(rebuttal => ("A rebuttal", rebuttal.Text)) ?? [],
        .. analysis.Sentiment is { } mood ? Of("The result", mood.Overall) : [],
        .. analysis.Sentiment?.Speakers.Select(speaker => ("A speaker", speaker.Summary)) ?? [],
        .. analysis.Sentiment?.Emotions.Select(emotion => ("An emotion", emotion.Name)) ?? [],
        .. analysis.Sentiment?.TurningPoints.Select(turn => ("A turning point", turn.Text)) ?? [],
    ];

    private static IEnumerable<(string What, string Text)> Of(string what, params string[] texts) => texts.Select(text => (what, text));

    private static bool IsUnseen(char c) => char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format;
}
