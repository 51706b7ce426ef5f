using Microsoft.Extensions.Logging;

namespace DiscordIntel.Pipeline.Budgets;

internal static partial class Log
{
    [LoggerMessage(310, LogLevel.Error, "{Operation}: the budget ledger could not be reached; the call {Consequence}")]
    public static partial void LedgerUnavailable(ILogger logger, string operation, string consequence, Exception fault);

    [LoggerMessage(311, LogLevel.Error, "{Operation}: a cost of {NanoUsd} nano-USD could not be booked; its reservation counts in full when it runs out")]
    public static partial void SettleFailed(ILogger logger, string operation, long? nanoUsd, Exception fault);
}
