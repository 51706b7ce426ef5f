using System.Globalization;
using System.Text.Json;

namespace DiscordIntel.Providers.Wire;

/// <summary>
/// Reads an error object in the shapes that OpenAI, OpenRouter and compatible servers use: <c>error</c> as an object or a string, code as text or number.
/// </summary>
internal static class ErrorReader
{
    /// <summary>What the body says beyond the status; <paramref name="fault"/> as it was when it is no JSON object.</summary>
    public static ProviderFault Read(ReadOnlyMemory<byte> body, ProviderFault fault)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement;
            return root.ValueKind is JsonValueKind.Object ? Of(JsonText.TryGetMember(root, "error"u8, out JsonElement error) ? error : root, fault) : fault;
        }
        catch (JsonException)
        {
            // HTML of a proxy, plain text, nothing at all: the status has to do.
            return fault;
        }
    }

    /// <summary>Reads the value of an <c>error</c> member.</summary>
    public static ProviderFault Of(JsonElement error, ProviderFault fault)
    {
        if (error.ValueKind is JsonValueKind.String)
        {
            return fault with { Message = JsonText.Read(error) };
        }

        if (error.ValueKind is not JsonValueKind.Object)
        {
            return fault;
        }

        bool moderated = JsonText.TryGetMember(error, "metadata"u8, out JsonElement metadata)
            && metadata.ValueKind is JsonValueKind.Object && JsonText.TryGetMember(metadata, "flagged_input"u8, out _);
        return fault with
        {
            // "detail" is what servers built on FastAPI say.
            Message = Text(error, "message"u8) ?? Text(error, "detail"u8),
            Code = moderated ? "content_filter" : Text(error, "code"u8),
            Type = Text(error, "type"u8),
            Param = Text(error, "param"u8),
        };
    }

    /// <summary>Reads the value of an <c>error</c> member inside an answer with status 200.</summary>
    public static void Read(ref Utf8JsonReader json, ChatReply reply)
    {
        using JsonDocument error = JsonDocument.ParseValue(ref json);
        if (error.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.String)
        {
            reply.Error = Of(error.RootElement, new ProviderFault { Status = 200 });
        }
    }

    private static string? Text(JsonElement parent, ReadOnlySpan<byte> name) => !JsonText.TryGetMember(parent, name, out JsonElement value)
        ? null
        : value.ValueKind switch
        {
            JsonValueKind.String => JsonText.Read(value),
            JsonValueKind.Number => value.TryGetInt64(out long number) ? number.ToString(CultureInfo.InvariantCulture) : value.GetRawText(),
            _ => null,
        };
}
