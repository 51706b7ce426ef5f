using System.Globalization;
using DiscordIntel.Analysis;
using DiscordIntel.Results;
using Spectre.Console;

namespace DiscordIntel.Samples.Terminal;

/// <summary>The report for a reader.</summary>
internal static class AnalysisReport
{
    public static void Write(IAnsiConsole console, string file, ContentAnalysis analysis, StepReceipt receipt, bool synthetic)
    {
        string title = file == "-" ? "standard input" : Path.GetFileName(file);
        console.Write(new Rule($"[bold]{SafeText.Markup(Name(analysis.Kind))}: {SafeText.Markup(title)}[/]").LeftJustified());
        if (synthetic)
        {
            console.MarkupLine("[black on yellow] SYNTHETIC [/] Made by the built-in emulator to show the form. No model read the text; every number and finding is invented.");
        }

        console.WriteLine();
        console.MarkupLine($"[bold]Score[/] {Number(analysis.Score)} of 10    [bold]Confidence[/] {Number(analysis.Confidence)} (the model's own)");
        console.WriteLine();
        console.MarkupLine(SafeText.Markup(analysis.Summary));
        Section(console, "Key points", analysis.KeyPoints, point => (SafeText.Markup(point.Text), point.Quote));
        Section(console, "Bias and loaded language", analysis.BiasIndicators, bias => ($"[bold]{SafeText.Markup(bias.Type)}[/]: {SafeText.Markup(bias.Explanation)}", bias.Quote));
        Section(console, "Claims", analysis.Claims, claim => ($"[bold]{claim.Verdict}[/]  {SafeText.Markup(claim.Text)}  [dim](the model believes: {Name(claim.Belief)}, {Number(claim.Confidence)})[/]", claim.Quote));
        Footer(console, receipt, synthetic);
    }

    private static void Section<T>(IAnsiConsole console, string title, IReadOnlyList<T> items, Func<T, (string Line, SourceQuote Quote)> show)
    {
        console.WriteLine();
        console.MarkupLine($"[bold underline]{title}[/]{(items.Count == 0 ? "  none" : "")}");
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(1).PadRight(1)).AddColumn(new GridColumn().PadRight(0));
        for (int i = 0; i < items.Count; i++)
        {
            (string line, SourceQuote quote) = show(items[i]);
            string place = quote.IsFound ? $"[dim]line {quote.Line}[/]" : "[red]not found in the text[/]";
            grid.AddRow($"{i + 1}.", line);
            grid.AddRow("", $"[italic]\"{SafeText.Markup(quote.Text)}\"[/] {place}");
        }

        if (items.Count > 0)
        {
            console.Write(grid);
        }
    }

    private static void Footer(IAnsiConsole console, StepReceipt receipt, bool synthetic)
    {
        console.WriteLine();
        string cost = receipt.Cost is { } usd ? $"${usd.ToString("0.######", CultureInfo.InvariantCulture)}{(receipt.CostIsEstimated ? " or more" : "")}"
            : synthetic ? "no cost" : "cost unknown";
        string tokens = $"{Count(receipt.InputTokens)} tokens in, {Count(receipt.OutputTokens)} out";
        string attempts = receipt.Attempts == 1 ? "1 request" : $"{receipt.Attempts} requests";
        console.MarkupLine($"[dim]{SafeText.Markup(receipt.Model ?? "no model")} | {tokens} | {cost} | {attempts} | {receipt.Elapsed.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s[/]");
        foreach (string note in receipt.Warnings)
        {
            console.MarkupLine($"[yellow]Warning:[/] {SafeText.Markup(note)}");
        }

        foreach (string note in receipt.Adjustments)
        {
            console.MarkupLine($"[dim]Adjusted: {SafeText.Markup(note)}[/]");
        }
    }

    private static string Count(long? tokens) => tokens?.ToString("N0", CultureInfo.InvariantCulture) ?? "unknown";

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Name(AnalysisKind kind) => kind switch
    {
        AnalysisKind.FactCheck => "Fact check",
        AnalysisKind.Sentiment => "Sentiment",
        _ => "Debate",
    };

    private static string Name(ModelBelief belief) => belief switch
    {
        ModelBelief.LikelyTrue => "likely true",
        ModelBelief.LikelyFalse => "likely false",
        _ => "unsure",
    };
}
