using System.Text.Json;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers.Wire;

/// <summary>Writes the body of <c>POST /responses</c>. The provider stores nothing, so hidden reasoning comes back encrypted, for the next round to carry.</summary>
internal static class ResponsesRequestWriter
{
    // OpenAI's API description: anything below is a 400.
    private const int LeastOutputTokens = 16;

    public static void Write(Utf8JsonWriter json, IEnumerable<ChatMessage> messages, ChatOptions? options, RequestShape shape, ReadOnlySpan<char> safetyIdentifier, bool stream)
    {
        json.WriteStartObject();
        json.WriteString("model"u8, shape.Model);
        json.WriteStartArray("input"u8);
        foreach (ChatMessage message in messages)
        {
            ResponsesInputWriter.Write(json, message);
        }

        json.WriteEndArray();
        WriteShape(json, shape);
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
        }

        json.WriteEndObject();
        json.Flush();
    }

    private static void WriteShape(Utf8JsonWriter json, RequestShape shape)
    {
        if (shape.MaxOutputTokens is { } tokens)
        {
            json.WriteNumber("max_output_tokens"u8, tokens >= LeastOutputTokens ? tokens
                : throw RequestShape.Invalid($"The Responses API takes no MaxOutputTokens below {LeastOutputTokens}, and {tokens} are asked for. Raise it."));
        }

        if (shape.Temperature is { } temperature)
        {
            json.WriteNumber("temperature"u8, temperature);
        }

        if (shape.ReasoningEffort is { } effort)
        {
            json.WriteStartObject("reasoning"u8);
            json.WriteString("effort"u8, effort);
            json.WriteEndObject();
            if (effort is not "none")
            {
                // Asked of a model that does not reason, it would be a 400.
                json.WriteStartArray("include"u8);
                json.WriteStringValue("reasoning.encrypted_content"u8);
                json.WriteEndArray();
            }
        }
    }

    private static void WriteFormat(Utf8JsonWriter json, ChatResponseFormatJson format)
    {
        json.WriteStartObject("text"u8);
        json.WriteStartObject("format"u8);
        if (format.Schema is { } schema)
        {
            json.WriteString("type"u8, "json_schema"u8);
            FormatWriter.WriteSchema(json, format, schema);
        }
        else
        {
            json.WriteString("type"u8, "json_object"u8);
        }

        json.WriteEndObject();
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
            ToolText.WriteFunction(json, function);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (options.ToolMode is RequiredChatToolMode { RequiredFunctionName: { } name })
        {
            json.WriteStartObject("tool_choice"u8);
            json.WriteString("type"u8, "function"u8);
            json.WriteString("name"u8, name);
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
