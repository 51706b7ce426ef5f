using Microsoft.Extensions.Options;

namespace DiscordIntel.Samples.Terminal;

/// <summary>Takes a command line to its command, and whatever goes wrong to one sentence and an exit code.</summary>
internal sealed class ConsoleApp(TextReader input, TextWriter output, TextWriter error, Func<string, string?> environment)
{
    private const string Usage =
        """
        DiscordIntel console: what the SDK does, without a Discord server.

        Commands:
          analyze FILE ... read a debate, claims or a mood; see analyze --help
          ask "..."        ask the model, the answer printed as it comes; see ask --help
          tools "..."      ask with functions that the model may call, each call printed; see tools --help
          usage            spend a little under a budget and report it; see usage --help
          emulator         run the emulator on a port, for any OpenAI client; see emulator --help
          discord-preview FILE|-
                           show how a long answer is written into Discord; see discord-preview --help
        """;

    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        try
        {
            switch (args)
            {
                case [] or ["--help" or "-h" or "help"]:
                    await output.WriteLineAsync(Usage);
                    return args.Length == 0 ? ExitCode.Usage : ExitCode.Success;
                case ["analyze", .. var rest] when rest.Any(arg => arg is "--help" or "-h"):
                    await output.WriteLineAsync(AnalyzeArguments.Usage.Replace("{faults}", string.Join($",{Environment.NewLine}{new string(' ', 19)}", Faults.Names.Chunk(7).Select(some => string.Join(", ", some))), StringComparison.Ordinal));
                    return ExitCode.Success;
                case ["analyze", .. var rest]:
                    return await new AnalyzeCommand(input, output, error, environment).RunAsync(AnalyzeArguments.Parse(rest), cancellationToken);
                case ["ask", .. var rest] when rest.Any(arg => arg is "--help" or "-h"):
                    await output.WriteLineAsync(AskArguments.Help);
                    return ExitCode.Success;
                case ["ask", .. var rest]:
                    return await new AskCommand(output, error, environment).RunAsync(AskArguments.Parse(rest), cancellationToken);
                case ["tools", .. var rest] when rest.Any(arg => arg is "--help" or "-h"):
                    await output.WriteLineAsync(ToolsArguments.Help);
                    return ExitCode.Success;
                case ["tools", .. var rest]:
                    return await new ToolsCommand(output, error, environment).RunAsync(ToolsArguments.Parse(rest), cancellationToken);
                case ["usage", .. var rest] when rest.Any(arg => arg is "--help" or "-h"):
                    await output.WriteLineAsync(UsageArguments.Help);
                    return ExitCode.Success;
                case ["usage", .. var rest]:
                    return await new UsageCommand(input, output, error, environment).RunAsync(UsageArguments.Parse(rest), cancellationToken);
                case ["emulator", .. var rest] when rest.Any(arg => arg is "--help" or "-h"):
                    await output.WriteLineAsync(EmulatorArguments.Help);
                    return ExitCode.Success;
                case ["emulator", .. var rest]:
                    return await new EmulatorCommand(output).RunAsync(EmulatorArguments.Parse(rest), cancellationToken);
                case ["discord-preview", .. var rest] when rest.Any(arg => arg is "--help" or "-h"):
                    await output.WriteLineAsync(PreviewArguments.Usage);
                    return ExitCode.Success;
                case ["discord-preview", .. var rest]:
                    return await new PreviewCommand(input, output).RunAsync(PreviewArguments.Parse(rest), cancellationToken);
                default:
                    throw new UsageException($"Unknown command '{args[0]}'. See --help.");
            }
        }
        catch (UsageException wrong)
        {
            await error.WriteLineAsync($"Error: {SafeText.Line(wrong.Message)}");
            return ExitCode.Usage;
        }
        catch (OptionsValidationException invalid)
        {
            foreach (string failure in invalid.Failures)
            {
                await error.WriteLineAsync($"Error: {SafeText.Line(failure)}");
            }

            return ExitCode.Usage;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await error.WriteLineAsync("Cancelled. A request that was already sent may still be billed.");
            return ExitCode.Cancelled;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"Error: the output cannot be written: {SafeText.Line(fault.Message)}");
            return ExitCode.Failed;
        }
    }
}
