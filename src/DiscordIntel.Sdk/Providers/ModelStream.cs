using System.Text;
using DiscordIntel.Results;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers;

/// <summary>
/// An opened stream, standing on a piece of text. It owns its cancellation, moved by the caller and by the time between two pieces, and by nothing else: the token of
/// an attempt's timeout belongs to a pooled source that the next call uses again.
/// </summary>
internal sealed class ModelStream : IAsyncDisposable
{
    private readonly StringBuilder _text = new();
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _caller;
    private IReplyStream? _reply;

    public ModelStream(TimeProvider time, CancellationToken callerToken)
    {
        _source = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _caller = callerToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _source);
    }

    /// <summary>Ends with the caller, with the time set last, or with the opening attempt.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The piece of text on which it stands.</summary>
    public string Current => _reply?.Text ?? "";

    /// <summary>Whether any text has come.</summary>
    public bool HasText => _text.Length > 0;

    /// <summary>All text until now; null when there was none.</summary>
    public string? TextSoFar => _text.Length > 0 ? _text.ToString() : null;

    public bool IsComplete => _reply?.IsComplete is true;

    public void Attach(IReplyStream reply) => _reply = reply;

    /// <summary>Gives up when nothing comes for so long.</summary>
    public void GiveUpAfter(TimeSpan silence) => _source.CancelAfter(silence);

    /// <summary>Gives up at once.</summary>
    public void GiveUp() => _source.Cancel();

    /// <summary>Moves to the next piece of text; false at the end.</summary>
    public async ValueTask<bool> NextAsync(TimeSpan silence)
    {
        while (true)
        {
            GiveUpAfter(silence);
            if (!await _reply!.NextAsync().ConfigureAwait(false))
            {
                return false;
            }

            if (_reply.Text.Length > 0)
            {
                _text.Append(_reply.Text);
                return true;
            }
        }
    }

    /// <summary>What came until now as one reply.</summary>
    public ChatResponse ToResponse() => _reply?.ToResponse(_text.ToString()) ?? new ChatResponse();

    public async ValueTask DisposeAsync()
    {
        await _caller.DisposeAsync().ConfigureAwait(false);
        try
        {
            // The connection first: what waits for it ends with it.
            await _source.CancelAsync().ConfigureAwait(false);
            if (_reply is not null)
            {
                await _reply.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _source.Dispose();
        }
    }
}
