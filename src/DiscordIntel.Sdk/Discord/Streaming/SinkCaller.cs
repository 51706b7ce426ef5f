using DiscordIntel.Pipeline;

namespace DiscordIntel.Discord.Streaming;

/// <summary>Makes the calls to the host's sink: each within a time, each failure a value.</summary>
internal sealed class SinkCaller(IReplySink sink, RunClock clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    // How long a call that was cancelled may take to end. After that it is left to itself: a run always ends.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <param name="id">The message to edit; null posts a new one.</param>
    /// <param name="message">What it shows.</param>
    /// <param name="cancellationToken">Gives the call up; then <see cref="OperationCanceledException"/> is thrown.</param>
    public async Task<(ReplyMessageId Id, ReplySinkException? Fault)> CallAsync(ReplyMessageId? id, ReplyMessage message, CancellationToken cancellationToken)
    {
        // A call in flight must not keep the last one from beginning in time.
        TimeSpan now = clock.Now;
        TimeSpan left = now < clock.CollapseBy && clock.CollapseBy - now < Longest ? clock.CollapseBy - now : Longest;
        using CancellationTokenSource limit = clock.Limit(left);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        (ReplyMessageId written, Exception? fault) = await HostCode.TryAsync(
            static (call, _) => MakeAsync(call.sink, call.id, call.message, call.Token),
            (sink, id, message, both.Token),
            (left > TimeSpan.Zero ? left : TimeSpan.Zero) + Grace,
            clock.Time,
            cancellationToken).ConfigureAwait(false);
        return (written, fault is null or ReplySinkException
            ? (ReplySinkException?)fault
            : new ReplySinkException(ReplySinkFailure.Unavailable, fault) { MayHaveApplied = true });
    }

    private static async ValueTask<ReplyMessageId> MakeAsync(IReplySink sink, ReplyMessageId? id, ReplyMessage message, CancellationToken cancellationToken)
    {
        if (id is not { } known)
        {
            return await sink.PostAsync(message, cancellationToken).ConfigureAwait(false);
        }

        await sink.EditAsync(known, message, cancellationToken).ConfigureAwait(false);
        return known;
    }
}
