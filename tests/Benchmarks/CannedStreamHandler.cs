using System.Net;
using System.Net.Http.Headers;

namespace DiscordIntel.Benchmarks;

/// <summary>
/// The same stream for everybody. It reads the request as a socket would, suspends once before it answers and once before each piece, so that every asynchronous
/// layer above pays for its state as on a real network.
/// </summary>
internal sealed class CannedStreamHandler(byte[] events, int piece) : HttpMessageHandler
{
    private static readonly MediaTypeHeaderValue Events = new("text/event-stream");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
        await Task.Yield();
        var content = new StreamContent(new Pieces(events, piece));
        content.Headers.ContentType = Events;
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content, RequestMessage = request };
    }

    private sealed class Pieces(byte[] events, int piece) : Stream
    {
        private int _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder<>))]
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            return Read(buffer.Span);
        }

        public override int Read(Span<byte> buffer)
        {
            int read = Math.Min(Math.Min(piece, buffer.Length), events.Length - _at);
            events.AsSpan(_at, read).CopyTo(buffer);
            _at += read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
