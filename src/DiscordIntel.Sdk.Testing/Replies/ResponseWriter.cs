using System.Globalization;
using System.Text.Json;
using DiscordIntel.Testing.Content;

namespace DiscordIntel.Testing.Replies;

/// <summary>Writes a <c>response</c> object in which everything follows from the request and its number.</summary>
internal static class ResponseWriter
{
    /// <summary>What stands for the encrypted reasoning of an item; a request that carries it back must have exactly this.</summary>
    public static string HiddenOf(string id) => $"gAAAA-emulator-{id}";

    public static string IdOf(EmulatorCall call) => string.Create(CultureInfo.InvariantCulture, $"resp_emulator_{call.Number}");

    public static string Write(EmulatorCall call, Completion completion, bool withUsage) => JsonText.Write(json => Write(json, call, completion, isEnd: true, withUsage));

    /// <param name="json">Where to.</param>
    /// <param name="call">The request.</param>
    /// <param name="completion">What is answered.</param>
    /// <param name="isEnd">False for the head of a stream: in progress, and nothing said yet.</param>
    /// <param name="withUsage">Whether the tokens are told.</param>
    public static void Write(Utf8JsonWriter json, EmulatorCall call, Completion completion, bool isEnd, bool withUsage)
    {
        string? cut = !isEnd ? null : completion.FinishReason switch { "length" => "max_output_tokens", "content_filter" => "content_filter", _ => null };
        json.WriteStartObject();
        json.WriteString("id", IdOf(call));
        json.WriteString("object", "response");
        json.WriteNumber("created_at", CompletionWriter.CreatedAt(call));
        json.WriteString("status", !isEnd ? "in_progress" : cut is null ? "completed" : "incomplete");
        json.WriteNull("error");
        WriteReason(json, cut);
        json.WriteNull("instructions");
        json.WriteStartObject("metadata");
        json.WriteEndObject();
        json.WriteString("model", call.Model);
        json.WriteStartArray("output");
        foreach (ResponseItem item in isEnd ? ResponseItem.Of(call, completion) : [])
        {
            item.Write(json, isDone: true);
        }

        json.WriteEndArray();
        json.WriteBoolean("parallel_tool_calls", true);
        json.WriteString("service_tier", "default");
        json.WriteNull("temperature");
        json.WriteString("tool_choice", "auto");
        json.WriteStartArray("tools");
        json.WriteEndArray();
        json.WriteNull("top_p");
        WriteUsage(json, call, completion, isEnd && withUsage);
        json.WriteEndObject();
    }

    private static void WriteReason(Utf8JsonWriter json, string? reason)
    {
        if (reason is null)
        {
            json.WriteNull("incomplete_details");
            return;
        }

        json.WriteStartObject("incomplete_details");
        json.WriteString("reason", reason);
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, EmulatorCall call, Completion completion, bool isTold)
    {
        if (!isTold)
        {
            json.WriteNull("usage");
            return;
        }

        long input = RequestText.EstimatePromptTokens(call.Body);
        long output = RequestText.EstimateTokens(completion.Written);
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", input);
        json.WriteStartObject("input_tokens_details");
        json.WriteNumber("cached_tokens", 0);
        json.WriteNumber("cache_write_tokens", 0);
        json.WriteEndObject();
        json.WriteNumber("output_tokens", output);
        json.WriteStartObject("output_tokens_details");
        json.WriteNumber("reasoning_tokens", 0);
        json.WriteEndObject();
        json.WriteNumber("total_tokens", input + output);
        json.WriteEndObject();
    }
}
