namespace DiscordIntel.Testing.Http;

/// <summary>
/// A body that is made while it is read, as the stream of a connection: a read gives what has come, a cancelled or failed read ends it for good,
/// and who closes it ends its production.
/// </summary>
internal sealed class PieceStream : Stream
{
    private readonly CancellationTokenSource _closing = new();
    private readonly IAsyncEnumerator<ReadOnlyMemory<byte>> _pieces;
    private ReadOnlyMemory<byte> _rest;
    private bool _isBroken;

    public PieceStream(IAsyncEnumerable<ReadOnlyMemory<byte>> pieces) => _pieces = pieces.GetAsyncEnumerator(_closing.Token);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
        if (_isBroken)
        {
            throw new IOException("The stream was broken off.");
        }

        while (_rest.IsEmpty && !buffer.IsEmpty)
        {
            // Set until the read succeeds: an enumerator that has failed would report a peaceful end.
            _isBroken = true;
            if (!await NextAsync(cancellationToken).ConfigureAwait(false))
            {
                _isBroken = false;
                return 0;
            }

            _isBroken = false;
            _rest = _pieces.Current;
        }

        int read = Math.Min(buffer.Length, _rest.Length);
        _rest.Span[..read].CopyTo(buffer.Span);
        _rest = _rest[read..];
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read the emulator's answers asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        // Nothing is produced but on a read, and one in flight ends here.
        _closing.Cancel();
        base.Dispose(disposing);
    }

    private async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        ValueTask<bool> next = _pieces.MoveNextAsync();
        if (next.IsCompleted)
        {
            return await next.ConfigureAwait(false);
        }

        CancellationTokenRegistration giveUp = cancellationToken.UnsafeRegister(static closing => ((CancellationTokenSource)closing!).Cancel(), _closing);
        await using (giveUp.ConfigureAwait(false))
        {
            try
            {
                return await next.ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellationToken);
            }
            catch (OperationCanceledException closed)
            {
                throw new ObjectDisposedException("The stream was closed while it was read.", closed);
            }
        }
    }
}
