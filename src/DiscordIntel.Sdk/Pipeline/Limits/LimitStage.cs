using DiscordIntel.Pipeline.Telemetry;
using DiscordIntel.Results;

namespace DiscordIntel.Pipeline.Limits;

/// <summary>The bot's, the tenant's and the user's calls a minute. What was taken is not given back: the limit is on calls, not on successes.</summary>
internal sealed class LimitStage(GcraLimiter limiter, BackgroundQueue queue, IntelTelemetry telemetry) : PipelineStage
{
    public override ValueTask<StepError?> EnterAsync(CallContext context) => TakeAsync(
        context.Scope,
        context.Rules!.Rates,
        context.Options.Limits.BackgroundQueueLimit,
        context.Generation.Background is true,
        context.Remaining,
        context.CallerToken);

    public override void End(CallContext context, in CallOutcome outcome)
    {
    }

    /// <summary>Takes one call from all limits that are set. A call that may wait does so while there is room and time; every other is refused at once.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled while the call waited.</exception>
    public ValueTask<StepError?> TakeAsync(
        IntelScope scope, RateLimits limits, int queueLimit, bool mayWait, TimeSpan remaining, CancellationToken cancellationToken)
    {
        ValueTask<LimitRefusal?> entered = mayWait && queueLimit > 0
            ? queue.EnterAsync(scope, limits, queueLimit, remaining, cancellationToken)
            : new(limiter.TryAcquire(scope, limits));
        return entered.IsCompletedSuccessfully ? new(Error(entered.Result, queueLimit)) : AwaitAsync(entered, queueLimit);
    }

    private async ValueTask<StepError?> AwaitAsync(ValueTask<LimitRefusal?> entered, int queueLimit) =>
        Error(await entered.ConfigureAwait(false), queueLimit);

    private StepError? Error(LimitRefusal? refused, int queueLimit)
    {
        if (refused is not { } refusal)
        {
            return null;
        }

        (string whose, string setting) = refusal.Level switch
        {
            LimitLevel.Bot => ("bot", nameof(LimitOptions.RequestsPerMinute)),
            LimitLevel.Tenant => ("tenant", $"{nameof(LimitOptions.TenantRequestsPerMinute)}, or the tenant's policy"),
            _ => ("user", $"{nameof(LimitOptions.UserRequestsPerMinute)}, or the tenant's policy"),
        };
        telemetry.RateLimitRejections.Add(1, new KeyValuePair<string, object?>(TelemetryNames.LimitScope, whose));
        string full = refusal.QueueIsFull
            ? $" {queueLimit} background calls wait already (DiscordIntel:Limits:{nameof(LimitOptions.BackgroundQueueLimit)})."
            : "";
        return new StepError
        {
            Kind = StepErrorKind.RateLimited,
            Message = $"The {whose}'s limit of {refusal.PerMinute} requests a minute is reached (DiscordIntel:Limits:{setting}).{full}",
            IsRetryable = true,
            RetryAfter = refusal.RetryAfter,
        };
    }
}
