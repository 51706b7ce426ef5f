using System.Globalization;
using DiscordIntel.Analysis;
using DiscordIntel.Results;
using Spectre.Console;

namespace DiscordIntel.Samples.Terminal;

/// <summary>The report for a reader. What came from the text or the model is never read as markup.</summary>
internal static class AnalysisReport
{
    private static readonly Style Bold = new(decoration: Decoration.Bold);
    private static readonly Style Dim = new(decoration: Decoration.Dim);
    private static readonly Style Italic = new(decoration: Decoration.Italic);

    public static void Write(IAnsiConsole console, string file, ContentAnalysis analysis, StepReceipt receipt, bool synthetic)
    {
        string title = file == "-" ? "standard input" : Path.GetFileName(file);
        console.Write(new Rule($"[bold]{Markup.Escape(SafeText.Line($"{Names.Of(analysis.Kind)}: {title}"))}[/]").LeftJustified());
        if (synthetic)
        {
            Say(console, (" SYNTHETIC ", new Style(Color.Black, Color.Yellow)), (" Made by the built-in emulator to show the form. No model read the text; every number and finding is invented.", null));
        }

        console.WriteLine();
        Say(console, ("Score ", Bold), ($"{Number(analysis.Score)} of 10", null), (synthetic ? ", invented" : "", Dim));
        Say(console, ("Confidence ", Bold), ($"{Number(analysis.Confidence)} of 1", null), (synthetic ? ", invented" : ", by the model's own word", Dim));
        console.WriteLine();
        Say(console, (analysis.Summary, null));
        Section(console, "Key points", analysis.KeyPoints, point => new(Line((point.Text, null)), point.Quote));
        Section(console, "Bias and loaded language", analysis.BiasIndicators, bias => new(Line((bias.Type.TrimEnd('.', ':', ' '), Bold), (": ", Bold), (bias.Explanation, null)), bias.Quote));
        string claims = analysis.Claims.Any() && analysis.Claims.All(claim => claim.Verdict is ClaimVerdict.Unverified) ? "Claims (no evidence was looked up)" : "Claims";
        Section(console, claims, analysis.Claims, claim => new(Line((claim.Text, null)), claim.Quote, $"{claim.Verdict}. {(synthetic ? "Invented" : "The model's own")} belief: {Names.Of(claim.Belief)}, {Number(claim.Confidence)} sure."));
        Footer(console, receipt, synthetic);
    }

    private static void Section<T>(IAnsiConsole console, string title, IReadOnlyList<T> items, Func<T, Item> show)
    {
        console.WriteLine();
        Say(console, (title, new Style(decoration: Decoration.Bold | Decoration.Underline)), (items.Count == 0 ? ": none" : "", null));
        if (items.Count == 0)
        {
            return;
        }

        var grid = new Grid().AddColumn(new GridColumn().NoWrap().RightAligned().PadLeft(1).PadRight(1)).AddColumn(new GridColumn().PadRight(0));
        for (int i = 0; i < items.Count; i++)
        {
            Item item = show(items[i]);
            (string, Style?) place = item.Quote.IsFound ? ($"line {item.Quote.Line}: ", Dim) : ("not in the text: ", new Style(Color.Red));
            grid.AddRow(Line(($"{i + 1}.", null)), item.Line);
            grid.AddRow(Line(), Line(place, ("\u201C", Italic), (item.Quote.Text, Italic), ("\u201D", Italic)));
            if (item.Note is { } note)
            {
                grid.AddRow(Line(), Line((note, Dim)));
            }
        }

        console.Write(grid);
    }

    private static void Footer(IAnsiConsole console, StepReceipt receipt, bool synthetic)
    {
        console.WriteLine();
        string cost = receipt.Cost is { } usd ? $"${usd.ToString("0.######", CultureInfo.InvariantCulture)}{(receipt.CostIsEstimated ? " or more" : "")}"
            : synthetic ? "no cost" : "cost unknown";
        string tokens = $"{Count(receipt.InputTokens)} tokens in, {Count(receipt.OutputTokens)} out";
        string attempts = receipt.Attempts == 1 ? "1 request" : $"{receipt.Attempts} requests";
        Say(console, ($"{receipt.Model ?? "no model"} | {tokens} | {cost} | {attempts} | {receipt.Elapsed.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s", Dim));
        foreach (string note in receipt.Warnings)
        {
            Say(console, ("Warning: ", new Style(Color.Yellow)), (note, null));
        }

        foreach (string note in receipt.Adjustments)
        {
            Say(console, ($"Adjusted: {note}", Dim));
        }
    }

    private static void Say(IAnsiConsole console, params ReadOnlySpan<(string Text, Style? Style)> parts)
    {
        console.Write(Line(parts));
        console.WriteLine();
    }

    private static Paragraph Line(params ReadOnlySpan<(string Text, Style? Style)> parts)
    {
        var line = new Paragraph();
        foreach ((string text, Style? style) in parts)
        {
            // One space at either end keeps the parts apart.
            string safe = SafeText.Line(text);
            line.Append($"{(text.StartsWith(' ') ? " " : "")}{safe}{(text.EndsWith(' ') ? " " : "")}", style);
        }

        return line;
    }

    private static string Count(long? tokens) => tokens?.ToString("N0", CultureInfo.InvariantCulture) ?? "unknown";

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private sealed record Item(Paragraph Line, SourceQuote Quote, string? Note = null);
}
