using System.Runtime.InteropServices;
using System.Text.Json;
using DiscordIntel.Models;
using DiscordIntel.Providers;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Pipeline.Caching;

/// <summary>
/// Makes the key of a call. What it does not know may change the answer, so a call that holds anything unknown has no key and is not cached. The user is left
/// out on purpose: the pseudonym that is sent for a user does not shape the answer.
/// </summary>
internal static class CacheKeyWriter
{
    // A higher number for every change of what is hashed, and of what a kept reply means.
    private const int Version = 1;
    private const int BufferSize = 4096;

    public static bool TryWrite(in CacheKeyParts parts, out CacheKey key)
    {
        key = default;
        if (parts.Options is not IntelChatOptions options || !IsPlain(options))
        {
            return false;
        }

        var hasher = new KeyHasher(stackalloc byte[BufferSize]);
        try
        {
            hasher.Number(Version);
            hasher.Text(parts.Tenant.Tenant);
            hasher.Number(parts.Tenant.Number);
            hasher.Text(parts.Server);
            hasher.Text(parts.Operation);
            hasher.Text(parts.Reader);
            if (!Options(ref hasher, options) || !Messages(ref hasher, parts.Messages, parts.Nonce))
            {
                return false;
            }

            key = hasher.Finish();
            return true;
        }
        finally
        {
            hasher.Dispose();
        }
    }

    /// <summary>Nothing is set but what <see cref="Options"/> hashes.</summary>
#pragma warning disable MEAI001 // Experimental members are looked at so that they are not passed over.
    private static bool IsPlain(IntelChatOptions options) => options is
    {
        AdditionalProperties: null or { Count: 0 },
        AllowBackgroundResponses: null,
        AllowMultipleToolCalls: null,
        ContinuationToken: null,
        ConversationId: null,
        FrequencyPenalty: null,
        Instructions: null,
        PresencePenalty: null,
        RawRepresentationFactory: null,
        Reasoning: null,
        Seed: null,
        StopSequences: null or { Count: 0 },
        ToolMode: null,
        Tools: null or { Count: 0 },
        TopK: null,
        TopP: null,
    };
#pragma warning restore MEAI001

    private static bool Options(ref KeyHasher hasher, IntelChatOptions options)
    {
        hasher.Text(options.ModelId);
        hasher.Number(options.MaxOutputTokens);
        hasher.Number(options.Temperature is { } temperature ? BitConverter.SingleToInt32Bits(temperature) : null);
        hasher.Text(options.ReasoningEffort);
        Known(ref hasher, options.Model);
        return Format(ref hasher, options.ResponseFormat);
    }

    /// <summary>What the catalogue knows of a model shapes the request, and the catalogue can be reloaded.</summary>
    private static void Known(ref KeyHasher hasher, ModelInfo? model)
    {
        hasher.Flag(model is not null);
        if (model is not null)
        {
            hasher.Number(model.MaxOutputTokens);
            hasher.Number(model.StructuredOutputs is { } takes ? takes ? 1 : 0 : null);
            hasher.Number((int)model.Temperature);
            hasher.Number(model.ReasoningEfforts.Count);
            for (int i = 0; i < model.ReasoningEfforts.Count; i++)
            {
                hasher.Text(model.ReasoningEfforts[i]);
            }
        }
    }

    private static bool Format(ref KeyHasher hasher, ChatResponseFormat? format)
    {
        switch (format)
        {
            case null:
                hasher.Number(0);
                return true;
            case ChatResponseFormatText:
                hasher.Number(1);
                return true;
            case ChatResponseFormatJson json:
                hasher.Number(2);
                hasher.Text(json.SchemaName);
                hasher.Text(json.SchemaDescription);
                hasher.Flag(json.Schema is not null);
                if (json.Schema is not { } schema)
                {
                    return true;
                }

                if (schema.ValueKind is JsonValueKind.Undefined)
                {
                    return false;
                }

                hasher.Bytes(JsonMarshal.GetRawUtf8Value(schema));
                return true;
            default:
                return false;
        }
    }

    private static bool Messages(ref KeyHasher hasher, IReadOnlyList<ChatMessage> messages, string? nonce)
    {
        // By index: the lists are interfaces, and their enumerators would be allocated on every call.
        hasher.Number(messages.Count);
        for (int i = 0; i < messages.Count; i++)
        {
            if (!Message(ref hasher, messages[i], nonce))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Message(ref KeyHasher hasher, ChatMessage message, string? nonce)
    {
        if (message is not { RawRepresentation: null, AdditionalProperties: null or { Count: 0 } } || message.GetType() != typeof(ChatMessage))
        {
            return false;
        }

        hasher.Text(message.Role.Value);
        hasher.Text(message.AuthorName);
        hasher.Text(message.MessageId);
        IList<AIContent> contents = message.Contents;
        hasher.Number(contents.Count);
        for (int i = 0; i < contents.Count; i++)
        {
            if (contents[i] is not TextContent { RawRepresentation: null, AdditionalProperties: null or { Count: 0 }, Annotations: null or { Count: 0 } } text
                || text.GetType() != typeof(TextContent))
            {
                return false;
            }

            Said(ref hasher, text.Text, nonce);
        }

        return true;
    }

    /// <summary>A text as the pieces between the nonces. No word stands for the nonce, so no content can hold that word.</summary>
    private static void Said(ref KeyHasher hasher, ReadOnlySpan<char> text, string? nonce)
    {
        if (!string.IsNullOrEmpty(nonce))
        {
            int place;
            while ((place = text.IndexOf(nonce, StringComparison.Ordinal)) >= 0)
            {
                hasher.Flag(true);
                hasher.Text(text[..place]);
                text = text[(place + nonce.Length)..];
            }
        }

        hasher.Flag(false);
        hasher.Text(text);
    }
}
