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

    /// <summary>Answers a prompt, piece by piece as the model writes.</summary>
    /// <param name="prompt">What the model is asked. Empty text is an <see cref="StepErrorKind.InvalidRequest"/>.</param>
    /// <param name="scope">For whom.</param>
    /// <param name="cancellationToken">Gives the call up within one piece; then <see cref="OperationCanceledException"/> is thrown.</param>
    /// <returns>
    /// Pieces of text, then one last element: the final one with the receipt, or an error with the text so far in <see cref="StepError.Partial"/>. An answer that
    /// was cut off is never a success. Nothing is sent before the first element is asked for; leaving the enumeration early closes the connection, and what came is
    /// charged. A stream is tried again only before its first text, and is never kept in the cache.
    /// </returns>
    public virtual IAsyncEnumerable<StepResult<StreamChunk>> StreamAsync(string prompt, IntelScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return StreamAsync(TextRequest.Of(prompt), scope, cancellationToken);
    }

    /// <summary>Answers messages piece by piece, with options for this call. Otherwise like the overload that takes a prompt.</summary>
    public virtual IAsyncEnumerable<StepResult<StreamChunk>> StreamAsync(TextRequest request, IntelScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(scope);
        return StreamAsync("text.stream", request, fault: null, scope, cancellationToken);
    }

    /// <summary>For the clients that stand on this one.</summary>
    internal IAsyncEnumerable<StepResult<StreamChunk>> StreamAsync(
        string operation, TextRequest request, StepError? fault, IntelScope scope, CancellationToken cancellationToken) =>
        _pipeline.StreamAsync(
            new ModelCall<string>
            {
                Operation = operation,
                Messages = request.Messages,
                Generation = request.Generation,
                Fault = fault,
                Read = Read,
            },
            scope,
            cancellationToken);

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
