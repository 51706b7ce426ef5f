namespace DiscordIntel.Models;

/// <summary>The list price of a model from a day on, in US dollars per one million text tokens. A null is a price that is not known.</summary>
public sealed record ModelPrice
{
    internal const decimal NanoUsdPerUsd = 1_000_000_000m;

    private const long MaxTokens = 1_000_000_000_000;

    /// <summary>The first day of the price (UTC); null when it holds since ever.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Input that was not cached.</summary>
    public decimal? Input { get; init; }

    /// <summary>Input read from the provider's prompt cache.</summary>
    public decimal? CachedInput { get; init; }

    /// <summary>Input written to the provider's prompt cache; null where writing costs what input costs.</summary>
    public decimal? CacheWrite { get; init; }

    /// <summary>Output, reasoning included.</summary>
    public decimal? Output { get; init; }

    /// <summary>Above this many input tokens the whole request is dearer; null where length does not matter.</summary>
    public long? LongContextAbove { get; init; }

    /// <summary>How many times dearer input is above <see cref="LongContextAbove"/>.</summary>
    public decimal LongContextInputMultiplier { get; init; } = 1;

    /// <summary>How many times dearer output is above <see cref="LongContextAbove"/>.</summary>
    public decimal LongContextOutputMultiplier { get; init; } = 1;

    /// <summary>
    /// The cost of a call in nano-dollars, rounded up; null when it takes a price that is not known, or of counts that cannot be.
    /// <paramref name="cached"/> and <paramref name="cacheWrite"/> are parts of <paramref name="input"/>.
    /// </summary>
    internal long? CostInNanoUsd(long input, long output, long cached = 0, long cacheWrite = 0)
    {
        if (Input is not { } inputPrice || Output is not { } outputPrice || input is < 0 or > MaxTokens || output is < 0 or > MaxTokens)
        {
            return null;
        }

        (decimal inputTimes, decimal outputTimes) = input > LongContextAbove
            ? (LongContextInputMultiplier, LongContextOutputMultiplier)
            : (1, 1);
        cached = Math.Clamp(cached, 0, input);
        cacheWrite = Math.Clamp(cacheWrite, 0, input - cached);

        // Dollars per million tokens are micro-dollars per token.
        decimal microUsd =
            (((input - cached - cacheWrite) * inputPrice) + (cached * (CachedInput ?? inputPrice)) + (cacheWrite * (CacheWrite ?? inputPrice))) * inputTimes
            + (output * outputPrice * outputTimes);
        decimal nanoUsd = decimal.Ceiling(microUsd * (NanoUsdPerUsd / 1_000_000m));
        return nanoUsd < long.MaxValue ? (long)nanoUsd : null;
    }

    internal static decimal ToUsd(long nanoUsd) => nanoUsd / NanoUsdPerUsd;
}
