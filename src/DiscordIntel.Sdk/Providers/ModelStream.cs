using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers;

/// <summary>
/// An opened stream. It owns its cancellation, linked to the caller and to nothing else: the token of an attempt's timeout belongs to a pooled source
/// that the next call uses again.
/// </summary>
internal sealed class ModelStream(IAsyncEnumerator<ChatResponseUpdate> updates, CancellationTokenSource source) : IAsyncDisposable
{
    /// <summary>The updates; the first one has been read when the stream is handed on.</summary>
    public IAsyncEnumerator<ChatResponseUpdate> Updates { get; } = updates;

    /// <summary>False when the stream ended before it gave anything.</summary>
    public bool HasCurrent { get; set; }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await source.CancelAsync().ConfigureAwait(false);
        }
        finally
        {
            await Updates.DisposeAsync().ConfigureAwait(false);
            source.Dispose();
        }
    }
}
