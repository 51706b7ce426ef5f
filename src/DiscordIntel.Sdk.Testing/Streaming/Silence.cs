using DiscordIntel.Testing.Replies;

namespace DiscordIntel.Testing.Streaming;

/// <summary>A server that says nothing more.</summary>
internal static class Silence
{
    /// <summary>Ends only by cancellation: of the reader, or of a server that stops.</summary>
    public static async Task KeepAsync(EmulatorCall call, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, call.Stopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, call.Time, ending.Token).ConfigureAwait(false);
        throw new InvalidOperationException("An infinite delay ended.");
    }
}
