using System.Runtime.InteropServices;

namespace DiscordIntel.Pipeline.Caching;

/// <summary>A SHA-256 over everything that decides an answer.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct CacheKey(ulong First, ulong Second, ulong Third, ulong Fourth)
{
    public static CacheKey Of(ReadOnlySpan<byte> hash) => MemoryMarshal.Read<CacheKey>(hash);

    // Any part of a cryptographic hash is evenly spread.
    public override int GetHashCode() => (int)First;
}
