namespace DiscordIntel.Samples.Terminal;

/// <summary>The command line of <c>tools</c>.</summary>
internal sealed record ToolsArguments
{
    public const string Help =
        """
        Answers a question with the help of three functions: current_time, roll_dice, convert_units.

        Usage: tools "question" [options]

          --model ID       the model to ask (default: the configured one)
          --timeout SECS   give the whole run up after this many seconds (default: 120)

        Every call is printed with its arguments, its result and its time, then the answer; what it took goes to standard error.
        Without OPENAI_API_KEY or OPENAI_BASE_URL the built-in emulator answers, and says so: it makes the same three calls
        whatever the question is. The functions and their results are real either way.
        Exit codes: 0 done, 1 the answer failed or was cut off, 2 the command line or a setting is wrong, 130 Ctrl-C.
        """;

    public string Question { get; init; } = "";

    public string? Model { get; init; }

    public TimeSpan? Timeout { get; init; }

    public static ToolsArguments Parse(IReadOnlyList<string> args)
    {
        var parsed = new ToolsArguments();
        for (int i = 0; i < args.Count; i++)
        {
            parsed = args[i] switch
            {
                "--model" => parsed with { Model = OptionValues.Next(args, ref i) },
                "--timeout" => parsed with { Timeout = OptionValues.Seconds(args[i], OptionValues.Next(args, ref i)) },
                ['-', _, ..] unknown => throw new UsageException($"Unknown option '{unknown}'. See tools --help."),
                _ => parsed with { Question = $"{parsed.Question} {args[i]}".Trim() },
            };
        }

        return parsed.Question.Length > 0 ? parsed : throw new UsageException("Ask something, in quotes. See tools --help.");
    }
}
