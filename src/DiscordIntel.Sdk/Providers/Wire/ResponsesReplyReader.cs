using System.Text.Json;

namespace DiscordIntel.Providers.Wire;

/// <summary>Reads a response object, whole or at the end of a stream, by hand: unknown members, nulls, wrong types and unknown words are passed over.</summary>
internal static class ResponsesReplyReader
{
    /// <exception cref="JsonException">The text is not JSON, or not an object.</exception>
    public static ChatReply Read(ReadOnlySpan<byte> utf8)
    {
        var json = new Utf8JsonReader(utf8);
        if (!json.Read() || json.TokenType is not JsonTokenType.StartObject)
        {
            throw new JsonException("The answer is not a JSON object.");
        }

        ChatReply reply = Read(ref json);

        // Text after the object would throw here: half an answer and a bit of another is no answer.
        json.Read();
        return reply;
    }

    /// <summary>Reads the object on which the reader stands; anything else is passed over.</summary>
    public static ChatReply Read(ref Utf8JsonReader json)
    {
        var reply = new ChatReply();
        string? status = null, reason = null;
        if (json.TokenType is not JsonTokenType.StartObject)
        {
            json.Skip();
            return reply;
        }

        while (WireJson.NextMember(ref json, out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("output"u8))
            {
                json.Read();
                ReadOutput(ref json, reply);
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
            else if (name.SequenceEqual("status"u8))
            {
                status = WireJson.Text(ref json);
            }
            else if (name.SequenceEqual("incomplete_details"u8))
            {
                json.Read();
                reason = ReadReason(ref json);
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

        reply.FinishReason = FinishOf(status, reason, reply);
        return reply;
    }

    // In the words of Chat Completions, which is what the rest of the SDK knows. Whatever is not over, and whatever ended in an unknown way, is not complete.
    private static string FinishOf(string? status, string? reason, ChatReply reply) => status switch
    {
        null or "completed" => reply.ToolCalls is null ? "stop" : "tool_calls",
        "incomplete" => reason is "content_filter" ? "content_filter" : "length",
        _ => "error",
    };

    private static void ReadOutput(ref Utf8JsonReader json, ChatReply reply)
    {
        if (json.TokenType is not JsonTokenType.StartArray)
        {
            json.Skip();
            return;
        }

        reply.HasChoice = true;
        using JsonDocument output = JsonDocument.ParseValue(ref json);
        int index = 0;
        foreach (JsonElement item in output.RootElement.EnumerateArray())
        {
            ResponsesItems.Read(item, index++, reply);
        }
    }

    private static string? ReadReason(ref Utf8JsonReader json)
    {
        string? reason = null;
        if (json.TokenType is not JsonTokenType.StartObject)
        {
            json.Skip();
            return null;
        }

        while (WireJson.NextMember(ref json, out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("reason"u8))
            {
                reason = WireJson.Text(ref json);
            }
            else
            {
                WireJson.Pass(ref json);
            }
        }

        return reason;
    }
}
