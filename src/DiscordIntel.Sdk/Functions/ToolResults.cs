using System.Text.Json;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Functions;

/// <summary>What a tool gave, as text for the model.</summary>
internal static class ToolResults
{
    /// <exception cref="NotSupportedException">The serializer does not know the type.</exception>
    public static string Text(object? result, JsonSerializerOptions options) => result switch
    {
        null or JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => "The function ended without a result.",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
        JsonElement json => json.GetRawText(),
        TextContent content => content.Text,
        _ => JsonSerializer.Serialize(result, options.GetTypeInfo(result.GetType())),
    };
}
