using System.Text;
using Spectre.Console;

namespace DiscordIntel.Samples.Terminal;

/// <summary>Where a report goes: as wide as the terminal, or 100 columns where there is none.</summary>
internal sealed class Terminal(TextWriter writer) : IAnsiConsoleOutput
{
    /// <summary>Colours only on a terminal: a pipe, a file or a CI log gets plain text.</summary>
    public static AnsiConsoleSettings Settings(TextWriter writer)
    {
        var terminal = new Terminal(writer);
        return new AnsiConsoleSettings
        {
            Out = terminal,
            Ansi = terminal.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal.IsTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        };
    }

    public TextWriter Writer => writer;

    public bool IsTerminal => (ReferenceEquals(writer, Console.Out) && !Console.IsOutputRedirected) || (ReferenceEquals(writer, Console.Error) && !Console.IsErrorRedirected);

    public int Width => IsTerminal && Console.WindowWidth > 0 ? Math.Clamp(Console.WindowWidth, 20, 120) : 100;

    public int Height => IsTerminal && Console.WindowHeight > 0 ? Console.WindowHeight : 25;

    public void SetEncoding(Encoding encoding)
    {
        // The program has set it.
    }
}
