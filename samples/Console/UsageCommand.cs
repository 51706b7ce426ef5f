using DiscordIntel.Analysis;
using DiscordIntel.Results;
using DiscordIntel.Usage;
using Spectre.Console;

namespace DiscordIntel.Samples.Terminal;

/// <summary><c>usage</c>: analyses by several users under a budget, then what they used.</summary>
internal sealed class UsageCommand(TextReader input, TextWriter output, TextWriter error, Func<string, string?> environment)
{
    private const string Server = "example-server";
    private const int Rounds = 2;
    private static readonly string[] Users = ["ada", "ben", "cleo"];
    private static readonly AnalysisKind[] Kinds = [AnalysisKind.Debate, AnalysisKind.FactCheck, AnalysisKind.Sentiment];

    public async Task<int> RunAsync(UsageArguments arguments, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string File, string Content)> texts = await new Inputs(input).ReadAllAsync(arguments.Files, error, cancellationToken);
        var alerts = new AlertList();
        bool synthetic;
        bool cancelled = false;
        decimal? limit;
        UsageReport usage;
        await using (var backend = Backend.Open(environment, options => arguments.Apply(options.Budget), alerts: alerts))
        {
            (synthetic, limit) = (backend.IsSynthetic, backend.Options.Budget.MonthlyLimitUsd);
            await error.WriteLineAsync(synthetic ? Backend.SyntheticNote : $"Up to {Money.Usd(limit)} will be spent.");
            try
            {
                await AskAsync(backend.Client.Analysis, arguments, texts, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                cancelled = true;
            }

            // The ledger is in this process: it cannot be out of reach.
            usage = (await backend.Client.Usage.GetAsync(Server, cancellationToken: CancellationToken.None)).ValueOrThrow();
        }

        // The end of the backend has delivered the alerts.
        if (arguments.Json)
        {
            await output.WriteLineAsync(JsonReport.Write(new JsonReport.Spending(synthetic, limit, usage, alerts.Lines)));
        }
        else
        {
            SpendingReport.Write(new Report(AnsiConsole.Create(Terminal.Settings(output))), usage, limit, alerts.Lines, synthetic);
        }

        if (cancelled)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        return usage.Failed == 0 ? ExitCode.Success : ExitCode.Failed;
    }

    private async Task AskAsync(
        AnalysisClient analysis, UsageArguments arguments, IReadOnlyList<(string File, string Content)> texts, CancellationToken cancellationToken)
    {
        var told = new HashSet<StepErrorKind>();
        for (int round = 0; round < Rounds; round++)
        {
            foreach ((int number, (string file, string content)) in texts.Index())
            {
                foreach ((int turn, AnalysisKind kind) in Kinds.Index())
                {
                    // The second time it is somebody else who asks: in one server they share their answers.
                    string user = Users[(number + turn + round) % Users.Length];
                    StepResult<ContentAnalysis> result = await analysis.AnalyzeAsync(
                        new AnalysisRequest { Content = content, Kind = kind, Generation = new GenerationOptions { Model = arguments.Model, Timeout = arguments.Timeout } },
                        new IntelScope(Server, "general", user),
                        cancellationToken);
                    string outcome = result.Error?.Kind.ToString() ?? (result.Receipt.FromCache ? "from the cache" : "answered");
                    await error.WriteLineAsync(SafeText.Line($"{user}, {Names.Of(kind)} of {Inputs.Title(file)}: {outcome}"));
                    if (result.Error is { } failed && told.Add(failed.Kind))
                    {
                        await error.WriteLineAsync(ErrorLine.Of(failed));
                    }
                }
            }
        }
    }
}
