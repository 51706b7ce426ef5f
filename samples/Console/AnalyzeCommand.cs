using System.Globalization;
using DiscordIntel.Analysis;
using DiscordIntel.Results;
using Spectre.Console;

namespace DiscordIntel.Samples.Terminal;

/// <summary><c>analyze</c>: texts in, a report of each or JSON out.</summary>
internal sealed class AnalyzeCommand(TextReader input, TextWriter output, TextWriter error, Func<string, string?> environment)
{
    private readonly IntelScope _scope = new("console", "local", "user");

    public async Task<int> RunAsync(AnalyzeArguments arguments, CancellationToken cancellationToken)
    {
        // Everything is read before anything is asked: a typo in the last name shall not come after the bill for the first.
        var inputs = new Inputs(input);
        var texts = new List<(string File, string Content)>();
        foreach (string file in inputs.Expand(arguments.Files))
        {
            texts.Add((file, await inputs.ReadAsync(file, cancellationToken)));
        }

        foreach (string note in inputs.Notes)
        {
            await error.WriteLineAsync(SafeText.Line(note));
        }

        await using Backend backend = Backend.Open(environment, arguments);
        if (arguments.ShowParts)
        {
            await new PartsReport(output).WriteAsync(backend.Client.Analysis, texts, arguments.Json);
            return ExitCode.Success;
        }

        if (backend.IsSynthetic)
        {
            await error.WriteLineAsync(
                "No OPENAI_API_KEY or OPENAI_BASE_URL is set: the built-in emulator answers. It invents scores and findings; no model reads the text.");
        }

        var reports = new List<JsonReport.Report>();
        try
        {
            foreach ((string file, string content) in texts)
            {
                reports.Add(await AnalyzeAsync(backend, arguments, file, content, cancellationToken));
            }
        }
        finally
        {
            // Ctrl-C loses nothing that was already paid for.
            if (arguments.Json && reports.Count > 0)
            {
                await output.WriteLineAsync(JsonReport.Write(reports, texts.Count > 1));
            }
        }

        return reports.All(report => report.Error is null) ? ExitCode.Success : ExitCode.Failed;
    }

    private async Task<JsonReport.Report> AnalyzeAsync(
        Backend backend, AnalyzeArguments arguments, string file, string content, CancellationToken cancellationToken)
    {
        StepResult<ContentAnalysis> result = await WithProgressAsync(Describe(arguments, file, content), progress => backend.Client.Analysis.AnalyzeAsync(
            new AnalysisRequest
            {
                Content = content,
                Kind = arguments.Kind,
                DropUngrounded = arguments.DropUngrounded,
                Progress = progress,
                Generation = new GenerationOptions { Model = arguments.Model, Timeout = arguments.Timeout },
            },
            _scope,
            cancellationToken));
        if (result.Error is { } failed)
        {
            await error.WriteLineAsync($"Error ({failed.Kind}): {SafeText.Line(failed.Message)}{RetryHint(failed)}");
        }
        else if (!arguments.Json)
        {
            AnalysisReport.Write(new Report(AnsiConsole.Create(Terminal.Settings(output))), file, result.ValueOrThrow(), result.Receipt, backend.IsSynthetic);
        }

        return JsonReport.Of(file, result, backend.IsSynthetic);
    }

    private async Task<T> WithProgressAsync<T>(string what, Func<IProgress<AnalysisProgress>, Task<T>> work)
    {
        if (ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected)
        {
            return await AnsiConsole.Create(Terminal.Settings(error)).Status().Spinner(Spinner.Known.Dots).StartAsync(
                Markup.Escape(what), status => work(new Told(progress => status.Status(Markup.Escape($"{what} {Told.Words(progress)}")))));
        }

        TextWriter lines = TextWriter.Synchronized(error);
        await lines.WriteLineAsync(what);
        return await work(new Told(progress =>
        {
            if (progress.PartsTotal > 1)
            {
                lines.WriteLine(Told.Words(progress));
            }
        }));
    }

    private static string Describe(AnalyzeArguments arguments, string file, string content)
    {
        int words = content.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        return SafeText.Line(
            $"{Names.Of(arguments.Kind)}: reading {Inputs.Title(file)} ({words.ToString("N0", CultureInfo.InvariantCulture)} {(words == 1 ? "word" : "words")}) ...");
    }

    private static string RetryHint(StepError error) =>
        error.RetryAfter is { } wait ? $" Try again in {Math.Ceiling(wait.TotalSeconds)} s." : error.IsRetryable ? " It may work when tried again." : "";

    /// <summary>Progress told at once, in the order it happens; <see cref="Progress{T}"/> would post it to other threads.</summary>
    private sealed class Told(Action<AnalysisProgress> tell) : IProgress<AnalysisProgress>
    {
        public void Report(AnalysisProgress value) => tell(value);

        public static string Words(AnalysisProgress progress) => progress switch
        {
            { IsMerging: false } => $"{progress.PartsDone} of {progress.PartsTotal} parts read.",
            { MergesDone: 0 } => $"Merging {progress.PartsTotal} parts{(progress.MergeStage > 1 ? $", round {progress.MergeStage}" : "")} ...",
            _ => $"{progress.MergesDone} of {progress.MergesTotal} {(progress.MergesTotal == 1 ? "merge" : "merges")} done.",
        };
    }
}
