using DiscordIntel.Pipeline;
using DiscordIntel.Results;

namespace DiscordIntel.Discord.Streaming;

/// <summary>Reads a model's stream into a draft, to its end or until no more is wanted. Whatever a stream throws becomes an error of the answer.</summary>
internal static class ReplyReader
{
    public static async Task ReadAsync(IAsyncEnumerable<StepResult<StreamChunk>> stream, ReplyDraft draft, CancellationToken cancellationToken)
    {
        try
        {
            (_, Exception? fault) = await HostCode.TryAsync(
                static async (state, token) => await EnumerateAsync(state.stream, state.draft, token).ConfigureAwait(false),
                (stream, draft),
                Timeout.InfiniteTimeSpan,
                TimeProvider.System,
                cancellationToken).ConfigureAwait(false);
            if (fault is not null)
            {
                draft.Finish(ReplyEnd.ModelFailed, new StepError
                {
                    Kind = StepErrorKind.Unexpected,
                    Message = $"The stream of the answer threw {fault.GetType().Name}.",
                    Exception = fault,
                });
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever cancelled has ended the answer.
        }
    }

    private static async ValueTask<bool> EnumerateAsync(
        IAsyncEnumerable<StepResult<StreamChunk>> stream, ReplyDraft draft, CancellationToken cancellationToken)
    {
        await foreach (StepResult<StreamChunk> step in stream.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (!step.IsSuccess)
            {
                draft.Finish(ReplyEnd.ModelFailed, step.Error, step.Receipt);
                return true;
            }

            if (!draft.Append(step.Value, step.Receipt))
            {
                return true;
            }
        }

        draft.Finish(ReplyEnd.ModelFailed, new StepError
        {
            Kind = StepErrorKind.StreamInterrupted,
            Message = "The stream ended without its final element.",
            IsRetryable = true,
        });
        return true;
    }
}
