using System.Text.Json;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers.Wire;

/// <summary>What both APIs say of a JSON schema that the answer must fit.</summary>
internal static class FormatWriter
{
    public static void WriteSchema(Utf8JsonWriter json, ChatResponseFormatJson format, JsonElement schema)
    {
        json.WriteString("name"u8, format.SchemaName ?? "answer");
        if (format.SchemaDescription is { } description)
        {
            json.WriteString("description"u8, description);
        }

        json.WriteBoolean("strict"u8, true);
        json.WritePropertyName("schema"u8);
        schema.WriteTo(json);
    }
}
