using Microsoft.Extensions.Logging;

namespace DiscordIntel.Pipeline.Budgets;

internal static partial class Log
{
    [LoggerMessage(300, LogLevel.Warning, "Budget alert {Percent} %: {Account} spent {Spent} of {Limit} USD in {Month}")]
    public static partial void BudgetAlert(ILogger logger, int percent, string account, decimal spent, decimal limit, string month);

    [LoggerMessage(301, LogLevel.Error, "{Sink} did not take the budget alert of {Percent} % for {Account} in {Month}; it is not told again")]
    public static partial void AlertLost(ILogger logger, string sink, int percent, string account, string month, Exception? fault);
}
