using System.Collections.Concurrent;
using DiscordIntel.Pipeline.Budgets;

namespace DiscordIntel.Samples.Terminal;

/// <summary>Keeps the budget's alerts for the report. They may come more than once, and from other threads.</summary>
internal sealed class AlertList : IBudgetAlertSink
{
    private readonly ConcurrentDictionary<string, Line> _lines = new(StringComparer.Ordinal);

    public IReadOnlyList<Line> Lines => [.. _lines.Values.OrderBy(line => line.Percent)];

    public ValueTask AlertAsync(BudgetAlert alert, CancellationToken cancellationToken)
    {
        _lines[alert.Key] = new Line(alert.Percent, alert.Account.ToString(), alert.Spent, alert.Limit);
        return ValueTask.CompletedTask;
    }

    internal sealed record Line(int Percent, string Account, decimal Spent, decimal Limit);
}
