using System.Text;
using DiscordIntel.Analysis;
using DiscordIntel.Results;
using Spectre.Console;

namespace DiscordIntel.Samples.Terminal;

/// <summary><c>analyze</c>: a text in, a report or JSON out.</summary>
internal sealed class AnalyzeCommand(TextReader input, TextWriter output, TextWriter error, Func<string, string?> environment)
{
    public async Task<int> RunAsync(AnalyzeArguments arguments, CancellationToken cancellationToken)
    {
        string content = await ReadAsync(arguments.File, cancellationToken);
        await using Backend backend = Backend.Open(environment, arguments.Fault);
        if (backend.IsSynthetic)
        {
            await error.WriteLineAsync(
                "No OPENAI_API_KEY or OPENAI_BASE_URL is set: the built-in emulator answers. It invents scores and findings; no model reads the text.");
        }

        var request = new AnalysisRequest
        {
            Content = content,
            Kind = arguments.Kind,
            Generation = new GenerationOptions { Model = arguments.Model, Timeout = arguments.Timeout },
        };
        var scope = new IntelScope("console", "local", Environment.UserName);
        StepResult<ContentAnalysis> result = await WithProgressAsync(
            Describe(arguments, content), () => backend.Client.Analysis.AnalyzeAsync(request, scope, cancellationToken));

        if (arguments.Json)
        {
            await output.WriteLineAsync(JsonReport.Write(result, backend.IsSynthetic));
        }
        else if (result.TryGetValue(out ContentAnalysis? analysis))
        {
            AnalysisReport.Write(AnsiConsole.Create(new AnsiConsoleSettings { Out = new Terminal(output) }), arguments.File, analysis, result.Receipt, backend.IsSynthetic);
        }

        if (result.IsSuccess)
        {
            return ExitCode.Success;
        }

        await error.WriteLineAsync($"Error ({result.Error.Kind}): {SafeText.Line(result.Error.Message)}{RetryHint(result.Error)}");
        return ExitCode.Failed;
    }

    private async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        string text;
        try
        {
            text = file == "-"
                ? await input.ReadToEndAsync(cancellationToken)
                : new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(await File.ReadAllBytesAsync(file, cancellationToken)).TrimStart('\uFEFF');
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"There is no file '{file}' (looked in {Environment.CurrentDirectory}).");
        }
        catch (UnauthorizedAccessException)
        {
            throw new UsageException(Directory.Exists(file) ? $"'{file}' is a folder. Name a text file." : $"'{file}' may not be read by this user.");
        }
        catch (DecoderFallbackException)
        {
            throw new UsageException($"'{file}' is not UTF-8 text. Convert it first.");
        }
        catch (IOException fault)
        {
            throw new UsageException($"'{file}' cannot be read: {fault.Message}");
        }

        return string.IsNullOrWhiteSpace(text)
            ? throw new UsageException(file == "-" ? "Standard input holds no text." : $"'{file}' holds no text.")
            : text;
    }

    private async Task<T> WithProgressAsync<T>(string what, Func<Task<T>> work)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new Terminal(error) });
        if (ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected)
        {
            return await console.Status().Spinner(Spinner.Known.Dots).StartAsync(Markup.Escape(what), _ => work());
        }

        await error.WriteLineAsync(what);
        return await work();
    }

    private static string Describe(AnalyzeArguments arguments, string content) =>
        $"Reading {(arguments.File == "-" ? "standard input" : Path.GetFileName(arguments.File))}: {content.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length} words, {arguments.Kind} ...";

    private static string RetryHint(StepError error) =>
        error.RetryAfter is { } wait ? $" Try again in {Math.Ceiling(wait.TotalSeconds)} s." : error.IsRetryable ? " It may work when tried again." : "";
}
