using System.Net.Sockets;
using System.Text.Json;
using DiscordIntel.Testing;

namespace DiscordIntel.Samples.Terminal;

/// <summary><c>emulator</c>: the emulator on a port, a line for every request, until it is cancelled.</summary>
internal sealed class EmulatorCommand(TextWriter output)
{
    // About as fast as a model writes, so that a live answer looks like one.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    private readonly TextWriter _lines = TextWriter.Synchronized(output);

    public async Task<int> RunAsync(EmulatorArguments arguments, CancellationToken cancellationToken)
    {
        OpenAIEmulator emulator = new OpenAIEmulator().Always(arguments.Fault is { } fault ? Faults.Named(fault) : EmulatorReply.Default().Paced(Pace));
        await using EmulatorServer server = await ListenAsync(emulator, arguments.Port, cancellationToken);
        await _lines.WriteLineAsync(
            $"""
            The emulator listens on {server.BaseUrl}. SYNTHETIC: it invents every answer; no model reads anything, and nothing is billed.
            Point any OpenAI client at it:  OPENAI_BASE_URL={server.BaseUrl} OPENAI_API_KEY=emulator
            Ctrl-C ends it.
            """);
        await UntilCancelledAsync(cancellationToken);
        return ExitCode.Success;
    }

    private static async Task UntilCancelledAsync(CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration end = cancellationToken.Register(ended.SetResult);
        await ended.Task;
    }

    private async Task<EmulatorServer> ListenAsync(OpenAIEmulator emulator, int port, CancellationToken cancellationToken)
    {
        try
        {
            return await emulator.ListenAsync(port, new RequestLines(_lines), cancellationToken);
        }
        catch (IOException)
        {
            throw new UsageException($"Port {port} is in use. Choose another with --port, or 0 for a free one.");
        }
        catch (SocketException refused)
        {
            throw new UsageException($"Port {port} cannot be opened ({refused.SocketErrorCode}). Choose another with --port, or 0 for a free one.");
        }
    }

    private sealed class RequestLines(TextWriter lines) : IProgress<EmulatorRequest>
    {
        public void Report(EmulatorRequest value)
        {
            string model = value.Body.ValueKind is JsonValueKind.Object && value.Body.TryGetProperty("model", out JsonElement id) ? $" {id}" : "";
            string status = value.Status == 0 ? "no answer" : $"{value.Status}";
            string chunks = value.Chunks is { } count ? $", {count} chunks" : "";
            lines.WriteLine(SafeText.Line($"{value.Method} {value.Path}{model}: {status}{chunks}"));
        }
    }
}
