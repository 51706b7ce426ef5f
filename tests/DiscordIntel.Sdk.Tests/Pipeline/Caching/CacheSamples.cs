using System.Text.Json;
using DiscordIntel.Pipeline.Caching;
using DiscordIntel.Providers;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Tests.Pipeline.Caching;

/// <summary>Calls and replies for the tests of the cache.</summary>
internal static class CacheSamples
{
    public static readonly CacheOptions Options = new();

    public static CacheKeyParts Parts(params ChatMessage[] messages) => new()
    {
        Tenant = new TenantGeneration("1", 0),
        Server = "openai",
        Operation = "structured.generate",
        Options = Chat(),
        Messages = messages.Length > 0 ? messages : [new ChatMessage(ChatRole.User, "What now?")],
    };

    public static IntelChatOptions Chat() => new() { ModelId = "m", Temperature = 0.5f };

    public static ChatResponseFormat Format(string schema, string? name = "answer", string? description = null) =>
        ChatResponseFormat.ForJsonSchema(JsonElement.Parse(schema), name, description);

    /// <summary>The key; null when the call has none.</summary>
    public static CacheKey? Key(in CacheKeyParts parts) => CacheKeyWriter.TryWrite(parts, out CacheKey key) ? key : null;

    public static CacheKey Key(string text) => Key(Parts(new ChatMessage(ChatRole.User, text)))!.Value;

    public static CachedReply Reply(string text) => CachedReply.Of(Response(text))!;

    public static ChatResponse Response(params IList<AIContent> contents) => new(new ChatMessage(ChatRole.Assistant, contents)) { FinishReason = ChatFinishReason.Stop };

    public static ChatResponse Response(string text) => Response(new TextContent(text));
}
