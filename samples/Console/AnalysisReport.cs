using System.Globalization;
using DiscordIntel.Analysis;
using DiscordIntel.Results;
using Spectre.Console;

namespace DiscordIntel.Samples.Terminal;

/// <summary>The report for a reader. What came from the text or the model is never read as markup.</summary>
internal static class AnalysisReport
{
    public static void Write(Report report, string file, ContentAnalysis analysis, StepReceipt receipt, bool synthetic, bool hasEvidence)
    {
        string title = Inputs.Title(file);
        report.Console.Write(new Rule($"[bold]{Markup.Escape(SafeText.Line($"{Names.Of(analysis.Kind)}: {title}"))}[/]").LeftJustified());
        if (synthetic)
        {
            report.Say((" SYNTHETIC ", new Style(Color.Black, Color.Yellow)), (" Made by the built-in emulator to show the form. No model read the text; every number and finding is invented.", null));
        }

        report.Console.WriteLine();
        string made = synthetic ? ", invented" : "";
        string mean = analysis.MergeFailure is null ? "" : ", the mean of its parts";
        report.Say(("Score ", Report.Bold), ($"{Report.Number(analysis.Score)} of 10", null), ($"{made}{mean}", Report.Dim));
        report.Say(("Confidence ", Report.Bold), ($"{Report.Number(analysis.Confidence)} of 1", null), ($"{(synthetic ? made : ", by the model's own word")}{mean}", Report.Dim));
        report.Console.WriteLine();
        report.Say((analysis.Summary, null));
        report.Section("Key points", analysis.KeyPoints, point => new(Report.Line((point.Text, null)), point.Quote));
        report.Section("Bias and loaded language", analysis.BiasIndicators, bias => new(Report.Line((bias.Type.TrimEnd('.', ':', ' '), Report.Bold), (": ", Report.Bold), (bias.Explanation, null)), bias.Quote));
        report.Section(
            analysis.Claims.Count == 0 || hasEvidence ? "Claims" : "Claims (no evidence was looked up)",
            analysis.Claims,
            claim => new(Report.Line((claim.Text, null)), claim.Quote, $"{claim.Verdict}.{Evidence(claim)} {(synthetic ? "Invented" : "The model's own")} belief: {Names.Of(claim.Belief)}, {Report.Number(claim.Confidence)} sure."));
        DetailReport.Write(report, analysis);
        Footer(report, receipt, synthetic);
    }

    private static string Evidence(Claim claim) => string.Concat(claim.Evidence.Select(cited =>
        $" \u201C{cited.Quote.Text}\u201D ({cited.Title}{(cited.Date is { } date ? date.ToString(", yyyy-MM-dd", CultureInfo.InvariantCulture) : "")}{(cited.Url is { } url ? $", {url.OriginalString}" : "")})."));

    private static void Footer(Report report, StepReceipt receipt, bool synthetic)
    {
        report.Console.WriteLine();
        string who = synthetic ? "emulator" : receipt.Model ?? "no model";
        string took = receipt.FromCache
            ? "from the cache"
            : $"{Count(receipt.InputTokens)} tokens in, {Count(receipt.OutputTokens)} out";
        string attempts = receipt.Attempts == 1 ? "1 request" : $"{receipt.Attempts} requests";
        string seconds = receipt.Elapsed.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
        report.Say(($"{who} | {took} | {Money.Of(receipt, synthetic)} | {attempts} | {seconds} s", Report.Dim));
        foreach (string note in receipt.Warnings)
        {
            report.Say(("Warning: ", new Style(Color.Yellow)), (note, null));
        }

        foreach (string note in receipt.Adjustments)
        {
            report.Say(($"Adjusted: {note}", Report.Dim));
        }
    }

    private static string Count(long? tokens) => tokens?.ToString("N0", CultureInfo.InvariantCulture) ?? "unknown";
}
