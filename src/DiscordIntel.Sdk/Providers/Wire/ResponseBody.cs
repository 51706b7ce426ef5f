using System.Buffers;
using System.Runtime.CompilerServices;
using DiscordIntel.Results;

namespace DiscordIntel.Providers.Wire;

/// <summary>Reads a whole answer into a rented buffer, up to a cap.</summary>
internal readonly struct ResponseBody : IDisposable
{
    /// <summary>No model's answer is near this; a server that sends more is not answering.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    /// <summary>What is said of a longer one.</summary>
    public static ProviderFault TooLong => new() { Status = 200, Kind = StepErrorKind.InvalidResponse, Message = "The answer is longer than 32 MiB.", IsOurs = true };

    private readonly byte[] _rented;
    private readonly int _length;

    private ResponseBody(byte[] rented, int length) => (_rented, _length) = (rented, length);

    public ReadOnlyMemory<byte> Memory => _rented.AsMemory(0, _length);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<ResponseBody> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(8 * 1024);
        int length = 0;
        while (true)
        {
            // A buffer whose read faulted is left to the garbage collector: the read may still write into it.
            int read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return new ResponseBody(buffer, length);
            }

            length += read;
            if (length == buffer.Length)
            {
                if (length >= MaxBytes)
                {
                    throw new ProviderException(TooLong);
                }

                byte[] larger = ArrayPool<byte>.Shared.Rent(length * 2);
                buffer.CopyTo(larger, 0);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_rented);
}
