using System.Runtime.CompilerServices;
using System.Text;
using DiscordIntel.Pipeline;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers;

/// <summary>
/// An opened stream, standing on a piece of text. It owns its cancellation, moved by the caller and by the time it waits for the server, and by nothing else: the
/// token of an attempt's timeout belongs to a pooled source that the next call uses again.
/// </summary>
internal sealed class ModelStream : IAsyncDisposable
{
    private readonly StringBuilder _text = new();
    private readonly CallContext _context;
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _caller;
    private IReplyStream? _reply;
    private bool _isTimed;
    private long? _givenAt;

    public ModelStream(CallContext context)
    {
        _context = context;
        _source = new CancellationTokenSource(Timeout.InfiniteTimeSpan, context.Time);
        _caller = context.CallerToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _source);
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

    /// <summary>How it ended; as one left early, until it has.</summary>
    public Attempt End { get; set; } = new() { IsCancelled = true };

    public void Attach(IReplyStream reply) => _reply = reply;

    /// <summary>Gives up when nothing comes for so long, or when the call's own time is over before that.</summary>
    public void GiveUpAfter(TimeSpan silence)
    {
        TimeSpan remaining = _context.Remaining;
        if (remaining <= TimeSpan.Zero)
        {
            GiveUp();
        }
        else
        {
            _isTimed = true;
            _source.CancelAfter(remaining < silence ? remaining : silence);
        }
    }

    /// <summary>Gives up at once.</summary>
    public void GiveUp() => _source.Cancel();

    /// <summary>Moves to the next piece of text; false at the end. What has come already is given at once.</summary>
    public ValueTask<bool> NextAsync(TimeSpan silence)
    {
        long now = _context.Time.GetTimestamp();
        if (_givenAt is { } given)
        {
            // The reader's time: no provider was waited for.
            _context.ReaderTime += _context.Time.GetElapsedTime(given, now);
            _givenAt = null;
        }

        ValueTask<bool> next = ReadOn(now);
        if (!next.IsCompletedSuccessfully)
        {
            return AwaitAsync(next, silence);
        }

        bool hasMore = next.Result;
        return hasMore && Take(now) ? new(true) : AwaitAsync(new(hasMore), silence);
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
        }
        finally
        {
            _source.Dispose();
            if (_reply is not null)
            {
                await _reply.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> AwaitAsync(ValueTask<bool> next, TimeSpan silence)
    {
        while (true)
        {
            if (!next.IsCompleted)
            {
                GiveUpAfter(silence);
            }

            if (!await next.ConfigureAwait(false))
            {
                if (!IsComplete)
                {
                    // A client may take its cancelled token for the end of the stream.
                    Token.ThrowIfCancellationRequested();
                }

                return false;
            }

            long now = _context.Time.GetTimestamp();
            if (Take(now))
            {
                return true;
            }

            next = ReadOn(now);
        }
    }

    private ValueTask<bool> ReadOn(long now)
    {
        if (_context.RemainingAt(now) <= TimeSpan.Zero)
        {
            GiveUp();
        }

        // Also what has come already is not read for a caller who has left, or after the deadline.
        Token.ThrowIfCancellationRequested();
        return _reply!.NextAsync();
    }

    private bool Take(long now)
    {
        string text = Current;
        if (text.Length == 0)
        {
            return false;
        }

        _text.Append(text);
        StopTheClock();
        _givenAt = now;
        return true;
    }

    // The clock runs only while the server is waited for: the time that the caller takes over a piece is not the server's silence.
    private void StopTheClock()
    {
        if (_isTimed)
        {
            _isTimed = false;
            _source.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }
}
