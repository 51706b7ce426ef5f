using System.Globalization;
using System.Text.Json;
using DiscordIntel.Testing.Content;

namespace DiscordIntel.Testing.Replies;

/// <summary>Writes a <c>chat.completion</c> object in which everything follows from the request and its number.</summary>
internal static class CompletionWriter
{
    // 1 January 2026. A clock would make two equal runs differ.
    private const long FirstCreated = 1_767_225_600;

    public static string Write(EmulatorCall call, Completion completion, bool withUsage) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        WriteHead(json, call, "chat.completion");
        json.WriteStartArray("choices");
        if (completion.HasChoice)
        {
            WriteChoice(json, call, completion);
        }

        json.WriteEndArray();
        if (withUsage)
        {
            WriteUsage(json, call, completion);
        }

        json.WriteString("service_tier", "default");
        json.WriteNull("system_fingerprint");
        json.WriteEndObject();
    });

    /// <summary>A second for every request.</summary>
    public static long CreatedAt(EmulatorCall call) => FirstCreated + call.Number;

    /// <summary>What a completion and all chunks of a stream begin with.</summary>
    public static void WriteHead(Utf8JsonWriter json, EmulatorCall call, string kind)
    {
        json.WriteString("id", string.Create(CultureInfo.InvariantCulture, $"chatcmpl-emulator-{call.Number}"));
        json.WriteString("object", kind);
        json.WriteNumber("created", CreatedAt(call));
        json.WriteString("model", call.Model);
    }

    public static void WriteUsage(Utf8JsonWriter json, EmulatorCall call, Completion completion)
    {
        long input = RequestText.EstimatePromptTokens(call.Body);
        long output = RequestText.EstimateTokens(completion.Written);
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", input);
        json.WriteNumber("completion_tokens", output);
        json.WriteNumber("total_tokens", input + output);
        json.WriteStartObject("prompt_tokens_details");
        json.WriteNumber("cached_tokens", 0);
        json.WriteNumber("audio_tokens", 0);
        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details");
        json.WriteNumber("reasoning_tokens", 0);
        json.WriteNumber("audio_tokens", 0);
        json.WriteNumber("accepted_prediction_tokens", 0);
        json.WriteNumber("rejected_prediction_tokens", 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteChoice(Utf8JsonWriter json, EmulatorCall call, Completion completion)
    {
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        if (completion.HasMessage)
        {
            json.WriteStartObject("message");
            json.WriteString("role", "assistant");
            json.WriteString("content", completion.Content);
            json.WriteString("refusal", completion.Refusal);
            WriteToolCalls(json, call, completion);
            json.WriteStartArray("annotations");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteNull("logprobs");
        json.WriteString("finish_reason", completion.FinishReason);
        json.WriteEndObject();
    }

    private static void WriteToolCalls(Utf8JsonWriter json, EmulatorCall call, Completion completion)
    {
        if (completion.ToolCalls.Count == 0)
        {
            return;
        }

        json.WriteStartArray("tool_calls");
        foreach ((int index, (string name, string arguments)) in completion.ToolCalls.Index())
        {
            json.WriteStartObject();
            json.WriteString("id", Completion.CallId(call, index));
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", name);
            json.WriteString("arguments", arguments);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
