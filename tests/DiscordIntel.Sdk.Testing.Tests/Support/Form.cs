namespace DiscordIntel.Testing.Tests.Support;

/// <summary>The two ways to an emulator.</summary>
internal enum Form
{
    InProcess,
    Loopback,
}
