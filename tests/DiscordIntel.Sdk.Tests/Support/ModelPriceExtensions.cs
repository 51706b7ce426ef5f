using DiscordIntel.Models;

namespace DiscordIntel.Tests.Support;

internal static class ModelPriceExtensions
{
    /// <summary>The cost of text tokens on the standard tier.</summary>
    public static long? CostInNanoUsd(this ModelPrice price, long input, long output, long cached = 0, long cacheWrite = 0) =>
        price.CostInNanoUsd(new BillableUsage { Input = input, Output = output, CachedInput = cached, CacheWrite = cacheWrite });
}
