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
            // The count is the call's own, of requests that were sent: to wait for the end of a pause is no request, and only the deadline limits it.
            var retry = new RetryStrategyOptions<Attempt> { MaxRetryAttempts = int.MaxValue };
            retry.Randomizer = jitter ?? retry.Randomizer;
            retry.ShouldHandle = args => new(ShouldRetry(args.Outcome.Result, args.Context.Properties.GetValue(Context, null!), options));
            retry.DelayGenerator = args => new(Delay(args.Outcome.Result, args.Context.Properties.GetValue(Context, null!), options, retry.Randomizer));
            pipeline.AddRetry(retry);
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

    private static bool ShouldRetry(in Attempt attempt, CallContext context, ResilienceOptions options)
    {
        if (attempt is { IsPaused: true, Error.RetryAfter: { } rest })
        {
            return rest < context.Remaining;
        }

        if (!attempt.IsTransient || attempt.IsCancelled || context.Account.Attempts >= options.MaxAttempts || attempt.Error?.RetryAfter > options.MaxDelay)
        {
            return false;
        }

        TimeSpan longestWait = attempt.Error?.RetryAfter ?? Ceiling(context.Account.Attempts, options);
        return longestWait < context.Remaining;
    }

    private static TimeSpan Delay(in Attempt attempt, CallContext context, ResilienceOptions options, Func<double> random) =>
        attempt.Error?.RetryAfter is not { } asked ? random() * Ceiling(context.Account.Attempts, options)

        // A pause may have become longer meanwhile, and a timer may ring too early: then it is waited for again. In whole milliseconds, since a timer drops the rest.
        : attempt.IsPaused ? TimeSpan.FromMilliseconds(Math.Ceiling(asked.TotalMilliseconds))
        : asked;

    private static TimeSpan Remaining(ResilienceContext context) => context.Properties.GetValue(Context, null!).Remaining;

    private static TimeSpan Ceiling(int attempts, ResilienceOptions options)
    {
        // Ten attempts at most: the shift stays small.
        TimeSpan doubled = options.BaseDelay * (1L << (attempts - 1));
        return doubled < options.MaxDelay ? doubled : options.MaxDelay;
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
