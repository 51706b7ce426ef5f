using Microsoft.Extensions.Logging;

namespace DiscordIntel.Pipeline.Budgets;

internal static partial class Log
{
    [LoggerMessage(500, LogLevel.Warning, "Budget alert {Percent} %: {Account} spent {Spent} of {Limit} USD in {Month}")]
    public static partial void BudgetAlert(ILogger logger, int percent, string account, decimal spent, decimal limit, string month);

    [LoggerMessage(501, LogLevel.Error, "{Sink} did not take the budget alert of {Percent} % for {Account} in {Month}; it is not told again")]
    public static partial void AlertLost(ILogger logger, string sink, int percent, string account, string month, Exception? fault);

    [LoggerMessage(502, LogLevel.Error, "{Operation}: the budget ledger could not be reached; the call {Consequence}")]
    public static partial void LedgerUnavailable(ILogger logger, string operation, string consequence, Exception fault);

    [LoggerMessage(503, LogLevel.Error, "{Operation}: a cost of {NanoUsd} nano-USD could not be booked; its reservation counts in full when it runs out")]
    public static partial void SettleFailed(ILogger logger, string operation, long? nanoUsd, Exception fault);

    [LoggerMessage(504, LogLevel.Warning, "The budget is kept in memory: a restart forgets what was spent this month. Register a durable IBudgetLedger to keep it")]
    public static partial void MemoryOnly(ILogger logger);
}
