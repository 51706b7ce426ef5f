using DiscordIntel.Analysis.Replies;
using DiscordIntel.Results;

namespace DiscordIntel.Analysis.LongContent;

/// <summary>The requests of one long text: one deadline for all, and none after a fault that each of them would meet again.</summary>
internal sealed class LongAsk(AnalysisAsk ask)
{
    private StepError? _fatal;

    public AnalysisRequest Request => ask.Request;

    public string? Material => ask.Material;

    public TimeSpan Elapsed => ask.Elapsed;

    public async Task<StepResult<AnalysisReply>> SendAsync(AnalysisPrompt prompt, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _fatal) is { } fatal)
        {
            return StepResult.Failure<AnalysisReply>(fatal);
        }

        StepResult<AnalysisReply> result = await ask.SendAsync(prompt, null, isBackground: true, cancellationToken).ConfigureAwait(false);
        if (result.Error is { } error && IsFatal(error.Kind, result.Receipt.Attempts))
        {
            Volatile.Write(ref _fatal, error);
        }

        return result;
    }

    // A wrong key or an empty account; and what is refused unsent (the deadline has passed, the feature is off) is refused again. Not so at a rate limit, of
    // the SDK's or of the provider's: there is room again in a moment.
    private static bool IsFatal(StepErrorKind kind, int attempts) =>
        kind is StepErrorKind.Unauthorized or StepErrorKind.QuotaExhausted or StepErrorKind.ModelUnavailable
        || (attempts == 0 && kind is not StepErrorKind.RateLimited);
}
