using System.Text.Json;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers.Wire;

/// <summary>Writes the body of <c>POST /chat/completions</c>.</summary>
internal static class ChatRequestWriter
{
    public static void Write(Utf8JsonWriter json, IEnumerable<ChatMessage> messages, ChatOptions? options, RequestShape shape, ReadOnlySpan<char> safetyIdentifier, bool stream)
    {
        json.WriteStartObject();
        json.WriteString("model"u8, shape.Model);
        json.WriteStartArray("messages"u8);
        foreach (ChatMessage message in messages)
        {
            WriteMessage(json, message);
        }

        json.WriteEndArray();
        if (shape.MaxOutputTokens is { } tokens)
        {
            json.WriteNumber("max_completion_tokens"u8, tokens);
        }

        if (shape.Temperature is { } temperature)
        {
            json.WriteNumber("temperature"u8, temperature);
        }

        if (shape.ReasoningEffort is { } effort)
        {
            json.WriteString("reasoning_effort"u8, effort);
        }

        if (options?.ResponseFormat is ChatResponseFormatJson format)
        {
            WriteFormat(json, format);
        }

        if (!safetyIdentifier.IsEmpty)
        {
            json.WriteString("safety_identifier"u8, safetyIdentifier);
        }

        json.WriteBoolean("store"u8, false);
        if (stream)
        {
            json.WriteBoolean("stream"u8, true);

            // Without it no usage comes, and with no usage no bill.
            json.WriteStartObject("stream_options"u8);
            json.WriteBoolean("include_usage"u8, true);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
    }

    private static void WriteMessage(Utf8JsonWriter json, ChatMessage message)
    {
        json.WriteStartObject();
        json.WriteString("role"u8, message.Role.Value);
        if (message.Contents is [] or [TextContent])
        {
            // A list without parts would be a 400.
            json.WriteString("content"u8, message.Text);
        }
        else
        {
            json.WriteStartArray("content"u8);
            foreach (AIContent content in message.Contents)
            {
                if (content is not TextContent text)
                {
                    throw RequestShape.Invalid($"A message holds {content.GetType().Name}, which this version does not send. Send text.");
                }

                json.WriteStartObject();
                json.WriteString("type"u8, "text"u8);
                json.WriteString("text"u8, text.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteFormat(Utf8JsonWriter json, ChatResponseFormatJson format)
    {
        json.WriteStartObject("response_format"u8);
        if (format.Schema is not { } schema)
        {
            json.WriteString("type"u8, "json_object"u8);
        }
        else
        {
            json.WriteString("type"u8, "json_schema"u8);
            json.WriteStartObject("json_schema"u8);
            json.WriteString("name"u8, format.SchemaName ?? "answer");
            if (format.SchemaDescription is { } description)
            {
                json.WriteString("description"u8, description);
            }

            json.WriteBoolean("strict"u8, true);
            json.WritePropertyName("schema"u8);
            schema.WriteTo(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
