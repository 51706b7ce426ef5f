using System.Runtime.InteropServices;

namespace DiscordIntel.Providers.Wire;

/// <summary>What an answer of either API says, as far as it is read. Everything may be absent: servers differ.</summary>
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

    /// <summary>Hidden reasoning, encrypted for the next round to carry.</summary>
    public List<HiddenReasoning>? Reasoning { get; set; }

    /// <summary>The place of the text among calls and reasoning, where the API gives them an order.</summary>
    public int? TextAt { get; set; }

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

    /// <param name="Id">The id that the result names.</param>
    /// <param name="Name">The function.</param>
    /// <param name="Arguments">What the model wrote, which should be JSON.</param>
    /// <param name="At">Its place in the answer.</param>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct ToolCall(string Id, string Name, string Arguments, int At = 0);

    /// <param name="Id">The provider's id.</param>
    /// <param name="Data">The encrypted text.</param>
    /// <param name="Summary">What may be shown of it; mostly empty.</param>
    /// <param name="At">Its place in the answer.</param>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct HiddenReasoning(string Id, string Data, string Summary, int At);
}
