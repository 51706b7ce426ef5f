using System.Text.Json;

namespace DiscordIntel.Providers.Wire;

/// <summary>Reads a <c>usage</c> object, of a whole answer or of the last event of a stream, in the words of either API.</summary>
internal static class UsageReader
{
    public static void Read(ref Utf8JsonReader json, ChatReply reply)
    {
        if (json.TokenType is not JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        while (WireJson.NextMember(ref json, out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("prompt_tokens"u8) || name.SequenceEqual("input_tokens"u8))
            {
                reply.InputTokens = WireJson.Count(ref json);
            }
            else if (name.SequenceEqual("completion_tokens"u8) || name.SequenceEqual("output_tokens"u8))
            {
                reply.OutputTokens = WireJson.Count(ref json);
            }
            else if (name.SequenceEqual("cached_tokens"u8))
            {
                reply.CachedInputTokens = WireJson.Count(ref json);
            }
            else if (name.SequenceEqual("cache_write_tokens"u8))
            {
                reply.CacheWriteTokens = WireJson.Count(ref json);
            }
            else if (name.SequenceEqual("reasoning_tokens"u8))
            {
                reply.ReasoningTokens = WireJson.Count(ref json);
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
                reply.AudioTokens = WireJson.Count(ref json);
            }
            else if (name.SequenceEqual("prompt_tokens_details"u8) || name.SequenceEqual("input_tokens_details"u8))
            {
                json.Read();
                Read(ref json, reply);
                (reply.AudioInputTokens, reply.AudioTokens) = (reply.AudioTokens, null);
            }
            else if (name.SequenceEqual("completion_tokens_details"u8) || name.SequenceEqual("output_tokens_details"u8))
            {
                json.Read();
                Read(ref json, reply);
                (reply.AudioOutputTokens, reply.AudioTokens) = (reply.AudioTokens, null);
            }
            else
            {
                WireJson.Pass(ref json);
            }
        }
    }
}
