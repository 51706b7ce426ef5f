using System.Text.Json;

namespace DiscordIntel.Providers.Wire;

/// <summary>Reads the items of a response's output: messages, calls of functions, reasoning. Other kinds are passed over.</summary>
internal static class ResponsesItems
{
    /// <param name="item">The item.</param>
    /// <param name="at">Its place in the output.</param>
    /// <param name="reply">What it is added to.</param>
    public static void Read(JsonElement item, int at, ChatReply reply)
    {
        if (item.ValueKind is not JsonValueKind.Object)
        {
            return;
        }

        switch (Text(item, "type"u8))
        {
            case "message":
                ReadMessage(item, at, reply);
                break;
            case "function_call":
                (reply.ToolCalls ??= []).Add(new(Text(item, "call_id"u8) ?? Text(item, "id"u8) ?? "", Text(item, "name"u8) ?? "", Text(item, "arguments"u8) ?? "", at));
                break;
            case "reasoning" when Text(item, "encrypted_content"u8) is { Length: > 0 } hidden:
                (reply.Reasoning ??= []).Add(new(Text(item, "id"u8) ?? "", hidden, Summary(item), at));
                break;
        }
    }

    private static void ReadMessage(JsonElement message, int at, ChatReply reply)
    {
        reply.TextAt ??= at;
        foreach (JsonElement part in Parts(message, "content"u8))
        {
            switch (Text(part, "type"u8))
            {
                case "output_text":
                    reply.Text += Text(part, "text"u8);
                    break;
                case "refusal":
                    reply.Refusal += Text(part, "refusal"u8);
                    break;
            }
        }
    }

    private static string Summary(JsonElement reasoning) => string.Join("\n\n", Parts(reasoning, "summary"u8).Select(static part => Text(part, "text"u8)));

    private static IEnumerable<JsonElement> Parts(JsonElement parent, ReadOnlySpan<byte> name) =>
        JsonText.TryGetMember(parent, name, out JsonElement parts) && parts.ValueKind is JsonValueKind.Array
            ? parts.EnumerateArray().Where(static part => part.ValueKind is JsonValueKind.Object)
            : [];

    private static string? Text(JsonElement parent, ReadOnlySpan<byte> name) =>
        JsonText.TryGetMember(parent, name, out JsonElement value) && value.ValueKind is JsonValueKind.String ? JsonText.Read(value) : null;
}
