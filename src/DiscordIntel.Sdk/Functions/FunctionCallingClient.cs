using System.Runtime.CompilerServices;
using System.Text;
using DiscordIntel.Configuration;
using DiscordIntel.Pipeline;
using DiscordIntel.Results;
using DiscordIntel.Tenants;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Functions;

/// <summary>
/// Answers with the help of tools: the model asks for calls, they run here, their results go back, until it answers. Every turn of the model is a request of its own,
/// with its limits and its budget. Safe for concurrent use; inject it as a singleton.
/// </summary>
public class FunctionCallingClient
{
    private readonly IntelPipeline _pipeline;
    private readonly LiveOptions _options;
    private readonly TenantRules _tenants;
    private readonly ToolShelf _shelf;
    private readonly ToolCaller _caller;
    private readonly TimeProvider _time;

    internal FunctionCallingClient(IntelPipeline pipeline, LiveOptions options, TenantRules tenants, ToolShelf shelf, ToolCaller caller, TimeProvider time) =>
        (_pipeline, _options, _tenants, _shelf, _caller, _time) = (pipeline, options, tenants, shelf, caller, time);

    /// <summary>For a substitute in a bot's own tests.</summary>
    protected FunctionCallingClient() => (_pipeline, _options, _tenants, _shelf, _caller, _time) = (null!, null!, null!, null!, null!, null!);

    /// <summary>Answers a prompt with the registered tools.</summary>
    /// <param name="prompt">What the model is asked. Empty text is an <see cref="StepErrorKind.InvalidRequest"/>.</param>
    /// <param name="scope">For whom.</param>
    /// <param name="cancellationToken">Gives the run up, running tools included; then <see cref="OperationCanceledException"/> is thrown.</param>
    /// <returns>
    /// The model's final text. What its tools did is in <see cref="StepReceipt.ToolSteps"/>, on success and on failure; a run that reaches one of its caps is a
    /// <see cref="StepErrorKind.ToolLimitReached"/>.
    /// </returns>
    public virtual Task<StepResult<string>> RunAsync(string prompt, IntelScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return RunAsync(FunctionRequest.Of(prompt), scope, cancellationToken);
    }

    /// <summary>Answers messages, with tools and options for this call. Otherwise like the overload that takes a prompt.</summary>
    public virtual async Task<StepResult<string>> RunAsync(FunctionRequest request, IntelScope scope, CancellationToken cancellationToken = default)
    {
        (ToolRun run, ToolTerms terms) = await BeginAsync(request, scope, cancellationToken).ConfigureAwait(false);
        if (request.IsUnattended && run.HasNoTools)
        {
            return StepResult.Success("", run.Receipt);
        }

        while (true)
        {
            StepResult<ChatResponse> turn = await _pipeline.RunAsync(run.Next("functions.run"), scope, cancellationToken).ConfigureAwait(false);
            if (run.Take(turn) is { } answered)
            {
                return answered;
            }

            ToolStep[] steps = await Task.WhenAll(Start(run, terms, cancellationToken)).ConfigureAwait(false);
            if (run.Finish(steps, turn.Receipt) is { } ended)
            {
                return ended;
            }
        }
    }

