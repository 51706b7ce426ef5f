using Microsoft.Extensions.Logging;

namespace DiscordIntel.Tenants;

internal static partial class Log
{
    [LoggerMessage(400, LogLevel.Warning, "The policy of tenant {Tenant} could not be read; the last known one goes on where there is one. {Reason}")]
    public static partial void PolicyFailed(ILogger logger, string tenant, string reason, Exception? fault);
}
