namespace DiscordIntel.Models;

/// <summary>The list price of a model from a day on, in US dollars. A null is a price that is not known, which is never 0.</summary>
public sealed record ModelPrice
{
    internal const decimal NanoUsdPerUsd = 1_000_000_000m;

    // Dollars per million are micro-dollars each.
    private const decimal NanoPerMicro = 1_000m;

    // A server's own count: beyond this it is a fault of the server, and the arithmetic stays far from overflow.
    private const long Most = 1_000_000_000_000;

    /// <summary>The first day of the price (UTC); null when it holds since ever.</summary>
    public DateOnly? From { get; init; }

    /// <summary>One million text input tokens that were not cached.</summary>
    public decimal? Input { get; init; }

    /// <summary>One million input tokens read from the provider's prompt cache; where null, they cost what <see cref="Input"/> says.</summary>
    public decimal? CachedInput { get; init; }

    /// <summary>One million input tokens written to the provider's prompt cache; null where writing costs what input costs.</summary>
    public decimal? CacheWrite { get; init; }

    /// <summary>One million text output tokens, reasoning included.</summary>
    public decimal? Output { get; init; }

    /// <summary>One million audio input tokens.</summary>
    public decimal? AudioInput { get; init; }

    /// <summary>One million audio output tokens.</summary>
    public decimal? AudioOutput { get; init; }

    /// <summary>One minute of audio, for models billed by time.</summary>
    public decimal? AudioMinute { get; init; }

    /// <summary>One million characters, for models billed by them.</summary>
    public decimal? Characters { get; init; }

    /// <summary>Above this many input tokens the whole request is dearer; null where length does not matter.</summary>
    public long? LongContextAbove { get; init; }

    /// <summary>How many times dearer input is above <see cref="LongContextAbove"/>.</summary>
    public decimal LongContextInputMultiplier { get; init; } = 1;

    /// <summary>How many times dearer output is above <see cref="LongContextAbove"/>.</summary>
    public decimal LongContextOutputMultiplier { get; init; } = 1;

    /// <summary>What the price is multiplied with on the service tier <c>flex</c>; null where the tier's price is not known.</summary>
    public decimal? FlexMultiplier { get; init; }

    /// <summary>What the price is multiplied with on the service tier <c>priority</c>; null where the tier's price is not known.</summary>
    public decimal? PriorityMultiplier { get; init; }

    /// <summary>The cost in nano-dollars, rounded up once; null when it takes a price that is not known, or for counts that cannot be.</summary>
    internal long? CostInNanoUsd(in BillableUsage usage)
    {
        if (usage.Input is < 0 or > Most || usage.Output is < 0 or > Most || usage.Characters is < 0 or > Most || usage.AudioSeconds is < 0 or > Most
            || TierMultiplier(usage.ServiceTier) is not { } tier
            || (usage is { Input: 0, Output: 0, Characters: 0, AudioSeconds: 0 } && (Input is null || Output is null)))
        {
            return null;
        }

        long cached = Math.Clamp(usage.CachedInput, 0, usage.Input);
        long cacheWrite = Math.Clamp(usage.CacheWrite, 0, usage.Input - cached);
        long audioInput = Math.Clamp(usage.AudioInput, 0, usage.Input - cached - cacheWrite);
        long audioOutput = Math.Clamp(usage.AudioOutput, 0, usage.Output);

        // Lifted arithmetic: one price that is needed and not known makes the whole sum unknown.
        decimal? input = Cost(usage.Input - cached - cacheWrite - audioInput, Input) + Cost(cached, CachedInput ?? Input)
            + Cost(cacheWrite, CacheWrite ?? Input) + Cost(audioInput, AudioInput);
        decimal? output = Cost(usage.Output - audioOutput, Output) + Cost(audioOutput, AudioOutput);
        decimal? other = Cost(usage.Characters, Characters) + Cost(usage.AudioSeconds * 1_000_000m / 60, AudioMinute);
        (decimal inputTimes, decimal outputTimes) = usage.Input > LongContextAbove ? (LongContextInputMultiplier, LongContextOutputMultiplier) : (1, 1);
        return RoundedUp(((input * inputTimes) + (output * outputTimes) + other) * tier);
    }

    /// <summary>
    /// The most that this many text tokens can cost, in nano-dollars: nothing read from the provider's cache, all of it written to it, on the dearest tier that
    /// the provider may choose. Null when a price is not known.
    /// </summary>
    internal long? UpperBoundInNanoUsd(long input, long output)
    {
        if (input is < 0 or > Most || output is < 0 or > Most)
        {
            return null;
        }

        (decimal inputTimes, decimal outputTimes) = input > LongContextAbove ? (LongContextInputMultiplier, LongContextOutputMultiplier) : (1, 1);
        decimal? dearest = Input is { } plain ? Math.Max(plain, Math.Max(CachedInput ?? 0, CacheWrite ?? 0)) : null;
        return RoundedUp(((input * dearest * inputTimes) + (output * Output * outputTimes)) * Math.Max(1, PriorityMultiplier ?? 1));
    }

    /// <summary>Dollars as nano-dollars, rounded up; null for a negative sum or one beyond all use.</summary>
    internal static long? ToNanoUsd(decimal usd) => usd is >= 0 and < long.MaxValue / NanoUsdPerUsd ? (long)decimal.Ceiling(usd * NanoUsdPerUsd) : null;

    internal static decimal ToUsd(long nanoUsd) => nanoUsd / NanoUsdPerUsd;

    private static decimal? Cost(decimal count, decimal? perMillion) => count == 0 ? 0 : count * perMillion;

    private static long? RoundedUp(decimal? microUsd) =>
        microUsd * NanoPerMicro is { } nano and <= long.MaxValue ? (long)decimal.Ceiling(nano) : null;

    private decimal? TierMultiplier(string? tier) => tier switch
    {
        "flex" => FlexMultiplier ?? 1,
        "priority" => PriorityMultiplier,

        // The standard tier, by whatever name a server knows it.
        _ => 1,
    };
}
