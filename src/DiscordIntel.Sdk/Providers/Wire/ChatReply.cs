namespace DiscordIntel.Providers.Wire;

/// <summary>What a chat completion says, as far as it is read. Everything may be absent: servers differ.</summary>
internal sealed class ChatReply
{
    public string? Id { get; set; }

    public string? Model { get; set; }

    public bool HasChoice { get; set; }

    public string? Text { get; set; }

    public string? Refusal { get; set; }

    /// <summary>Any text: servers have finish reasons of their own.</summary>
    public string? FinishReason { get; set; }

    public List<ToolCall>? ToolCalls { get; set; }

    public long? InputTokens { get; set; }

    public long? OutputTokens { get; set; }

    public long? CachedInputTokens { get; set; }

    public long? CacheWriteTokens { get; set; }

    public long? AudioInputTokens { get; set; }

    public long? AudioOutputTokens { get; set; }

    /// <summary>While a details object is read: its audio tokens.</summary>
    public long? AudioTokens { get; set; }

    public long? ReasoningTokens { get; set; }

    /// <summary>OpenRouter's own figure in US dollars.</summary>
    public decimal? Cost { get; set; }

    /// <summary>The tier that served the request, which decides its price.</summary>
    public string? ServiceTier { get; set; }

    /// <summary>An error object in an answer with status 200.</summary>
    public ProviderFault? Error { get; set; }

    /// <summary>Drops what was said of tokens and money.</summary>
    public void ForgetUsage()
    {
        InputTokens = OutputTokens = CachedInputTokens = CacheWriteTokens = AudioInputTokens = AudioOutputTokens = ReasoningTokens = null;
        Cost = null;
    }

    internal readonly record struct ToolCall(string Id, string Name, string Arguments);
}
