using System.Globalization;
using DiscordIntel.Usage;
using Spectre.Console;

namespace DiscordIntel.Samples.Terminal;

/// <summary>A month's usage for a reader.</summary>
internal static class SpendingReport
{
    public static void Write(Report report, UsageReport usage, decimal? limit, IReadOnlyList<AlertList.Line> alerts, bool synthetic)
    {
        report.Console.Write(new Rule($"[bold]Usage of a made-up server in {usage.Month}[/]").LeftJustified());
        if (synthetic)
        {
            report.Say((" SYNTHETIC ", new Style(Color.Black, Color.Yellow)), (" The built-in emulator answered and no money was spent. Sums are list prices for tokens that it counted itself.", null));
        }

        report.Console.WriteLine();
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(0).PadRight(2)).AddColumn(new GridColumn().PadRight(0));
        Row(grid, synthetic ? "Booked" : "Spent", $"{Money.Usd(usage.Spent)}{(synthetic ? " at list prices" : "")}");
        Row(grid, "Reserved", Money.Usd(usage.Reserved));
        Row(grid, "Limit", Money.Usd(limit));
        Row(grid, "Calls", $"{Number(usage.Calls)}: {Number(usage.Succeeded)} succeeded, {Number(usage.Failed)} failed, {Number(usage.Cancelled)} cancelled");
        Row(grid, "From the cache", Number(usage.CacheHits));
        Row(grid, "Tokens", $"{Number(usage.InputTokens)} in, {Number(usage.OutputTokens)} out");
        Row(grid, "Time of a call", usage.AverageDuration is { } mean ? $"{Milliseconds(mean)} on average, 95 of 100 within {Milliseconds(usage.Percentile95Duration)}" : "none was made");
        report.Console.Write(grid);
        Shares(report, "User", usage.TopUsers);
        Shares(report, "Feature", usage.TopFeatures);
        report.Section("Errors", [.. usage.Errors.OrderBy(error => error.Key)], error => new(Report.Line(($"{error.Key}: {Number(error.Value)}", null)), null));
        report.Section("Budget alerts", alerts, alert => new(
            Report.Line(($"{alert.Percent} %: {alert.Account}, {Money.Usd(alert.Spent)} of {Money.Usd(alert.Limit)}", null)), null));
    }

    private static void Shares(Report report, string title, IReadOnlyList<UsageLine> lines)
    {
        report.Console.WriteLine();
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn(title).AddColumn(new TableColumn("Calls").RightAligned()).AddColumn(new TableColumn("Cost").RightAligned());
        foreach (UsageLine line in lines)
        {
            table.AddRow(Report.Line((line.Name, null)), Report.Line((Number(line.Calls), null)), Report.Line((Money.Usd(line.Cost), null)));
        }

        report.Console.Write(table);
    }

    private static void Row(Grid grid, string name, string value) => grid.AddRow(Report.Line((name, Report.Bold)), Report.Line((value, null)));

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Milliseconds(TimeSpan? time) => $"{time?.TotalMilliseconds.ToString("N0", CultureInfo.InvariantCulture)} ms";
}
