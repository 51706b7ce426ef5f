using System.Text;
using System.Text.Json;

namespace DiscordIntel.Providers.Wire;

/// <summary>
/// Reads a chat completion by hand: unknown members, nulls, wrong types and unknown words are passed over, never an exception. The first choice is the reply.
/// </summary>
internal static class ChatReplyReader
{
    // No request has a million million tokens: such a number is a fault, and sums and costs made of it would overflow.
    private const long MaxCount = 1_000_000_000_000;

    /// <exception cref="JsonException">The text is not JSON, or not an object.</exception>
    public static ChatReply Read(ReadOnlySpan<byte> utf8)
    {
        var json = new Utf8JsonReader(utf8);
        var reply = new ChatReply();
        if (!json.Read() || json.TokenType is not JsonTokenType.StartObject)
        {
            throw new JsonException("The answer is not a JSON object.");
        }

        while (NextMember(ref json, out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("choices"u8))
            {
                json.Read();
                ReadChoices(ref json, reply);
            }
            else if (name.SequenceEqual("usage"u8))
            {
                json.Read();
                ReadUsage(ref json, reply);
            }
            else if (name.SequenceEqual("id"u8))
            {
                reply.Id = Text(ref json) ?? reply.Id;
            }
            else if (name.SequenceEqual("model"u8))
            {
                reply.Model = Text(ref json) ?? reply.Model;
            }
            else if (name.SequenceEqual("service_tier"u8))
            {
                reply.ServiceTier = Text(ref json) ?? reply.ServiceTier;
            }
            else if (name.SequenceEqual("error"u8))
            {
                json.Read();
                ReadError(ref json, reply);
            }
            else
            {
                Pass(ref json);
            }
        }

        // Text after the object would throw here: half an answer and a bit of another is no answer.
        json.Read();
        return reply;
    }

    private static void ReadChoices(ref Utf8JsonReader json, ChatReply reply)
    {
        if (json.TokenType is not JsonTokenType.StartArray)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType is not JsonTokenType.EndArray)
        {
            if (reply.HasChoice || json.TokenType is not JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            reply.HasChoice = true;
            while (NextMember(ref json, out ReadOnlySpan<byte> name))
            {
                if (name.SequenceEqual("message"u8))
                {
                    json.Read();
                    ReadMessage(ref json, reply);
                }
                else if (name.SequenceEqual("finish_reason"u8))
                {
                    reply.FinishReason = Text(ref json);
                }
                else
                {
                    Pass(ref json);
                }
            }
        }
    }

    private static void ReadMessage(ref Utf8JsonReader json, ChatReply reply)
    {
        if (json.TokenType is not JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        while (NextMember(ref json, out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("content"u8))
            {
                json.Read();
                reply.Text = Content(ref json);
            }
            else if (name.SequenceEqual("refusal"u8))
            {
                reply.Refusal = Text(ref json);
            }
            else if (name.SequenceEqual("tool_calls"u8))
            {
                json.Read();
                ReadToolCalls(ref json, reply);
            }
            else
            {
                Pass(ref json);
            }
        }
    }

    /// <summary>A string, or the list of text parts that some servers send.</summary>
    private static string? Content(ref Utf8JsonReader json)
    {
        if (json.TokenType is JsonTokenType.String)
        {
            return JsonText.Read(ref json);
        }

        if (json.TokenType is not JsonTokenType.StartArray)
        {
            json.Skip();
            return null;
        }

        var text = new StringBuilder();
        while (json.Read() && json.TokenType is not JsonTokenType.EndArray)
        {
            if (json.TokenType is not JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            while (NextMember(ref json, out ReadOnlySpan<byte> name))
            {
                if (name.SequenceEqual("text"u8))
                {
                    text.Append(Text(ref json));
                }
                else
                {
                    Pass(ref json);
                }
            }
        }

        return text.ToString();
    }

    private static void ReadToolCalls(ref Utf8JsonReader json, ChatReply reply)
    {
        if (json.TokenType is not JsonTokenType.StartArray)
        {
            json.Skip();
            return;
        }

        using JsonDocument calls = JsonDocument.ParseValue(ref json);
        foreach (JsonElement call in calls.RootElement.EnumerateArray())
        {
            if (call.ValueKind is JsonValueKind.Object && JsonText.TryGetMember(call, "function"u8, out JsonElement function) && function.ValueKind is JsonValueKind.Object)
            {
                (reply.ToolCalls ??= []).Add(new(Member(call, "id"u8), Member(function, "name"u8), Member(function, "arguments"u8)));
            }
        }

        static string Member(JsonElement parent, ReadOnlySpan<byte> name) =>
            JsonText.TryGetMember(parent, name, out JsonElement value) && value.ValueKind is JsonValueKind.String ? JsonText.Read(value) : "";
    }

    private static void ReadUsage(ref Utf8JsonReader json, ChatReply reply)
    {
        if (json.TokenType is not JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        while (NextMember(ref json, out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("prompt_tokens"u8))
            {
                reply.InputTokens = Count(ref json);
            }
            else if (name.SequenceEqual("completion_tokens"u8))
            {
                reply.OutputTokens = Count(ref json);
            }
            else if (name.SequenceEqual("cached_tokens"u8))
            {
                reply.CachedInputTokens = Count(ref json);
            }
            else if (name.SequenceEqual("cache_write_tokens"u8))
            {
                reply.CacheWriteTokens = Count(ref json);
            }
            else if (name.SequenceEqual("reasoning_tokens"u8))
            {
                reply.ReasoningTokens = Count(ref json);
            }
            else if (name.SequenceEqual("cost"u8))
            {
                json.Read();
                reply.Cost = json.TokenType is JsonTokenType.Number && json.TryGetDecimal(out decimal cost) && cost >= 0 ? cost : null;
                json.Skip();
            }
            else if (name.SequenceEqual("audio_tokens"u8))
            {
                // Named alike in the details of the input and of the output; which of them is known outside.
                reply.AudioTokens = Count(ref json);
            }
            else if (name.SequenceEqual("prompt_tokens_details"u8))
            {
                json.Read();
                ReadUsage(ref json, reply);
                (reply.AudioInputTokens, reply.AudioTokens) = (reply.AudioTokens, null);
            }
            else if (name.SequenceEqual("completion_tokens_details"u8))
            {
                json.Read();
                ReadUsage(ref json, reply);
                (reply.AudioOutputTokens, reply.AudioTokens) = (reply.AudioTokens, null);
            }
            else
            {
                Pass(ref json);
            }
        }
    }

    private static void ReadError(ref Utf8JsonReader json, ChatReply reply)
    {
        using JsonDocument error = JsonDocument.ParseValue(ref json);
        if (error.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.String)
        {
            reply.Error = ErrorReader.Of(error.RootElement, new ProviderFault { Status = 200 });
        }
    }

    private static bool NextMember(ref Utf8JsonReader json, out ReadOnlySpan<byte> name)
    {
        bool isMember = json.Read() && json.TokenType is JsonTokenType.PropertyName;
        name = isMember ? JsonText.Name(ref json) : default;
        return isMember;
    }

    private static void Pass(ref Utf8JsonReader json)
    {
        json.Read();
        json.Skip();
    }

    private static string? Text(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType is JsonTokenType.String)
        {
            return JsonText.Read(ref json);
        }

        json.Skip();
        return null;
    }

    private static long? Count(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType is JsonTokenType.Number && json.TryGetInt64(out long count) && count is >= 0 and <= MaxCount)
        {
            return count;
        }

        json.Skip();
        return null;
    }
}
