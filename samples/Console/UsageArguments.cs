using System.Globalization;
using DiscordIntel.Pipeline.Budgets;

namespace DiscordIntel.Samples.Terminal;

/// <summary>The command line of <c>usage</c>.</summary>
internal sealed record UsageArguments
{
    public const string Usage =
        """
        Spends a little under a budget and reports what was used.

        Usage: usage [FILE|FOLDER|- ...] [--budget USD] [options]

          FILE             as of analyze; without one, two sample texts are read
          --budget USD     the most that the run may spend, in US dollars (default: {default}, or less where the settings say less)
          --model ID       the model to ask (default: the configured one)
          --timeout SECS   give each analysis up after this many seconds (default: 120)
          --json           print JSON instead of a report

        Made-up users of one made-up server have every text read in every way, then the same again: the second time the answers
        come out of the cache. With OPENAI_API_KEY or OPENAI_BASE_URL set that costs money. Without either the built-in emulator
        answers; what it books are list prices for tokens that it counted itself, and the report says so.
        Exit codes: 0 done, 1 an analysis failed, 2 the command line or a setting is wrong, 130 Ctrl-C (after the report).
        """;

    public const decimal DefaultBudget = 0.05m;

    private static readonly string Samples = Path.Combine(AppContext.BaseDirectory, "data");

    public static string Help => Usage.Replace("{default}", DefaultBudget.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    public IReadOnlyList<string> Files { get; init; } = [];

    public decimal? Budget { get; init; }

    public string? Model { get; init; }

    public TimeSpan? Timeout { get; init; }

    public bool Json { get; init; }

    public static UsageArguments Parse(IReadOnlyList<string> args)
    {
        var parsed = new UsageArguments();
        for (int i = 0; i < args.Count; i++)
        {
            parsed = args[i] switch
            {
                "--json" => parsed with { Json = true },
                "--budget" => parsed with { Budget = OptionValues.Usd(args[i], OptionValues.Next(args, ref i)) },
                "--model" => parsed with { Model = OptionValues.Next(args, ref i) },
                "--timeout" => parsed with { Timeout = OptionValues.Seconds(args[i], OptionValues.Next(args, ref i)) },
                ['-', _, ..] unknown => throw new UsageException($"Unknown option '{unknown}'. See usage --help."),
                _ => parsed with { Files = [.. parsed.Files, args[i]] },
            };
        }

        return parsed.Files.Count > 0 ? parsed : parsed with { Files = [Samples] };
    }

    /// <summary>Sets the budget. A default never raises what the settings allow.</summary>
    public void Apply(BudgetOptions options) =>
        options.MonthlyLimitUsd = Budget ?? Math.Min(DefaultBudget, options.MonthlyLimitUsd ?? DefaultBudget);
}
