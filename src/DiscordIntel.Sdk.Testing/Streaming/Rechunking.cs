using System.Runtime.CompilerServices;

namespace DiscordIntel.Testing.Streaming;

/// <summary>Cuts a body anew, without regard to where its events begin.</summary>
internal static class Rechunking
{
    /// <summary>The whole body as one piece.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> One(ReadOnlyMemory<byte> whole)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        yield return whole;
    }

    /// <summary>Pieces of at most so many bytes; the end of one is never joined to the beginning of the next.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> Split(
        IAsyncEnumerable<ReadOnlyMemory<byte>> pieces, int bytes, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (ReadOnlyMemory<byte> piece in pieces.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            for (int at = 0; at < piece.Length; at += bytes)
            {
                yield return piece.Slice(at, Math.Min(bytes, piece.Length - at));
            }
        }
    }
}
