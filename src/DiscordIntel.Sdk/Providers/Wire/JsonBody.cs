using System.ClientModel;

namespace DiscordIntel.Providers.Wire;

/// <summary>
/// A request body in an array of its own. It is not pooled: a write may still be in flight when a call has been given up,
/// and a buffer that returned too early would be one server's words in another server's request.
/// </summary>
internal sealed class JsonBody(byte[] utf8) : BinaryContent
{
    public override bool TryComputeLength(out long length)
    {
        length = utf8.Length;
        return true;
    }

    public override void WriteTo(Stream stream, CancellationToken cancellationToken = default) => stream.Write(utf8);

    public override Task WriteToAsync(Stream stream, CancellationToken cancellationToken = default) =>
        stream.WriteAsync(utf8, cancellationToken).AsTask();

    public override void Dispose()
    {
    }
}
