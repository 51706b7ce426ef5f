using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DiscordIntel.Pipeline.Budgets;

/// <summary>Ids of reservations: unique in every process that shares a ledger. One random half for the process, and a number.</summary>
internal sealed class ReservationIds
{
    private readonly byte[] _process = RandomNumberGenerator.GetBytes(8);
    private long _last;

    public Guid Next()
    {
        Span<byte> id = stackalloc byte[16];
        _process.CopyTo(id);
        BinaryPrimitives.WriteInt64BigEndian(id[8..], Interlocked.Increment(ref _last));
        return new Guid(id);
    }
}
