using System.Runtime.InteropServices;

namespace DiscordIntel.Pipeline.Limits;

/// <summary>The limits of one call, in calls a minute; null: none.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RateLimits(int? Bot, int? Tenant, int? User)
{
    /// <summary>The most lines that <see cref="Write"/> writes.</summary>
    public const int Levels = 3;

    /// <summary>Writes a line for each limit that is set. Gives their number.</summary>
    public int Write(IntelScope scope, Span<LimitLine> lines)
    {
        int count = 0;
        if (Bot is { } bot)
        {
            lines[count++] = new(LimitKey.Bot, bot);
        }

        if (Tenant is { } tenant)
        {
            lines[count++] = new(LimitKey.ForTenant(scope), tenant);
        }

        if (User is { } user)
        {
            lines[count++] = new(LimitKey.ForUser(scope), user);
        }

        return count;
    }
}
