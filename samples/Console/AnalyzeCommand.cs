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
        IReadOnlyList<(string File, string Content)> texts = await new Inputs(input).ReadAllAsync(arguments.Files, error, cancellationToken);
        await using var backend = Backend.Open(
            environment, options => options.Analysis.PartTokens = arguments.PartTokens ?? options.Analysis.PartTokens, arguments.Fault);
        if (arguments.ShowParts)
        {
            await new PartsReport(output).WriteAsync(backend.Client.Analysis, texts, arguments.Json);
            return ExitCode.Success;
        }

        if (arguments.Stream)
        {
            return await StreamAsync(backend, arguments, texts, cancellationToken);
        }

        if (backend.IsSynthetic)
        {
            await error.WriteLineAsync(Backend.SyntheticNote);
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

    private async Task<int> StreamAsync(
        Backend backend, AnalyzeArguments arguments, IReadOnlyList<(string File, string Content)> texts, CancellationToken cancellationToken)
    {
        int worst = ExitCode.Success;
        foreach ((string file, string content) in texts)
        {
            await error.WriteLineAsync(Describe(arguments, file, content));
            var request = new AnalysisRequest { Content = content, Kind = arguments.Kind, Generation = new GenerationOptions { Model = arguments.Model, Timeout = arguments.Timeout } };
            int code = await new LiveAnswer(backend, output, error).PrintAsync(
                backend.Client.Analysis.StreamAsync(request, _scope, CancellationToken.None), arguments.Model, _scope, cancellationToken);
            if (code == ExitCode.Cancelled)
            {
                return code;
            }

            worst = Math.Max(worst, code);
        }

        return worst;
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
            await error.WriteLineAsync(ErrorLine.Of(failed));
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

    /// <summary>Progress told at once, in the order it happens; <see cref="Progress{T}"/> would post it to other threads.</summary>
    private sealed class Told(Action<AnalysisProgress> tell) : IProgress<AnalysisProgress>
    {
        public void Report(AnalysisProgress value) => tell(value);

        public static string Words(AnalysisProgress progress) => progress switch
        {
            { IsMerging: false } => $"{progress.PartsDone} of {progress.PartsTotal} parts read{(progress.PartsMissing > 0 ? $", {progress.PartsMissing} missing" : "")}.",
            { MergesDone: 0 } => $"Merging {progress.PartsDone} parts{(progress.MergeStage > 1 ? $", round {progress.MergeStage}" : "")} ...",
            _ => $"{progress.MergesDone} of {progress.MergesTotal} {(progress.MergesTotal == 1 ? "merge" : "merges")} done.",
        };
    }
}
