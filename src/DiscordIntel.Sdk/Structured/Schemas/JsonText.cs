using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace DiscordIntel.Structured.Schemas;

/// <summary>Parses JSON whose every string can be read: bad UTF-8 and half surrogates would throw later, when a string is asked for.</summary>
internal static class JsonText
{
    public static bool TryParse(
        ReadOnlyMemory<byte> utf8, JsonDocumentOptions options, [NotNullWhen(true)] out JsonDocument? document, [NotNullWhen(false)] out string? fault)
    {
        document = null;
        if (!Utf8.IsValid(utf8.Span) || HasHalfSurrogate(utf8.Span, options.MaxDepth))
        {
            fault = "it holds text that is not valid Unicode";
            return false;
        }

        try
        {
            document = JsonDocument.Parse(utf8, options);
            fault = null;
            return true;
        }
        catch (JsonException e)
        {
            fault = $"it is not a single JSON value of at most {options.MaxDepth} levels (line {e.LineNumber + 1}, byte {e.BytePositionInLine})";
            return false;
        }
    }

    private static bool HasHalfSurrogate(ReadOnlySpan<byte> utf8, int maxDepth)
    {
        if (utf8.IndexOf(@"\ud"u8) < 0 && utf8.IndexOf(@"\uD"u8) < 0)
        {
            return false;
        }

        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = maxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                {
                    reader.GetString();
                }
            }

            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
        catch (JsonException)
        {
            // Told with its place when the text is parsed.
            return false;
        }
    }
}
