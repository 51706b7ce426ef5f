using System.Diagnostics;
using System.Text.Json;
using DiscordIntel.Pipeline;
using DiscordIntel.Results;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace DiscordIntel.Functions;

/// <summary>Runs one call: approval, its turn, the tool, each within a time. Whatever the tool does is a value here; the caller's cancellation goes through.</summary>
internal sealed class ToolCaller(IServiceScopeFactory services, TimeProvider time)
{
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<ToolStep> RunAsync(ToolCall call, ToolTerms terms, CancellationToken cancellationToken)
    {
        long startedAt = time.GetTimestamp();
        Tool tool = call.Tool!;
        Outcome outcome = tool.RequiresApproval && await RefusalAsync(call, terms, cancellationToken).ConfigureAwait(false) is { } denied
            ? denied
            : await InvokeAsync(call, tool, terms, cancellationToken).ConfigureAwait(false);
        call.Result = outcome.Result ?? FunctionPrompts.For(outcome.Kind);
        return new ToolStep
        {
            Tool = call.Name,
            CallId = call.Content.CallId,
            Outcome = outcome.Kind,
            Arguments = call.Arguments,
            Result = call.Result,
            Error = outcome.Error,
            Exception = outcome.Fault,
            Duration = time.GetElapsedTime(startedAt),
        };
    }

    /// <summary>Why it is not approved; null when it is.</summary>
    private async ValueTask<Outcome?> RefusalAsync(ToolCall call, ToolTerms terms, CancellationToken cancellationToken)
    {
        if (terms.ApproveAsync is not { } approve)
        {
            return new(ToolOutcome.Denied, Error: "The tool requires an approval, and the request has no ApproveAsync.");
        }

        var question = new ToolApproval(call.Tool!.Name, call.Arguments!.Value, terms.Scope);
        (bool isApproved, Exception? fault) = await WithinAsync(
            static async (state, token) =>
            {
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                return await state.approve(state.question, token).ConfigureAwait(false);
            },
            (approve, question),
            terms.Time.AtMost(terms.Options.ApprovalTimeout),
            cancellationToken).ConfigureAwait(false);
        return isApproved && fault is null ? null : new(
            ToolOutcome.Denied,
            Error: fault is null ? "It was not approved." : fault is TimeoutException ? "Nobody approved it in time." : $"The approval failed: {Described(fault)}",
            Fault: fault);
    }

    private async ValueTask<Outcome> InvokeAsync(ToolCall call, Tool tool, ToolTerms terms, CancellationToken cancellationToken)
    {
        TimeSpan timeout = terms.Time.AtMost(tool.Options.Timeout ?? terms.Options.ToolTimeout);
        using var patience = new CancellationTokenSource(timeout, time);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await tool.Turns.WaitAsync(waiting.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(ToolOutcome.Busy, Error: $"{tool.Options.MaxConcurrency} calls of the tool were running for all of {timeout} (ToolOptions.MaxConcurrency).");
        }

        (Outcome outcome, Exception? fault) = await WithinAsync(
            static (state, token) => state.self.HoldAsync(state.tool, state.call, state.scope, token),
            (self: this, tool, call, scope: terms.Scope),
            timeout,
            cancellationToken).ConfigureAwait(false);
        return fault switch
        {
            null => outcome,
            TimeoutException => new(ToolOutcome.TimedOut, Error: $"The tool did not end within {timeout}.", Fault: fault),
            _ => Failed(fault),
        };
    }

    /// <summary>Runs the tool while its place is held: also one that goes on after its time keeps it until it ends.</summary>
    private async ValueTask<Outcome> HoldAsync(Tool tool, ToolCall call, IntelScope scope, CancellationToken token)
    {
        try
        {
            // A method that blocks its thread shall not block the run.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            AsyncServiceScope container = services.CreateAsyncScope();
            await using (container.ConfigureAwait(false))
            {
                JsonElement json = call.Arguments!.Value;
                var arguments = new AIFunctionArguments(json.EnumerateObject().ToDictionary(member => member.Name, object? (member) => member.Value, StringComparer.Ordinal))
                {
                    Services = container.ServiceProvider,
                    Context = new Dictionary<object, object?> { [typeof(IntelScope)] = scope, [typeof(JsonElement)] = json },
                };
                return new(ToolOutcome.Succeeded, ToolResults.Text(await tool.Function.InvokeAsync(arguments, token).ConfigureAwait(false), tool.Function.JsonSerializerOptions));
            }
        }
        catch (TimeoutException own)
        {
            // The tool's, of whatever it waited for; one that leaves here is that of the tool's own time.
            return Failed(own);
        }
        catch (JsonException fault) when (ArgumentFit.Issue(tool.Function, call.Arguments!.Value) is { } issue)
        {
            return new(ToolOutcome.InvalidArguments, FunctionPrompts.For(ToolOutcome.InvalidArguments, issue), issue, fault);
        }
        finally
        {
            tool.Turns.Release();
        }
    }

    /// <summary>Runs the host's code with a token that ends with its time. Its not coming back in time is a <see cref="TimeoutException"/>.</summary>
    private async ValueTask<(TResult? Result, Exception? Fault)> WithinAsync<TState, TResult>(
        Func<TState, CancellationToken, ValueTask<TResult>> run, TState state, TimeSpan patience, CancellationToken cancellationToken)
    {
        // Not disposed: code that goes on after its time may still look at the token.
        var source = new CancellationTokenSource();
        using CancellationTokenRegistration caller = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), source);
        bool hasEnded = false;
        try
        {
            (TResult? result, Exception? fault) = await HostCode.TryAsync(
                static (state, _) => state.run(state.state, state.Token), (run, state, source.Token), patience, time, cancellationToken).ConfigureAwait(false);
            hasEnded = fault is null;
            return (result, fault);
        }
        finally
        {
            if (!hasEnded)
            {
                // What the host registered on the token runs here, and may throw.
                await HostCode.TryAsync(StopAsync, source, HostCode.Patience, time, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private static async ValueTask<bool> StopAsync(CancellationTokenSource source, CancellationToken cancellationToken)
    {
        await source.CancelAsync().ConfigureAwait(false);
        return true;
    }

    private static Outcome Failed(Exception fault) => new(ToolOutcome.Failed, Error: Described(fault), Fault: fault);

    private static string Described(Exception fault) => $"{fault.GetType().Name}: {fault.Message}";

    [DebuggerDisplay("{Kind}")]
    private readonly record struct Outcome(ToolOutcome Kind, string? Result = null, string? Error = null, Exception? Fault = null);
}
