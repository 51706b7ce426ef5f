using System.Runtime.CompilerServices;

namespace DiscordIntel.Providers.Wire;

/// <summary>
/// The body of a stream of events, with a blank line behind its end (servers leave out the last one, and a parser would drop the last event with it) and a cap on
/// what may come without any end.
/// </summary>
internal sealed class EventStream(Stream body) : Stream
{
    private int _left = End.Length;
    private long _read;

    /// <summary>Whether the server has sent all that it will.</summary>
    public bool HasEnded { get; private set; }

    private static ReadOnlySpan<byte> End => "\n\n"u8;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _read += read;
        if (_read > ResponseBody.MaxBytes)
        {
            throw new ProviderException(ResponseBody.TooLong);
        }

        if (read == 0 && buffer.Length > 0)
        {
            HasEnded = true;
            read = Math.Min(_left, buffer.Length);
            End[^_left..][..read].CopyTo(buffer.Span);
            _left -= read;
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await body.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Dispose();
        }

        base.Dispose(disposing);
    }
}
