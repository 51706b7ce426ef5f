namespace DiscordIntel.Providers;

/// <summary>What travels up from our own clients beside the common reply, as its <c>RawRepresentation</c>.</summary>
internal sealed record ReplyDetails
{
    /// <summary>The provider's own figure in US dollars.</summary>
    public decimal? Cost { get; init; }

    public string? RequestId { get; init; }

    /// <summary>Input tokens written to the provider's prompt cache, which some models bill dearer.</summary>
    public long CacheWriteTokens { get; init; }

    public IReadOnlyList<string> Adjustments { get; init; } = [];
}
