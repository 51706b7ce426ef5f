using Spectre.Console;

namespace DiscordIntel.Samples.Terminal;

/// <summary>Text of a stranger, made fit for a terminal: escape sequences and markup in it do nothing.</summary>
internal static class SafeText
{
    public static string Line(string text) =>
        string.Join(' ', new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public static string Markup(string text) => Spectre.Console.Markup.Escape(Line(text));
}
