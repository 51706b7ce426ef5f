using System.Globalization;
using System.Text.Json;
using DiscordIntel.Testing.Content;

namespace DiscordIntel.Testing.Replies;

/// <summary>Writes a <c>chat.completion</c> object in which everything follows from the request and its number.</summary>
internal static class CompletionWriter
{
    // 1 January 2026. A clock would make two equal runs differ.
    private const long FirstCreated = 1_767_225_600;

    public static string Write(EmulatorCall call, Completion completion) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("id", string.Create(CultureInfo.InvariantCulture, $"chatcmpl-emulator-{call.Number}"));
        json.WriteString("object", "chat.completion");
        json.WriteNumber("created", FirstCreated + call.Number);
        json.WriteString("model", call.Model);
        json.WriteStartArray("choices");
        if (completion.HasChoice)
        {
            WriteChoice(json, completion);
        }

        json.WriteEndArray();
        WriteUsage(json, RequestText.EstimatePromptTokens(call.Body), RequestText.EstimateTokens(completion.Content ?? completion.Refusal ?? ""));
        json.WriteString("service_tier", "default");
        json.WriteNull("system_fingerprint");
        json.WriteEndObject();
    });

    private static void WriteChoice(Utf8JsonWriter json, Completion completion)
    {
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        if (completion.HasMessage)
        {
            json.WriteStartObject("message");
            json.WriteString("role", "assistant");
            json.WriteString("content", completion.Content);
            json.WriteString("refusal", completion.Refusal);
            json.WriteStartArray("annotations");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteNull("logprobs");
        json.WriteString("finish_reason", completion.FinishReason);
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, int prompt, int completion)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", prompt);
        json.WriteNumber("completion_tokens", completion);
        json.WriteNumber("total_tokens", prompt + completion);
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
}
