namespace DiscordIntel.Samples.Terminal;

/// <summary>The command line of <c>ask</c>.</summary>
internal sealed record AskArguments
{
    public const string Help =
        """
        Asks the model and prints the answer as it comes.

        Usage: ask "question" [options]

          --model ID       the model to ask (default: the configured one)
          --timeout SECS   give up after this many seconds (default: 120)

        The answer goes to standard output, what it took to standard error. Ctrl-C keeps what came and says what it is charged with.
        Without OPENAI_API_KEY or OPENAI_BASE_URL the built-in emulator answers, and says so.
        Exit codes: 0 done, 1 the answer failed or was cut off, 2 the command line or a setting is wrong, 130 Ctrl-C.
        """;

    public string Question { get; init; } = "";

    public string? Model { get; init; }

    public TimeSpan? Timeout { get; init; }

    public static AskArguments Parse(IReadOnlyList<string> args)
    {
        var parsed = new AskArguments();
        for (int i = 0; i < args.Count; i++)
        {
            parsed = args[i] switch
            {
                "--model" => parsed with { Model = OptionValues.Next(args, ref i) },
                "--timeout" => parsed with { Timeout = OptionValues.Seconds(args[i], OptionValues.Next(args, ref i)) },
                ['-', _, ..] unknown => throw new UsageException($"Unknown option '{unknown}'. See ask --help."),
                _ => parsed with { Question = $"{parsed.Question} {args[i]}".Trim() },
            };
        }

        return parsed.Question.Length > 0 ? parsed : throw new UsageException("Ask something, in quotes. See ask --help.");
    }
}
