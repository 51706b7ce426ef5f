using DiscordIntel.Analysis.Replies;
using DiscordIntel.Results;

namespace DiscordIntel.Analysis.LongContent;

/// <summary>The requests of one long text: one deadline for all, and none after a fault that each of them would meet again.</summary>
internal sealed class LongAsk(AnalysisAsk ask, TimeProvider time)
{
    private readonly long _startedAt = time.GetTimestamp();
    private StepError? _fatal;

    public AnalysisRequest Request => ask.Request;

    public TimeSpan Elapsed => time.GetElapsedTime(_startedAt);

    public async Task<StepResult<AnalysisReply>> SendAsync(AnalysisPrompt prompt, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _fatal) is { } fatal)
        {
            return StepResult.Failure<AnalysisReply>(fatal);
        }

        StepResult<AnalysisReply> result = await ask.SendAsync(prompt, Elapsed, null, isBackground: true, cancellationToken).ConfigureAwait(false);
        if (result.Error is { } error && (result.Receipt.Attempts == 0 || IsFatal(error.Kind)))
        {
            Volatile.Write(ref _fatal, error);
        }

        return result;
    }

    // A wrong key or an empty account; and what is refused unsent (the deadline has passed, the feature is off) is refused again.
    private static bool IsFatal(StepErrorKind kind) => kind is StepErrorKind.Unauthorized or StepErrorKind.QuotaExhausted or StepErrorKind.ModelUnavailable;
}
