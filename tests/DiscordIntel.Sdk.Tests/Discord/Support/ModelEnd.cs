namespace DiscordIntel.Tests.Discord.Support;

/// <summary>How a scripted model's stream ends.</summary>
internal enum ModelEnd
{
    Final,
    Error,
    WithoutFinal,
    Throws,
    Never,
}
