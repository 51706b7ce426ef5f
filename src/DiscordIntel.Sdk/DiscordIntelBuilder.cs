using Microsoft.Extensions.DependencyInjection;

namespace DiscordIntel;

/// <summary>What <c>AddDiscordIntel()</c> returns, for packages and hosts that add to it.</summary>
public sealed class DiscordIntelBuilder
{
    internal DiscordIntelBuilder(IServiceCollection services) => Services = services;

    /// <summary>The container's services.</summary>
    public IServiceCollection Services { get; }
}
