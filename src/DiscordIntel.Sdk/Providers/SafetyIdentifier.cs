using System.Security.Cryptography;
using System.Text;

namespace DiscordIntel.Providers;

/// <summary>
/// The pseudonym under which a provider knows a user: an HMAC, since a plain hash of a Discord id can be enumerated.
/// OpenAI allows 64 characters; this has exactly that many.
/// </summary>
internal sealed class SafetyIdentifier
{
    public const int Length = 2 * HMACSHA256.HashSizeInBytes;
    private const string Kind = "user";
    private readonly byte[]? _key;
    private IncrementalHash? _spare;

    public SafetyIdentifier(string? identifierKey, string? apiKey)
    {
        _key = !string.IsNullOrEmpty(identifierKey) ? Encoding.UTF8.GetBytes(identifierKey)
            : !string.IsNullOrEmpty(apiKey) ? HMACSHA256.HashData(Encoding.UTF8.GetBytes(apiKey), "DiscordIntel safety identifier"u8)
            : null;
    }

    /// <summary>Writes the identifier; returns its length, 0 when there is none.</summary>
    public int Write(IntelScope? scope, Span<char> destination)
    {
        if (_key is null || scope is null)
        {
            return 0;
        }

        int bound = IntelScope.CanonicalBound(Kind, scope.Tenant, scope.User);
        Span<byte> canonical = bound <= 512 ? stackalloc byte[512] : new byte[bound];
        int length = IntelScope.WriteCanonical(canonical, Kind, scope.Tenant, scope.User);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];

        // One that has its key already takes half the time; a second call at the same time makes its own.
        IncrementalHash hmac = Interlocked.Exchange(ref _spare, null) ?? IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hmac.AppendData(canonical[..length]);
        hmac.GetHashAndReset(hash);
        Interlocked.Exchange(ref _spare, hmac)?.Dispose();
        Convert.TryToHexStringLower(hash, destination, out int written);
        return written;
    }
}
