using Microsoft.Extensions.DependencyInjection;

namespace DiscordIntel.Testing;

/// <summary>Puts the emulator in place of a provider.</summary>
public static class DiscordIntelBuilderExtensions
{
    /// <summary>
    /// Every call of this container goes to <paramref name="emulator"/>, whatever key and address are configured; without a key a made-up one is used.
    /// </summary>
    public static DiscordIntelBuilder UseEmulator(this DiscordIntelBuilder builder, OpenAIEmulator emulator)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(emulator);

        // One delegate: the SDK makes a new HTTP client only when the delegate changes.
        Func<HttpMessageHandler> handler = emulator.CreateHandler;
        builder.Services.PostConfigure<DiscordIntelOptions>(options =>
        {
            options.OpenAI.ApiKey = string.IsNullOrWhiteSpace(options.OpenAI.ApiKey) ? "emulator" : options.OpenAI.ApiKey;
            options.OpenAI.BaseUrl = null;
            options.OpenAI.PrimaryHandler = handler;
        });
        return builder;
    }
}
