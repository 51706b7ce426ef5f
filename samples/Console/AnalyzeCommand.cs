using System.Globalization;
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
        var scope = new IntelScope("console", "local", "user");
        StepResult<ContentAnalysis> result = await WithProgressAsync(
            Describe(arguments, content), () => backend.Client.Analysis.AnalyzeAsync(request, scope, cancellationToken));

        if (arguments.Json)
        {
            await output.WriteLineAsync(JsonReport.Write(result, backend.IsSynthetic));
        }
        else if (result.TryGetValue(out ContentAnalysis? analysis))
        {
            AnalysisReport.Write(AnsiConsole.Create(Terminal.Settings(output)), arguments.File, analysis, result.Receipt, backend.IsSynthetic);
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
        if (file.Length == 0 || file.Contains('\0', StringComparison.Ordinal))
        {
            throw new UsageException("The file name is empty or holds a zero byte. Name a text file, or - for standard input.");
        }

        string text;
        try
        {
            // The console's reader blocks whatever its token says: Ctrl-C must not wait for the end of the input.
            text = file == "-"
                ? await Task.Run(input.ReadToEnd, cancellationToken).WaitAsync(cancellationToken)
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

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new UsageException($"{(file == "-" ? "Standard input" : $"'{file}'")} is not text: it holds zero bytes.");
        }

        return string.IsNullOrWhiteSpace(text)
            ? throw new UsageException(file == "-" ? "Standard input holds no text." : $"'{file}' holds no text.")
            : text;
    }

    private async Task<T> WithProgressAsync<T>(string what, Func<Task<T>> work)
    {
        IAnsiConsole console = AnsiConsole.Create(Terminal.Settings(error));
        if (ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected)
        {
            return await console.Status().Spinner(Spinner.Known.Dots).StartAsync(Markup.Escape(what), _ => work());
        }

        await error.WriteLineAsync(what);
        return await work();
    }

    private static string Describe(AnalyzeArguments arguments, string content)
    {
        string source = arguments.File == "-" ? "standard input" : Path.GetFileName(arguments.File);
        int words = content.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        return SafeText.Line($"{Names.Of(arguments.Kind)}: reading {source} ({words.ToString("N0", CultureInfo.InvariantCulture)} {(words == 1 ? "word" : "words")}) ...");
    }

    private static string RetryHint(StepError error) =>
        error.RetryAfter is { } wait ? $" Try again in {Math.Ceiling(wait.TotalSeconds)} s." : error.IsRetryable ? " It may work when tried again." : "";
}