    /// <summary>
    /// Answers like <see cref="RunAsync(FunctionRequest, IntelScope, CancellationToken)"/>, piece by piece: text as the model writes it, a
    /// <see cref="StreamChunk.Status"/> when a tool is called, a <see cref="StreamChunk.Tool"/> when it has ended, and one last element: final with the receipt of the
    /// whole run, or an error with the text so far in <see cref="StepError.Partial"/>.
    /// </summary>
    /// <returns>Nothing is sent before the first element is asked for; leaving the enumeration early ends the connection and the running tools.</returns>
    public virtual async IAsyncEnumerable<StepResult<StreamChunk>> RunStreamingAsync(
        FunctionRequest request, IntelScope scope, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        (ToolRun run, ToolTerms terms) = await BeginAsync(request, scope, cancellationToken).ConfigureAwait(false);
        using var running = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var text = new StringBuilder();
        TimeSpan? firstText = null;
        try
        {
            while (true)
            {
                ChatResponse? reply = null;
                StepResult<StreamChunk>? end = null;
                bool isNewTurn = text.Length > 0;
                ModelCall<ChatResponse> next = run.Next("functions.stream", whole => reply = whole);
                await foreach (StepResult<StreamChunk> piece in _pipeline.StreamAsync(next, scope, cancellationToken).ConfigureAwait(false))
                {
                    if (!piece.IsSuccess || piece.Value.IsFinal)
                    {
                        end = piece;
                        continue;
                    }

                    // What the model wrote before its calls and what it writes after them are two paragraphs.
                    string written = isNewTurn ? $"\n\n{piece.Value.Text}" : piece.Value.Text;
                    isNewTurn = false;
                    firstText ??= terms.Time.Elapsed;
                    text.Append(written);
                    yield return StepResult.Success(StreamChunk.Of(written));
                }

                StepResult<ChatResponse> turn = end!.IsSuccess
                    ? StepResult.Success(reply ?? new ChatResponse(), end.Receipt)
                    : StepResult.Failure<ChatResponse>(end.Error, end.Receipt);
                StepResult<string>? ended = run.Take(turn);
                if (ended is null)
                {
                    foreach (ToolCall call in run.Running)
                    {
                        yield return StepResult.Success(StreamChunk.Doing(call.Tool!.Options.Status ?? $"Using {call.Name}"));
                    }

                    var steps = new List<ToolStep>();
                    foreach (Task<ToolStep> call in Start(run, terms, running.Token))
                    {
                        ToolStep step = run.Placed(await call.ConfigureAwait(false), turn.Receipt);
                        steps.Add(step);
                        yield return StepResult.Success(new StreamChunk { Tool = step });
                    }

                    ended = run.Finish(steps, turn.Receipt);
                }

                if (ended is not null)
                {
                    StepReceipt receipt = ended.Receipt with { TimeToFirstChunk = firstText };
                    yield return ended.IsSuccess
                        ? StepResult.Success(StreamChunk.Final(end.IsSuccess ? end.Value.FinishReason : null), receipt)
                        : StepResult.Failure<StreamChunk>(ended.Error with { Partial = text.Length > 0 ? text.ToString() : ended.Error.Partial }, receipt);
                    yield break;
                }
            }
        }
        finally
        {
            // Left early: the tools under way need not go on.
            await running.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task<(ToolRun Run, ToolTerms Terms)> BeginAsync(FunctionRequest request, IntelScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(request.Messages, nameof(request));
        if (request.Messages.Contains(null!) || request.Tools?.Contains(null!) is true)
        {
            throw new ArgumentException("A message or a tool is null.", nameof(request));
        }

        DiscordIntelOptions options = _options.Current;
        var time = new RunTime(_time, (request.Generation?.Over(options.Generation) ?? options.Generation).Timeout);

        // Rules that cannot be read offer nothing; the first turn tells why.
        (CallRules? rules, _) = await _tenants.ForAsync(scope.Tenant, options, cancellationToken).ConfigureAwait(false);
        var warnings = new List<string>();
        IReadOnlyList<Tool> ofScope = await _shelf.ForAsync(request.Tools, scope, warnings.Add).ConfigureAwait(false);
        var tools = ToolSet.Of(request, ofScope, rules is null ? [] : rules.AllowedTools);
        return (new ToolRun(request, options.Functions, tools, warnings, time), new ToolTerms(scope, options.Functions, request.ApproveAsync, time));
    }

    /// <summary>Starts the calls of a turn, not more than may run at the same time.</summary>
    private Task<ToolStep>[] Start(ToolRun run, ToolTerms terms, CancellationToken cancellationToken)
    {
        var places = new SemaphoreSlim(terms.Options.MaxParallelCalls);
        return [.. run.Running.Select(call => RunInTurnAsync(call, terms, places, cancellationToken))];
    }

    private async Task<ToolStep> RunInTurnAsync(ToolCall call, ToolTerms terms, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await _caller.RunAsync(call, terms, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            places.Release();
        }
    }
}
