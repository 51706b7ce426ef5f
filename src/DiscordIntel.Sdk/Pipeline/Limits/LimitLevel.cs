namespace DiscordIntel.Pipeline.Limits;

/// <summary>Whose limit it is.</summary>
internal enum LimitLevel
{
    Bot,
    Tenant,
    User,
}
