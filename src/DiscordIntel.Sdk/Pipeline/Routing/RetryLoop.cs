using DiscordIntel.Providers;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace DiscordIntel.Pipeline.Routing;

/// <summary>
/// The one retry owner: Polly around the attempt, over values and never over exceptions. Full jitter; a provider's own word on when to come back is obeyed
/// up to the cap; a wait that would outlast the call's deadline is not begun.
/// </summary>
internal static class RetryLoop
{
    public static readonly ResiliencePropertyKey<CallContext> Context = new("DiscordIntel.CallContext");

    // Polly takes a timeout of zero as none.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    public static ResiliencePipeline<Attempt> Build(ResilienceOptions options, TimeProvider time, Func<double>? jitter = null)
    {
        var pipeline = new ResiliencePipelineBuilder<Attempt> { TimeProvider = time };
        if (options.MaxAttempts > 1)
        {
            var retry = new RetryStrategyOptions<Attempt> { MaxRetryAttempts = options.MaxAttempts - 1 };
            retry.Randomizer = jitter ?? retry.Randomizer;
            retry.ShouldHandle = args => new(ShouldRetry(args.Outcome.Result, args.AttemptNumber, args.Context, options));
            retry.DelayGenerator = args => new(args.Outcome.Result.Error?.RetryAfter ?? (retry.Randomizer() * Ceiling(args.AttemptNumber, options)));
            pipeline.AddRetry(retry);

            // Inside it: to wait for the end of a pause is no request and costs none. Only the deadline limits it, for others may make the pause longer, and a
            // timer may ring too early. Whole milliseconds, since a timer drops the rest.
            pipeline.AddRetry(new RetryStrategyOptions<Attempt>
            {
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = args => new(args.Outcome.Result is { IsPaused: true, Error.RetryAfter: { } rest } && rest < Remaining(args.Context)),
                DelayGenerator = args => new(TimeSpan.FromMilliseconds(Math.Ceiling(args.Outcome.Result.Error!.RetryAfter!.Value.TotalMilliseconds))),
            });
        }

        return pipeline.AddTimeout(new TimeoutStrategyOptions
        {
            TimeoutGenerator = args =>
            {
                TimeSpan remaining = Remaining(args.Context);
                return new(remaining < options.AttemptTimeout ? Max(remaining, Shortest) : options.AttemptTimeout);
            },
        }).Build();
    }

    private static bool ShouldRetry(Attempt attempt, int number, ResilienceContext context, ResilienceOptions options)
    {
        if (!attempt.IsTransient || attempt.IsCancelled || attempt.Error?.RetryAfter > options.MaxDelay)
        {
            return false;
        }

        TimeSpan longestWait = attempt.Error?.RetryAfter ?? Ceiling(number, options);
        return longestWait < Remaining(context);
    }

    private static TimeSpan Remaining(ResilienceContext context) => context.Properties.GetValue(Context, null!).Remaining;

    private static TimeSpan Ceiling(int attemptNumber, ResilienceOptions options)
    {
        // Ten attempts at most: the shift stays small.
        TimeSpan doubled = options.BaseDelay * (1L << attemptNumber);
        return doubled < options.MaxDelay ? doubled : options.MaxDelay;
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
