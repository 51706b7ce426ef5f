using System.Runtime.CompilerServices;

namespace DiscordIntel.Pipeline;

/// <summary>
/// Where code of the host's runs inside a call (a ledger, a policy): it may throw anything or not come back at all, and either is a value here. The caller's
/// own cancellation goes through.
/// </summary>
internal static class HostCode
{
    /// <summary>How long it is waited for. Then it counts as failed, whatever it does later.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<(TResult? Result, Exception? Fault)> TryAsync<TState, TResult>(
        Func<TState, CancellationToken, ValueTask<TResult>> run, TState state, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            ValueTask<TResult> running = run(state, cancellationToken);
            return (running.IsCompleted
                ? await running.ConfigureAwait(false)
                : await running.AsTask().WaitAsync(patience, time, cancellationToken).ConfigureAwait(false), null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // That anything may be thrown is what this place is for.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return (default, fault);
        }
    }
}
