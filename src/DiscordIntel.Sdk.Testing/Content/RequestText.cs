using System.Text;
using System.Text.Json;

namespace DiscordIntel.Testing.Content;

/// <summary>The text in a request of either API that passed the checks.</summary>
internal static class RequestText
{
    /// <summary>The text of the last user message, its text parts joined by line breaks; empty when there is none.</summary>
    public static string OfLastUserMessage(JsonElement request) =>
        Array.FindLast(Messages(request), static message => message.ValueKind == JsonValueKind.String
            || (message.TryGetProperty("role", out JsonElement role) && role.ValueEquals("user"))) is { ValueKind: not JsonValueKind.Undefined } message
            ? string.Join('\n', TextsOf(message))
            : "";

    /// <summary>One token for every four bytes of UTF-8, rounded up: an estimate without a tokenizer, which differs between models.</summary>
    public static long EstimateTokens(string text) => TokensOf(Encoding.UTF8.GetByteCount(text));

    public static long TokensOf(long bytes) => (bytes + 3) / 4;

    public static long EstimatePromptTokens(JsonElement request) => EstimateTokens(string.Concat(Messages(request).SelectMany(TextsOf)));

    // An input that is text is its own message.
    private static JsonElement[] Messages(JsonElement request) =>
        request.ValueKind != JsonValueKind.Object ? []
        : request.TryGetProperty("messages", out JsonElement messages) ? [.. messages.EnumerateArray()]
        : !request.TryGetProperty("input", out JsonElement input) ? []
        : input.ValueKind == JsonValueKind.String ? [input]
        : [.. input.EnumerateArray()];

    private static IEnumerable<string> TextsOf(JsonElement message) =>
        message.ValueKind == JsonValueKind.String ? [message.GetString()!]
        : !message.TryGetProperty("content", out JsonElement content) && !message.TryGetProperty("output", out content) ? []
        : content.ValueKind == JsonValueKind.String ? [content.GetString()!]
        : content.ValueKind == JsonValueKind.Array ? content.EnumerateArray()
            .Where(part => part.TryGetProperty("text", out _))
            .Select(part => part.GetProperty("text").GetString()!)
        : [];
}
