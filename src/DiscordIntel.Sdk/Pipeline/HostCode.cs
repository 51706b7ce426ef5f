using System.Runtime.CompilerServices;

namespace DiscordIntel.Pipeline;

/// <summary>
/// Where code of the host's runs inside a call (a ledger, a policy, an alert sink): it may throw anything, and what it throws is a value here. The caller's
/// own cancellation goes through.
/// </summary>
internal static class HostCode
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<(TResult? Result, Exception? Fault)> TryAsync<TState, TResult>(
        Func<TState, CancellationToken, ValueTask<TResult>> run, TState state, CancellationToken cancellationToken)
    {
        try
        {
            return (await run(state, cancellationToken).ConfigureAwait(false), null);
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
