using System.Runtime.CompilerServices;
using DiscordIntel.Configuration;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Pipeline.Caching;
using DiscordIntel.Pipeline.Limits;
using DiscordIntel.Pipeline.Routing;
using DiscordIntel.Pipeline.Telemetry;
using DiscordIntel.Providers;
using DiscordIntel.Results;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Pipeline;

/// <summary>The road of every call, plain or streamed: the same stages, one end.</summary>
internal sealed class IntelPipeline
{
    private readonly LiveOptions _options;
    private readonly Router _router;
    private readonly TimeProvider _time;
    private readonly PipelineStage[] _stages;

    public IntelPipeline(
        LiveOptions options, TelemetryStage telemetry, UsageStage usage, AdmissionStage admission, CacheStage cache, LimitStage limits, Router router, TimeProvider time)
        : this(options, router, time,
        [
            // The order, outermost first.
            telemetry,
            usage,
            admission,
            cache,
            limits,

            // Then Routing, and in it around every attempt: retry, attempt timeout, provider's pause, budget, send.
        ])
    {
    }

    internal IntelPipeline(LiveOptions options, Router router, TimeProvider time, PipelineStage[] stages)
    {
        _options = options;
        _router = router;
        _time = time;
        _stages = stages;
    }

    /// <summary>Runs a plain call.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<StepResult<T>> RunAsync<T>(ModelCall<T> call, IntelScope scope, CancellationToken cancellationToken)
        where T : notnull
    {
        CallContext context = Begin(call, scope, cancellationToken);
        CallOutcome outcome = CallOutcome.Cancelled;
        try
        {
            StepError? error = await context.EnterAsync(_stages).ConfigureAwait(false);
            Reading<T> reading = error is not null ? Reading<T>.Failed(error)
                : context.Cached?.Entry.Reply is { } kept ? Recall(call, context, kept)
                : Read(call, context, await _router.SendAsync(context).ConfigureAwait(false));
            foreach (string warning in reading.Warnings)
            {
                context.Account.Warn(warning);
            }

            if (reading.Error is { } failed)
            {
                failed = Localise(failed, context.Options);
                outcome = CallOutcome.Failed(failed);
                return StepResult.Failure<T>(failed, context.Receipt);
            }

            outcome = CallOutcome.Success;
            return StepResult.Success(reading.Value!, context.Receipt);
        }
        finally
        {
            context.End(outcome);
        }
    }

    /// <summary>
    /// Runs a streamed call: pieces of text, then either the final element with the receipt or a failure. Nothing happens before the first
    /// <c>MoveNextAsync</c>. The end is told when the enumeration ends, faults, is cancelled or is left early.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async IAsyncEnumerable<StepResult<StreamChunk>> StreamAsync(
        ModelCall call, IntelScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CallContext context = Begin(call, scope, cancellationToken, isStreamed: true);
        CallOutcome outcome = CallOutcome.Cancelled;
        ModelStream? stream = null;
        try
        {
            StepError? error = await context.EnterAsync(_stages).ConfigureAwait(false);
            if (error is null)
            {
                Attempt opened = await _router.OpenAsync(context).ConfigureAwait(false);
                ThrowIfCancelled(opened.IsCancelled, context);
                (stream, error) = (opened.Stream, opened.Error ?? (opened.Stream is null && call.Tools is null ? Wordless() : null));
            }

            if (stream is not null)
            {
                do
                {
                    yield return StepResult.Success(StreamChunk.Of(stream.Current));
                }
                while (await ProviderGateway.NextAsync(stream, context).ConfigureAwait(false));

                await _router.CloseAsync(context, stream).ConfigureAwait(false);
                ThrowIfCancelled(stream.End.IsCancelled, context);
                error = stream.End.Error;
            }

            if (error is null)
            {
                outcome = CallOutcome.Success;
                if (context.Reply is { } whole)
                {
                    call.OnReply?.Invoke(whole);
                }

                yield return StepResult.Success(StreamChunk.Final(context.Reply?.FinishReason?.Value), context.Receipt);
                yield break;
            }

            error = Localise(error, context.Options);
            outcome = CallOutcome.Failed(error);
            yield return StepResult.Failure<StreamChunk>(error, context.Receipt);
        }
        finally
        {
            // However the enumeration ended: its bill is booked, then the stages are told.
            try
            {
                if (stream is not null)
                {
                    await _router.CloseAsync(context, stream).ConfigureAwait(false);
                }
            }
            finally
            {
                context.End(outcome);
            }
        }
    }

    private CallContext Begin(ModelCall call, IntelScope scope, CancellationToken cancellationToken, bool isStreamed = false)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(call.Messages, nameof(call));
        if (call.Messages.Contains(null!))
        {
            throw new ArgumentException("One of the messages is null.", nameof(call));
        }

        cancellationToken.ThrowIfCancellationRequested();
        return new CallContext(call, scope, _options.Current, _time, cancellationToken) { IsStreamed = isStreamed };
    }

    private static Reading<T> Recall<T>(ModelCall<T> call, CallContext context, CachedReply kept)
        where T : notnull
    {
        ChatResponse reply = kept.ToResponse();
        context.Book(reply);
        return ProviderGateway.Read(call, reply);
    }

    private static Reading<T> Read<T>(ModelCall<T> call, CallContext context, Attempt attempt)
        where T : notnull
    {
        ThrowIfCancelled(attempt.IsCancelled, context);
        return attempt.Error is { } error ? Reading<T>.Failed(error) : ProviderGateway.Read(call, attempt.Reply!);
    }

    // Complete and without text: the model called a function that nobody offered.
    private static StepError Wordless() => new()
    {
        Kind = StepErrorKind.InvalidResponse,
        Message = "The answer holds only calls of functions that were not offered.",
        IsRetryable = true,
    };

    private static void ThrowIfCancelled(bool cancelled, CallContext context)
    {
        if (cancelled)
        {
            throw new OperationCanceledException(context.CallerToken);
        }
    }

    private static StepError Localise(StepError error, DiscordIntelOptions options) =>
        options.UserMessages.TryGetValue(error.Kind, out string? sentence) ? error with { UserMessage = sentence } : error;
}
