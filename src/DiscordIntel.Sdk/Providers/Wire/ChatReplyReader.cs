using System.Text;
using System.Text.Json;

namespace DiscordIntel.Providers.Wire;

/// <summary>
/// Reads a chat completion by hand: unknown members, nulls, wrong types and unknown words are passed over, never an exception. The first choice is the reply.
/// </summary>
internal static class ChatReplyReader
{
    /// <exception cref="JsonException">The text is not JSON, or not an object.</exception>
    public static ChatReply Read(ReadOnlySpan<byte> utf8)
    {
        var json = new Utf8JsonReader(utf8);
        var reply = new ChatReply();
        if (!json.Read() || json.TokenType is not JsonTokenType.StartObject)
        {
            throw new JsonException("The answer is not a JSON object.");
        }

        while (WireJson.NextMember(ref json, out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("choices"u8))
            {
                json.Read();
                ReadChoices(ref json, reply);
            }
            else if (name.SequenceEqual("usage"u8))
            {
                json.Read();
                UsageReader.Read(ref json, reply);
            }
            else if (name.SequenceEqual("id"u8))
            {
                reply.Id = WireJson.Text(ref json) ?? reply.Id;
            }
            else if (name.SequenceEqual("model"u8))
            {
                reply.Model = WireJson.Text(ref json) ?? reply.Model;
            }
            else if (name.SequenceEqual("service_tier"u8))
            {
                reply.ServiceTier = WireJson.Text(ref json) ?? reply.ServiceTier;
            }
            else if (name.SequenceEqual("error"u8))
            {
                json.Read();
                ErrorReader.Read(ref json, reply);
            }
            else
            {
                WireJson.Pass(ref json);
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
            while (WireJson.NextMember(ref json, out ReadOnlySpan<byte> name))
            {
                if (name.SequenceEqual("message"u8))
                {
                    json.Read();
                    ReadMessage(ref json, reply);
                }
                else if (name.SequenceEqual("finish_reason"u8))
                {
                    reply.FinishReason = WireJson.Text(ref json);
                }
                else
                {
                    WireJson.Pass(ref json);
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

        while (WireJson.NextMember(ref json, out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("content"u8))
            {
                json.Read();
                reply.Text = Content(ref json);
            }
            else if (name.SequenceEqual("refusal"u8))
            {
                reply.Refusal = WireJson.Text(ref json);
            }
            else if (name.SequenceEqual("tool_calls"u8))
            {
                json.Read();
                ReadToolCalls(ref json, reply);
            }
            else
            {
                WireJson.Pass(ref json);
            }
        }
    }

    /// <summary>A string, or the list of text parts that some servers send.</summary>
    public static string? Content(ref Utf8JsonReader json)
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

            while (WireJson.NextMember(ref json, out ReadOnlySpan<byte> name))
            {
                if (name.SequenceEqual("text"u8))
                {
                    text.Append(WireJson.Text(ref json));
                }
                else
                {
                    WireJson.Pass(ref json);
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
}
