using Microsoft.Extensions.Logging;

namespace DiscordIntel.Configuration;

internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Information, "DiscordIntel options reloaded")]
    public static partial void OptionsReloaded(ILogger logger);

    [LoggerMessage(101, LogLevel.Error, "The changed DiscordIntel options are not valid; the last good ones stay in force. {Faults}")]
    public static partial void OptionsRejected(ILogger logger, string faults, Exception? fault);
}
