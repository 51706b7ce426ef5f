using DiscordIntel.Results;
using Microsoft.Extensions.Logging;

namespace DiscordIntel.Pipeline.Telemetry;

internal static partial class Log
{
    [LoggerMessage(200, LogLevel.Information,
        "{Operation}: {Outcome} in {Milliseconds:0} ms, model {Model}, tokens {InputTokens} in, {OutputTokens} out, cost {Cost} USD, attempts {Attempts}")]
    public static partial void StepEnded(
        ILogger logger, string operation, string outcome, double milliseconds, string? model, long? inputTokens, long? outputTokens, decimal? cost, int attempts);

    [LoggerMessage(201, LogLevel.Warning, "{Operation}: {Kind} after {Milliseconds:0} ms and {Attempts} attempts, request {RequestId}: {Detail}")]
    public static partial void StepFailed(
        ILogger logger, string operation, StepErrorKind kind, double milliseconds, int attempts, string? requestId, string detail);
}
