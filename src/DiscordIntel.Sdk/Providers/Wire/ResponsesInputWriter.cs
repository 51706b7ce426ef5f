using System.Text.Json;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Providers.Wire;

/// <summary>Writes a message as the items that Responses takes: what is said, calls, results and hidden reasoning, each an item of its own, in their order.</summary>
internal static class ResponsesInputWriter
{
    public static void Write(Utf8JsonWriter json, ChatMessage message)
    {
        IList<AIContent> contents = message.Contents;
        if (contents is [] or [TextContent])
        {
            WriteText(json, message.Role, message.Text);
            return;
        }

        for (int i = 0; i < contents.Count; i++)
        {
            switch (contents[i])
            {
                case FunctionCallContent call:
                    WriteCall(json, call);
                    break;
                case FunctionResultContent result:
                    WriteResult(json, result);
                    break;
                case TextReasoningContent reasoning:
                    WriteReasoning(json, reasoning, contents, i);
                    break;
                case ErrorContent { ErrorCode: ChatReplyMapper.RefusalCode } declined:
                    WriteText(json, message.Role, declined.Message);
                    break;
                default:
                    i = WriteSaid(json, message.Role, contents, i);
                    break;
            }
        }
    }

    private static void WriteText(Utf8JsonWriter json, ChatRole role, string text)
    {
        json.WriteStartObject();
        json.WriteString("role"u8, role.Value);
        json.WriteString("content"u8, text);
        json.WriteEndObject();
    }

    /// <summary>Writes the texts and images from <paramref name="first"/> on as one item; returns the place of the last.</summary>
    private static int WriteSaid(Utf8JsonWriter json, ChatRole role, IList<AIContent> contents, int first)
    {
        int end = first + 1;
        while (end < contents.Count && contents[end] is not (FunctionCallContent or FunctionResultContent or TextReasoningContent or ErrorContent))
        {
            end++;
        }

        if (contents.Skip(first).Take(end - first).All(static content => content is TextContent) && (role == ChatRole.Assistant || end - first == 1))
        {
            // What a model said is a text; parts of it would need ids.
            WriteText(json, role, string.Concat(contents.Skip(first).Take(end - first)));
            return end - 1;
        }

        json.WriteStartObject();
        json.WriteString("role"u8, role.Value);
        json.WriteStartArray("content"u8);
        for (int i = first; i < end; i++)
        {
            WritePart(json, contents[i]);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return end - 1;
    }

    private static void WritePart(Utf8JsonWriter json, AIContent part)
    {
        json.WriteStartObject();
        if (part is TextContent text)
        {
            json.WriteString("type"u8, "input_text"u8);
            json.WriteString("text"u8, text.Text);
        }
        else
        {
            string address = ImageText.AddressOf(part) ?? throw RequestShape.NotSent(part);
            json.WriteString("type"u8, "input_image"u8);
            json.WriteString("image_url"u8, address);
            json.WriteString("detail"u8, ImageText.DetailOf(part));
        }

        json.WriteEndObject();
    }

    private static void WriteCall(Utf8JsonWriter json, FunctionCallContent call)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "function_call"u8);
        json.WriteString("call_id"u8, call.CallId);
        json.WriteString("name"u8, call.Name);
        json.WriteString("arguments"u8, ToolText.ArgumentsOf(call) ?? throw RequestShape.NotJson(call));
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, FunctionResultContent result)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "function_call_output"u8);
        json.WriteString("call_id"u8, result.CallId);
        json.WriteString("output"u8, ToolText.ResultOf(result) ?? throw RequestShape.NotJson(result));
        json.WriteEndObject();
    }

    /// <summary>Only what this API gave, and only before what followed from it: another server's reasoning cannot be read, and reasoning without its outcome is a 400.</summary>
    private static void WriteReasoning(Utf8JsonWriter json, TextReasoningContent reasoning, IList<AIContent> contents, int at)
    {
        if (reasoning.ProtectedData is not { } hidden || ChatReplyMapper.ReasoningIdOf(reasoning) is not { } id
            || !contents.Skip(at + 1).Any(static content => content is FunctionCallContent or TextContent))
        {
            return;
        }

        json.WriteStartObject();
        json.WriteString("type"u8, "reasoning"u8);
        json.WriteString("id"u8, id);
        json.WriteStartArray("summary"u8);
        if (reasoning.Text is { Length: > 0 } summary)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "summary_text"u8);
            json.WriteString("text"u8, summary);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("encrypted_content"u8, hidden);
        json.WriteEndObject();
    }
}
