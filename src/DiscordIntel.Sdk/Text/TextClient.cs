using DiscordIntel.Pipeline;
using DiscordIntel.Results;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Text;

/// <summary>Prose from a prompt or from messages. Safe for concurrent use; inject it as a singleton.</summary>
public class TextClient
{
    private readonly IntelPipeline _pipeline;

    internal TextClient(IntelPipeline pipeline) => _pipeline = pipeline;

    /// <summary>For a substitute in a bot's own tests.</summary>
    protected TextClient() => _pipeline = null!;

    /// <summary>Answers a prompt.</summary>
    /// <param name="prompt">What the model is asked. Empty text is an <see cref="StepErrorKind.InvalidRequest"/>.</param>
    /// <param name="scope">For whom.</param>
    /// <param name="cancellationToken">Gives the call up; then <see cref="OperationCanceledException"/> is thrown.</param>
    /// <returns>The whole answer. One that was refused, filtered, cut off or empty is an error of that kind.</returns>
    public virtual Task<StepResult<string>> CompleteAsync(string prompt, IntelScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return CompleteAsync(TextRequest.Of(prompt), scope, cancellationToken);
    }

    /// <summary>Answers messages, with options for this call.</summary>
    /// <param name="request">The messages and how to answer them.</param>
    /// <param name="scope">For whom.</param>
    /// <param name="cancellationToken">Gives the call up; then <see cref="OperationCanceledException"/> is thrown.</param>
    /// <returns>The whole answer. One that was refused, filtered, cut off or empty is an error of that kind.</returns>
    public virtual Task<StepResult<string>> CompleteAsync(TextRequest request, IntelScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _pipeline.RunAsync(
            new ModelCall<string>
            {
                Operation = "text.complete",
                Messages = request.Messages,
                Generation = request.Generation,
                Read = Read,
            },
            scope,
            cancellationToken);
    }

    // Complete and without text: the model called a function that nobody offered.
    private static Reading<string> Read(ChatResponse reply) => string.IsNullOrWhiteSpace(reply.Text)
        ? Reading<string>.Failed(new StepError
        {
            Kind = StepErrorKind.InvalidResponse,
            Message = "The answer holds only calls of functions that were not offered.",
            IsRetryable = true,
        })
        : Reading<string>.Of(reply.Text);
}
