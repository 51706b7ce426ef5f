using DiscordIntel.Providers.Wire;

namespace DiscordIntel.Providers;

/// <summary>What travels up from our own clients beside the common reply, as its <c>RawRepresentation</c>.</summary>
internal sealed record ReplyDetails
{
    /// <summary>The provider's own figure in US dollars.</summary>
    public decimal? Cost { get; init; }

    public string? RequestId { get; init; }

    /// <summary>The API of the server that answered, such as <c>chat.completions</c>.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Input tokens written to the provider's prompt cache, which some models bill dearer.</summary>
    public long CacheWriteTokens { get; init; }

    /// <summary>The part of the input tokens that was audio.</summary>
    public long AudioInputTokens { get; init; }

    /// <summary>The part of the output tokens that was audio.</summary>
    public long AudioOutputTokens { get; init; }

    /// <summary>The tier that served the request, in the provider's words.</summary>
    public string? ServiceTier { get; init; }

    /// <summary>How long the provider asks everybody to wait before the next request to this model; null when it does not.</summary>
    public TimeSpan? Pause { get; init; }

    public IReadOnlyList<string> Adjustments { get; init; } = [];

    /// <summary>These details with what the reply itself says.</summary>
    public ReplyDetails With(ChatReply reply) => this with
    {
        Cost = reply.Cost,
        CacheWriteTokens = reply.CacheWriteTokens ?? 0,
        AudioInputTokens = reply.AudioInputTokens ?? 0,
        AudioOutputTokens = reply.AudioOutputTokens ?? 0,
        ServiceTier = reply.ServiceTier,
        RequestId = RequestId ?? reply.Id,
    };
}
