namespace DiscordIntel.Models;

/// <summary>What one request took, as a provider bills it. Parts of a count are named after it and are never counted twice.</summary>
internal readonly record struct BillableUsage
{
    /// <summary>Input tokens of every kind.</summary>
    public long Input { get; init; }

    /// <summary>The part of <see cref="Input"/> that was read from the provider's prompt cache.</summary>
    public long CachedInput { get; init; }

    /// <summary>The part of <see cref="Input"/> that was written to it.</summary>
    public long CacheWrite { get; init; }

    /// <summary>The part of <see cref="Input"/> that was audio.</summary>
    public long AudioInput { get; init; }

    /// <summary>Output tokens of every kind, reasoning included.</summary>
    public long Output { get; init; }

    /// <summary>The part of <see cref="Output"/> that was audio.</summary>
    public long AudioOutput { get; init; }

    /// <summary>Seconds of audio, for models billed by the minute.</summary>
    public decimal AudioSeconds { get; init; }

    /// <summary>Characters to speak, for models billed by them.</summary>
    public long Characters { get; init; }

    /// <summary>The service tier in the provider's words, such as <c>flex</c>; null for the standard one.</summary>
    public string? ServiceTier { get; init; }
}
