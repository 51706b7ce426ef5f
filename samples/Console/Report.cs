using System.Globalization;
using DiscordIntel.Analysis;
using Spectre.Console;

namespace DiscordIntel.Samples.Terminal;

/// <summary>Writes lines and sections. What came from the text or the model is never read as markup.</summary>
internal sealed class Report(IAnsiConsole console)
{
    public static readonly Style Bold = new(decoration: Decoration.Bold);
    public static readonly Style Dim = new(decoration: Decoration.Dim);
    private static readonly Style Italic = new(decoration: Decoration.Italic);

    public IAnsiConsole Console { get; } = console;

    public void Section<T>(string title, IReadOnlyList<T> items, Func<T, Item> show)
    {
        Console.WriteLine();
        Say((title, new Style(decoration: Decoration.Bold | Decoration.Underline)), (items.Count == 0 ? ": none" : "", null));
        if (items.Count == 0)
        {
            return;
        }

        var grid = new Grid().AddColumn(new GridColumn().NoWrap().RightAligned().PadLeft(1).PadRight(1)).AddColumn(new GridColumn().PadRight(0));
        for (int i = 0; i < items.Count; i++)
        {
            Item item = show(items[i]);
            grid.AddRow(Line(($"{i + 1}.", null)), item.Line);
            if (item.Quote is { } quote)
            {
                (string, Style?) place = quote.IsFound ? ($"line {quote.Line}{(quote.Distance > 0 ? ", nearly" : "")}: ", Dim) : ("not in the text: ", new Style(Color.Red));
                grid.AddRow(Line(), Line(place, ("\u201C", Italic), (quote.Text, Italic), ("\u201D", Italic)));
            }

            if (item.Note is { } note)
            {
                grid.AddRow(Line(), Line((note, Dim)));
            }
        }

        Console.Write(grid);
    }

    public void Say(params ReadOnlySpan<(string Text, Style? Style)> parts)
    {
        Console.Write(Line(parts));
        Console.WriteLine();
    }

    public static Paragraph Line(params ReadOnlySpan<(string Text, Style? Style)> parts)
    {
        var line = new Paragraph();
        foreach ((string text, Style? style) in parts)
        {
            // One space at either end keeps the parts apart.
            string safe = SafeText.Line(text);
            line.Append($"{(text.StartsWith(' ') ? " " : "")}{safe}{(text.EndsWith(' ') ? " " : "")}", style);
        }

        return line;
    }

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    internal sealed record Item(Paragraph Line, SourceQuote? Quote, string? Note = null);
}
