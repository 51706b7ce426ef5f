using System.Globalization;

namespace DiscordIntel.Samples.Terminal;

/// <summary>Text of a stranger, made fit for a terminal: escape sequences, line breaks and marks that turn the writing direction do nothing.</summary>
internal static class SafeText
{
    public static string Line(string text) =>
        string.Join(' ', new string([.. text.Select(c => IsHarmless(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A piece of a longer text: its line breaks and tabs stay.</summary>
    public static string Piece(string text) => new([.. text.Where(c => c is '\n' or '\t' || IsHarmless(c))]);

    /// <summary>A line whose spaces tell something, such as one of code.</summary>
    public static string Indented(string line) => new([.. line.Replace("\t", "    ", StringComparison.Ordinal).Select(c => IsHarmless(c) ? c : ' ')]);

    private static bool IsHarmless(char c) =>
        CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && c is not ('\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));
}
