using System.Globalization;

namespace DiscordIntel.Samples.Terminal;

/// <summary>The command line of <c>discord-preview</c>.</summary>
internal sealed record PreviewArguments
{
    public const string Usage =
        """
        Shows how a long answer is written into Discord while a model writes it: each call, and the messages in the end.
        Nothing is sent, nobody is asked, and time is virtual: the answer is the text of the file.

        Usage: discord-preview FILE|- [options]

          FILE                   the answer, a UTF-8 text; - reads standard input
          --chars-per-second N   how fast the model writes (default: 250)
          --limit N              the most characters of a message, 64 to 4000 (default: 2000, Discord's limit)
          --json                 print JSON, with the text of every call, instead of a report

        Every call is taken to last 0.15 s.
        Exit codes: 0 done, 1 the answer could not be written whole, 2 the command line is wrong, 130 Ctrl-C.
        """;

    public required string File { get; init; }

    public double CharsPerSecond { get; init; } = 250;

    public int Limit { get; init; } = 2000;

    public bool Json { get; init; }

    public static PreviewArguments Parse(IReadOnlyList<string> args)
    {
        var parsed = new PreviewArguments { File = "" };
        var files = new List<string>();
        for (int i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--json":
                    parsed = parsed with { Json = true };
                    break;
                case "--chars-per-second":
                    parsed = parsed with { CharsPerSecond = Speed(CommandLine.Value(args, ref i, "discord-preview")) };
                    break;
                case "--limit":
                    parsed = parsed with { Limit = Chars(CommandLine.Value(args, ref i, "discord-preview")) };
                    break;
                case ['-', _, ..] unknown:
                    throw new UsageException($"Unknown option '{unknown}'. See discord-preview --help.");
                default:
                    files.Add(args[i]);
                    break;
            }
        }

        return files.Count == 1
            ? parsed with { File = files[0] }
            : throw new UsageException("Name one text file, or - for standard input. See discord-preview --help.");
    }

    private static double Speed(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double speed) && speed is >= 1 and <= 1_000_000
            ? speed
            : throw new UsageException($"--chars-per-second is '{text}'. Use a number from 1 to 1000000.");

    private static int Chars(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int chars) && chars is >= 64 and <= 4000
            ? chars
            : throw new UsageException($"--limit is '{text}'. Use a whole number from 64 to 4000.");
}
