using System.Globalization;
using DiscordIntel.Analysis;

namespace DiscordIntel.Samples.Terminal;

/// <summary>The command line of <c>analyze</c>.</summary>
internal sealed record AnalyzeArguments
{
    public const string Usage =
        """
        Reads texts and reports what is in them.

        Usage: analyze FILE|FOLDER|- ... [--kind debate|fact-check|sentiment] [options]

          FILE             a UTF-8 text; - reads standard input; a FOLDER stands for its .txt and .md files,
                           but for files about the folder itself such as README.md
          --kind KIND      what to read it for: debate (default), fact-check, sentiment
          --json           print JSON instead of a report (a list of reports for several texts)
          --drop-ungrounded
                           leave out what rests on a quote that is not in the text
          --part-tokens N  read texts above this estimate in parts of at most this size (default: 12000)
          --parts          show how the texts would be split, and ask nobody
          --model ID       the model to ask (default: the configured one)
          --timeout SECS   give up after this many seconds (default: 120)
          --fault NAME     on the emulator only: show how a fault is reported, one of
                           {faults}

        With OPENAI_API_KEY or OPENAI_BASE_URL set it asks that server. Without either it runs on the built-in emulator, which
        invents its answers; the report says so.
        Exit codes: 0 done, 1 the analysis failed, 2 the command line or a setting is wrong, 130 Ctrl-C.
        """;

    public IReadOnlyList<string> Files { get; init; } = [];

    public AnalysisKind Kind { get; init; }

    public bool Json { get; init; }

    public bool DropUngrounded { get; init; }

    public bool ShowParts { get; init; }

    public int? PartTokens { get; init; }

    public string? Model { get; init; }

    public TimeSpan? Timeout { get; init; }

    public string? Fault { get; init; }

    public static AnalyzeArguments Parse(IReadOnlyList<string> args)
    {
        var parsed = new AnalyzeArguments();
        for (int i = 0; i < args.Count; i++)
        {
            parsed = args[i] switch
            {
                "--json" => parsed with { Json = true },
                "--drop-ungrounded" => parsed with { DropUngrounded = true },
                "--parts" => parsed with { ShowParts = true },
                "--part-tokens" => parsed with { PartTokens = Tokens(CommandLine.Value(args, ref i, "analyze")) },
                "--kind" => parsed with { Kind = KindOf(CommandLine.Value(args, ref i, "analyze")) },
                "--model" => parsed with { Model = CommandLine.Value(args, ref i, "analyze") },
                "--timeout" => parsed with { Timeout = Seconds(CommandLine.Value(args, ref i, "analyze")) },
                "--fault" => parsed with { Fault = CommandLine.Value(args, ref i, "analyze") },
                ['-', _, ..] unknown => throw new UsageException($"Unknown option '{unknown}'. See analyze --help."),
                _ => parsed with { Files = [.. parsed.Files, args[i]] },
            };
        }

        return parsed.Files.Count > 0 ? parsed : throw new UsageException("Name a text file, or - for standard input. See analyze --help.");
    }

    private static AnalysisKind KindOf(string name) => name switch
    {
        "debate" => AnalysisKind.Debate,
        "fact-check" => AnalysisKind.FactCheck,
        "sentiment" => AnalysisKind.Sentiment,
        _ => throw new UsageException($"--kind is '{name}'. Use debate, fact-check or sentiment."),
    };

    private static int Tokens(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int tokens) && tokens is >= 100 and <= 500_000
            ? tokens
            : throw new UsageException($"--part-tokens is '{text}'. Use a whole number from 100 to 500000.");

    private static TimeSpan Seconds(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0.001 and <= 3600
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException($"--timeout is '{text}'. Use a number of seconds above 0, up to 3600.");
}
