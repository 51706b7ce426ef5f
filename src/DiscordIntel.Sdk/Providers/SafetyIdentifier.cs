using System.Security.Cryptography;
using System.Text;

namespace DiscordIntel.Providers;

/// <summary>
/// The pseudonym under which a provider knows a user: an HMAC, since a plain hash of a Discord id can be enumerated.
/// OpenAI allows 64 characters; this has exactly that many.
/// </summary>
internal sealed class SafetyIdentifier
{
    private readonly byte[]? _key;

    public SafetyIdentifier(string? identifierKey, string? apiKey)
    {
        _key = !string.IsNullOrEmpty(identifierKey) ? Encoding.UTF8.GetBytes(identifierKey)
            : !string.IsNullOrEmpty(apiKey) ? HMACSHA256.HashData(Encoding.UTF8.GetBytes(apiKey), "DiscordIntel safety identifier"u8)
            : null;
    }

    public string? Of(IntelScope? scope) => _key is null || scope is null
        ? null
        : Convert.ToHexStringLower(HMACSHA256.HashData(_key, IntelScope.Canonical("user", scope.Tenant, scope.User)));
}
