using System.Text.Json;

namespace DiscordIntel.Structured.Schemas;

/// <summary>Short one-line forms of content for messages.</summary>
internal static class Excerpt
{
    private const int Longest = 40;

    public static string Of(string text)
    {
        int length = Math.Min(text.Length, Longest);
        if (length < text.Length && char.IsHighSurrogate(text[length - 1]))
        {
            length--;
        }

        string shown = string.Create(length, text, static (span, source) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) ? ' ' : source[i];
            }
        });
        return length < text.Length ? shown + "..." : shown;
    }

    /// <summary>A value by its kind alone.</summary>
    public static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => Of(value),
    };

    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => $"\"{Of(value.GetString()!)}\"",
        _ => Of(value.GetRawText()),
    };
}
