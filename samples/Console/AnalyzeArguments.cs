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
          --evidence FOLDER
                           with --kind fact-check: look the claims up in the .txt and .md files of this folder and those in it;
                           a verdict then cites the words it rests on
          --stream         print a report in prose as the model writes it; quotes in prose are not looked up
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
        It keeps to the limits of the environment, such as OPENAI_MAX_MONTHLY_COST (US dollars) and OPENAI_RATE_LIMIT_PER_MINUTE;
        what was spent is counted for one run only.
        Exit codes: 0 done, 1 the analysis failed, 2 the command line or a setting is wrong, 130 Ctrl-C.
        """;

    public IReadOnlyList<string> Files { get; init; } = [];

    public AnalysisKind Kind { get; init; }

    /// <summary>Where claims are looked up; null for nowhere.</summary>
    public string? Evidence { get; init; }

    public bool Json { get; init; }

    public bool Stream { get; init; }

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
                "--stream" => parsed with { Stream = true },
                "--drop-ungrounded" => parsed with { DropUngrounded = true },
                "--parts" => parsed with { ShowParts = true },
                "--part-tokens" => parsed with { PartTokens = OptionValues.Tokens(args[i], OptionValues.Next(args, ref i)) },
                "--kind" => parsed with { Kind = KindOf(OptionValues.Next(args, ref i)) },
                "--evidence" => parsed with { Evidence = EvidenceIn(OptionValues.Next(args, ref i)) },
                "--model" => parsed with { Model = OptionValues.Next(args, ref i) },
                "--timeout" => parsed with { Timeout = OptionValues.Seconds(args[i], OptionValues.Next(args, ref i)) },
                "--fault" => parsed with { Fault = OptionValues.Next(args, ref i) },
                ['-', _, ..] unknown => throw new UsageException($"Unknown option '{unknown}'. See analyze --help."),
                _ => parsed with { Files = [.. parsed.Files, args[i]] },
            };
        }

        if (parsed is { Stream: true } and ({ Json: true } or { DropUngrounded: true } or { ShowParts: true }))
        {
            throw new UsageException("--stream gives prose: it goes neither with --json nor with --drop-ungrounded or --parts.");
        }

        if (parsed.Evidence is not null && parsed is not { Kind: AnalysisKind.FactCheck, Stream: false, ShowParts: false })
        {
            throw new UsageException("--evidence goes with --kind fact-check, and neither with --stream nor with --parts.");
        }

        return parsed.Files.Count > 0 ? parsed : throw new UsageException("Name a text file, or - for standard input. See analyze --help.");
    }

    /// <summary>A folder that holds something to look claims up in: a typo shall not look like a lack of evidence.</summary>
    private static string EvidenceIn(string folder)
    {
        try
        {
            return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Any(file => Path.GetExtension(file).ToUpperInvariant() is ".TXT" or ".MD" && new FileInfo(file).Length > 0)
                ? folder
                : throw new UsageException($"--evidence: the folder '{folder}' holds no .txt or .md file with text.");
        }
        catch (Exception fault) when (fault is DirectoryNotFoundException or ArgumentException)
        {
            throw new UsageException($"--evidence: there is no folder '{folder}' (looked in {Environment.CurrentDirectory}).");
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            throw new UsageException($"--evidence: the folder '{folder}' cannot be read: {fault.Message}");
        }
    }

    private static AnalysisKind KindOf(string name) => name switch
    {
        "debate" => AnalysisKind.Debate,
        "fact-check" => AnalysisKind.FactCheck,
        "sentiment" => AnalysisKind.Sentiment,
        _ => throw new UsageException($"--kind is '{name}'. Use debate, fact-check or sentiment."),
    };
}
