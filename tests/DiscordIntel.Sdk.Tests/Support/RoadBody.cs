using System.Text;

namespace DiscordIntel.Tests.Support;

/// <summary>The body of an answer as the test tells it: pieces of bytes, then its end, a stall or a fault.</summary>
internal sealed class RoadBody : Stream
{
    private readonly Queue<Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>>>> _steps = new();
    private ReadOnlyMemory<byte> _piece;

    public bool IsDisposed { get; private set; }

    /// <summary>The token of the last read.</summary>
    public CancellationToken Token { get; private set; }

    public int Reads { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public RoadBody Then(string piece) => Then(Encoding.UTF8.GetBytes(piece));

    public RoadBody Then(ReadOnlyMemory<byte> piece) => Then(_ => new(piece));

    public RoadBody Then(Exception fault) => Then(_ => ValueTask.FromException<ReadOnlyMemory<byte>>(fault));

    /// <summary>Gives nothing more; only the cancellation of the read ends it.</summary>
    public RoadBody ThenStall() => Then(static async token =>
    {
        await Task.Delay(Timeout.Infinite, token);
        return default;
    });

    /// <summary>Gives the same again and again.</summary>
    public RoadBody ThenForEver(string piece)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(piece);
        return Then(Again);

        ValueTask<ReadOnlyMemory<byte>> Again(CancellationToken token)
        {
            _steps.Enqueue(Again);
            return new(utf8);
        }
    }

    public RoadBody Then(Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>>> step)
    {
        _steps.Enqueue(step);
        return this;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        (Token, Reads) = (cancellationToken, Reads + 1);
        cancellationToken.ThrowIfCancellationRequested();
        while (_piece.IsEmpty)
        {
            if (!_steps.TryDequeue(out Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>>>? step))
            {
                return 0;
            }

            _piece = await step(cancellationToken);
        }

        int read = Math.Min(buffer.Length, _piece.Length);
        _piece[..read].CopyTo(buffer);
        _piece = _piece[read..];
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
