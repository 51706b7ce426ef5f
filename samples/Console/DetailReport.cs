using System.Globalization;
using DiscordIntel.Analysis;
using DiscordIntel.Analysis.Details;
using Spectre.Console;

namespace DiscordIntel.Samples.Terminal;

/// <summary>What only one kind of analysis has, and who speaks in the text.</summary>
internal static class DetailReport
{
    public static void Write(Report report, ContentAnalysis analysis)
    {
        foreach (DebateSpeaker speaker in analysis.Debate?.Speakers ?? [])
        {
            report.Section($"{speaker.Name}, {Report.Number(speaker.Score)} of 10", speaker.Arguments, argument =>
                new(Report.Line((argument.Text, null), ($" (strength {Report.Number(argument.Strength)})", Report.Dim)), argument.Quote));
            report.Say(("Position: ", Report.Dim), (speaker.Position, null));
        }

        if (analysis.Debate is { } debate)
        {
            report.Section("Fallacies", debate.Fallacies, fallacy =>
                new(Report.Line((fallacy.Name, Report.Bold), (Of(fallacy.Speaker), null), (": ", null), (fallacy.Explanation, null)), fallacy.Quote));
            report.Section("Who answered whom", debate.Rebuttals, rebuttal =>
                new(Report.Line(($"{rebuttal.Speaker ?? "Somebody"} to {rebuttal.Answers ?? "somebody"}", Report.Bold), (": ", null), (rebuttal.Text, null)), rebuttal.Quote));
        }

        if (analysis.FactCheck is { } facts)
        {
            report.Section("What would settle the claims", facts.Checks, check =>
                new(Report.Line((check.WouldSettle, null)), null, check.Speaker is { } speaker ? $"Claimed by {speaker}." : null));
        }

        if (analysis.Sentiment is { } mood)
        {
            report.Section($"Mood: {mood.Overall}", mood.Speakers, speaker =>
                new(Report.Line((speaker.Name, Report.Bold), ($" {Report.Number(speaker.Score)} of 10: ", null), (speaker.Summary, null)), null));
            report.Section("Emotions", mood.Emotions, emotion =>
                new(Report.Line((emotion.Name, Report.Bold), (Of(emotion.Speaker), null), ($" ({Report.Number(emotion.Intensity)} of 1)", Report.Dim)), emotion.Quote));
            report.Section("Turning points", mood.TurningPoints, turn => new(Report.Line((turn.Text, null)), turn.Quote));
        }

        if (analysis.Speakers.Count > 0)
        {
            report.Console.WriteLine();
            report.Say(("Speakers (counted): ", Report.Dim), (string.Join(", ", analysis.Speakers.Select(Share)), null));
        }
    }

    private static string Of(string? speaker) => speaker is null ? "" : $" by {speaker}";

    private static string Share(SpeakerShare speaker) =>
        string.Create(CultureInfo.InvariantCulture, $"{speaker.Name} {speaker.Turns} {(speaker.Turns == 1 ? "turn" : "turns")}, {speaker.Words:N0} words");
}
