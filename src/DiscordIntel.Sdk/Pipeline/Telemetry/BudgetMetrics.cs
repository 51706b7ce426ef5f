using System.Diagnostics.Metrics;
using DiscordIntel.Pipeline.Budgets;

namespace DiscordIntel.Pipeline.Telemetry;

/// <summary>
/// What this process's requests did to the budget, in US dollars, by operation. The ledger's own sums are for a report; these are for a dashboard, and have no
/// tenant: there may be thousands.
/// </summary>
internal sealed class BudgetMetrics(Meter meter)
{
    private readonly Counter<long> _rejections = meter.CreateCounter<long>(
        TelemetryNames.BudgetRejections, "{request}", "Requests that a budget refused, by whose it is");

    private readonly UpDownCounter<double> _reserved = meter.CreateUpDownCounter<double>(
        TelemetryNames.BudgetReserved, "USD", "The most that the requests under way can cost");

    private readonly Counter<double> _spent = meter.CreateCounter<double>(TelemetryNames.BudgetSpent, "USD", "What requests cost");

    private readonly Counter<double> _forfeited = meter.CreateCounter<double>(
        TelemetryNames.BudgetForfeited, "USD", "Reservations that could not be closed: they count in full when they run out");

    private readonly Counter<double> _overrun = meter.CreateCounter<double>(
        TelemetryNames.BudgetOverrun, "USD", "What requests cost above their reservations");

    public void Refused(BudgetLevel level) => _rejections.Add(1, new KeyValuePair<string, object?>(TelemetryNames.LimitScope, NameOf(level)));

    public void Reserved(string operation, long nanoUsd) => _reserved.Add(Usd(nanoUsd), Tag(operation));

    /// <summary>A reservation was closed with its cost; null for one that was released.</summary>
    public void Closed(string operation, long reserved, long? actual)
    {
        _reserved.Add(-Usd(reserved), Tag(operation));
        if (actual is { } cost)
        {
            _spent.Add(Usd(cost), Tag(operation));
            if (cost > reserved)
            {
                _overrun.Add(Usd(cost - reserved), Tag(operation));
            }
        }
    }

    /// <summary>A reservation could not be closed.</summary>
    public void Lost(string operation, long reserved)
    {
        _reserved.Add(-Usd(reserved), Tag(operation));
        _forfeited.Add(Usd(reserved), Tag(operation));
    }

    private static double Usd(long nanoUsd) => nanoUsd / 1e9;

    private static KeyValuePair<string, object?> Tag(string operation) => new(TelemetryNames.Operation, operation);

    private static string NameOf(BudgetLevel level) => level switch
    {
        BudgetLevel.Tenant => "tenant",
        BudgetLevel.Workspace => "workspace",
        BudgetLevel.User => "user",
        BudgetLevel.Feature => "feature",
        _ => "bot",
    };
}
