using DiscordIntel.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DiscordIntel.Snippets;

/// <summary>What the snippets run on.</summary>
internal static class Emulated
{
    public static readonly IntelScope Scope = IntelScope.Guild(guildId: 1, channelId: 2, userId: 3);

    public static DiscordIntelClient Client(params ReadOnlySpan<EmulatorReply> replies) => Client(new OpenAIEmulator().Enqueue(replies));

    public static DiscordIntelClient Client(OpenAIEmulator emulator)
    {
        var services = new ServiceCollection();
        services.AddDiscordIntel().UseEmulator(emulator);
        return services.BuildServiceProvider().GetRequiredService<DiscordIntelClient>();
    }
}
