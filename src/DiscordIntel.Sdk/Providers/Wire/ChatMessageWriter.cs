using System.Text.Json;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers.Wire;

/// <summary>Writes the messages of a chat completions request. Hidden reasoning has no place there and is left out.</summary>
internal static class ChatMessageWriter
{
    public static void Write(Utf8JsonWriter json, ChatMessage message)
    {
        if (message.Contents is [] or [TextContent])
        {
            // A list without parts would be a 400.
            WriteText(json, message.Role.Value, message.Text);
            return;
        }

        List<AIContent> parts = [];
        List<FunctionCallContent> calls = [];
        string? refusal = null;
        bool hasResult = false;
        foreach (AIContent content in message.Contents)
        {
            switch (content)
            {
                case FunctionResultContent result:
                    // A message of its own for each: that is how the answer to a call is told.
                    WriteResult(json, result);
                    hasResult = true;
                    break;
                case FunctionCallContent call:
                    calls.Add(call);
                    break;
                case ErrorContent { ErrorCode: ChatReplyMapper.RefusalCode } declined:
                    refusal = declined.Message;
                    break;
                case TextReasoningContent:
                    break;
                default:
                    parts.Add(content);
                    break;
            }
        }

        if (parts.Count > 0 || calls.Count > 0 || refusal is not null || !hasResult)
        {
            WriteMixed(json, message.Role.Value, parts, calls, refusal);
        }
    }

    private static void WriteText(Utf8JsonWriter json, string role, string text)
    {
        json.WriteStartObject();
        json.WriteString("role"u8, role);
        json.WriteString("content"u8, text);
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, FunctionResultContent result)
    {
        json.WriteStartObject();
        json.WriteString("role"u8, "tool"u8);
        json.WriteString("tool_call_id"u8, result.CallId);
        json.WriteString("content"u8, ToolText.ResultOf(result) ?? throw RequestShape.NotJson(result));
        json.WriteEndObject();
    }

    private static void WriteMixed(Utf8JsonWriter json, string role, List<AIContent> parts, List<FunctionCallContent> calls, string? refusal)
    {
        json.WriteStartObject();
        json.WriteString("role"u8, role);
        if (parts is [TextContent only])
        {
            json.WriteString("content"u8, only.Text);
        }
        else if (parts.Count > 0)
        {
            json.WriteStartArray("content"u8);
            foreach (AIContent part in parts)
            {
                WritePart(json, part);
            }

            json.WriteEndArray();
        }
        else if (calls.Count > 0 || refusal is not null)
        {
            json.WriteNull("content"u8);
        }
        else
        {
            json.WriteString("content"u8, ""u8);
        }

        if (refusal is not null)
        {
            json.WriteString("refusal"u8, refusal);
        }

        WriteCalls(json, calls);
        json.WriteEndObject();
    }

    private static void WritePart(Utf8JsonWriter json, AIContent part)
    {
        json.WriteStartObject();
        if (part is TextContent text)
        {
            json.WriteString("type"u8, "text"u8);
            json.WriteString("text"u8, text.Text);
        }
        else
        {
            string address = ImageText.AddressOf(part) ?? throw RequestShape.NotSent(part);
            json.WriteString("type"u8, "image_url"u8);
            json.WriteStartObject("image_url"u8);
            json.WriteString("url"u8, address);
            json.WriteString("detail"u8, ImageText.DetailOf(part));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteCalls(Utf8JsonWriter json, List<FunctionCallContent> calls)
    {
        if (calls.Count == 0)
        {
            return;
        }

        json.WriteStartArray("tool_calls"u8);
        foreach (FunctionCallContent call in calls)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, call.CallId);
            json.WriteString("type"u8, "function"u8);
            json.WriteStartObject("function"u8);
            json.WriteString("name"u8, call.Name);
            json.WriteString("arguments"u8, ToolText.ArgumentsOf(call) ?? throw RequestShape.NotJson(call));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
