using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace DiscordIntel;

/// <summary>
/// For whom a call is made: the tenant (a Discord server), the workspace in it (a channel) and the user. Every call names one;
/// nothing is shared between two tenants. The ids themselves are never sent to a model.
/// </summary>
public sealed record IntelScope
{
    /// <summary>A scope from parts of the host's own. Parts are compared as they are: ordinal, case-sensitive, untrimmed.</summary>
    /// <exception cref="ArgumentException">A part is null, empty or white space.</exception>
    public IntelScope(string tenant, string workspace, string user)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tenant);
        ArgumentException.ThrowIfNullOrWhiteSpace(workspace);
        ArgumentException.ThrowIfNullOrWhiteSpace(user);
        (Tenant, Workspace, User) = (tenant, workspace, user);
    }

    /// <summary>The isolation border: cache, budgets and limits of one tenant are never seen by another. For a server, its id in digits.</summary>
    public string Tenant { get; }

    /// <summary>The place inside the tenant. For a server, the channel's id in digits.</summary>
    public string Workspace { get; }

    /// <summary>Who asked. For Discord, the user's id in digits.</summary>
    public string User { get; }

    /// <summary>A key for what belongs to the whole tenant: a SHA-256 over the length-prefixed part, 64 hexadecimal digits. Different tenants never share it.</summary>
    public string TenantKey => Key("tenant", Tenant);

    /// <summary>A key for what belongs to this workspace of this tenant; built like <see cref="TenantKey"/>.</summary>
    public string WorkspaceKey => Key("workspace", Tenant, Workspace);

    /// <summary>A key for what belongs to this user in this tenant; built like <see cref="TenantKey"/>.</summary>
    public string UserKey => Key("user", Tenant, User);

    /// <summary>Tenant and workspace, for a log; never the user, so a direct message is only <c>dm/dm</c>.</summary>
    public override string ToString() => $"{Shown(Tenant)}/{Workspace}";

    /// <summary>The scope of a message in a server.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An id is 0, which Discord never gives.</exception>
    public static IntelScope Guild(ulong guildId, ulong channelId, ulong userId) =>
        new(Digits(guildId, nameof(guildId)), Digits(channelId, nameof(channelId)), Digits(userId, nameof(userId)));

    /// <summary>The scope of a direct message: every user is a tenant of their own, <c>dm:{userId}</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The id is 0, which Discord never gives.</exception>
    public static IntelScope DirectMessage(ulong userId)
    {
        string user = Digits(userId, nameof(userId));
        return new("dm:" + user, "dm", user);
    }

    /// <summary>
    /// The parts, length-prefixed, as raw UTF-16: no choice of parts gives the bytes of another choice, and no encoder folds two parts into one.
    /// </summary>
    internal static int WriteCanonical(Span<byte> destination, string kind, string first, string second = "")
    {
        MemoryMarshal.Cast<byte, char>(destination).TryWrite(
            CultureInfo.InvariantCulture, $"{kind.Length}:{kind}{first.Length}:{first}{second.Length}:{second}", out int written);
        return written * sizeof(char);
    }

    /// <summary>The most bytes that <see cref="WriteCanonical"/> takes: three lengths of up to ten digits with their colons, and the parts.</summary>
    internal static int CanonicalBound(string kind, string first, string second = "") =>
        (33 + kind.Length + first.Length + second.Length) * sizeof(char);

    /// <summary>A tenant for a log: that of direct messages bears the user's id.</summary>
    internal static string Shown(string tenant) => tenant.StartsWith("dm:", StringComparison.Ordinal) ? "dm" : tenant;

    private static string Key(string kind, string first, string second = "")
    {
        byte[] canonical = new byte[CanonicalBound(kind, first, second)];
        int length = WriteCanonical(canonical, kind, first, second);
        return Convert.ToHexStringLower(SHA256.HashData(canonical.AsSpan(0, length)));
    }

    private static string Digits(ulong id, string parameter)
    {
        ArgumentOutOfRangeException.ThrowIfZero(id, parameter);
        return id.ToString(CultureInfo.InvariantCulture);
    }
}
