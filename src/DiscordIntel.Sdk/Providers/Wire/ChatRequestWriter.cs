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
            ChatMessageWriter.Write(json, message);
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

        WriteTools(json, options);
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
            FormatWriter.WriteSchema(json, format, schema);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteTools(Utf8JsonWriter json, ChatOptions? options)
    {
        if (options?.Tools is not { Count: > 0 })
        {
            // A choice among no tools would be a 400.
            return;
        }

        json.WriteStartArray("tools"u8);
        foreach (AIFunctionDeclaration function in ToolText.FunctionsOf(options))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "function"u8);
            json.WriteStartObject("function"u8);
            ToolText.WriteFunction(json, function);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (options.ToolMode is RequiredChatToolMode { RequiredFunctionName: { } name })
        {
            json.WriteStartObject("tool_choice"u8);
            json.WriteString("type"u8, "function"u8);
            json.WriteStartObject("function"u8);
            json.WriteString("name"u8, name);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        else
        {
            ToolText.WriteChoice(json, options);
        }

        if (options.AllowMultipleToolCalls is { } parallel)
        {
            json.WriteBoolean("parallel_tool_calls"u8, parallel);
        }
    }
}
