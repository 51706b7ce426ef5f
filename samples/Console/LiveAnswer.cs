using System.Globalization;
using DiscordIntel.Results;
using DiscordIntel.Usage;

namespace DiscordIntel.Samples.Terminal;

/// <summary>Prints an answer as it comes, then what it took. Ctrl-C keeps what came.</summary>
internal sealed class LiveAnswer(Backend backend, TextWriter output, TextWriter error)
{
    public async Task<int> PrintAsync(IAsyncEnumerable<StepResult<StreamChunk>> stream, IntelScope scope, CancellationToken cancellationToken)
    {
        if (backend.IsSynthetic)
        {
            await error.WriteLineAsync(Backend.SyntheticNote);
        }

        StepResult<StreamChunk>? last = null;
        try
        {
            await foreach (StepResult<StreamChunk> chunk in stream.WithCancellation(cancellationToken))
            {
                last = chunk;
                if (chunk.Value.Tool is { } call)
                {
                    await output.WriteLineAsync(Step(call));
                }

                await output.WriteAsync(SafeText.Piece(chunk.Value.Text));
                await output.FlushAsync(CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The text stands; the ledger knows what it is charged with.
            StepResult<UsageReport> usage = await backend.Client.Usage.GetAsync(scope.Tenant, cancellationToken: CancellationToken.None);
            await output.WriteLineAsync();
            await error.WriteLineAsync($"Stopped. {(backend.IsSynthetic ? "No cost; at the list price about" : "Charged with about")} {Money.Usd(usage.Value?.Spent ?? 0)}.");
            return ExitCode.Cancelled;
        }

        await output.WriteLineAsync();
        if (last?.Error is { } failed)
        {
            await error.WriteLineAsync(ErrorLine.Of(failed));
        }

        await error.WriteLineAsync(Receipt(last!.Receipt));
        foreach (string warning in last.Receipt.Warnings)
        {
            await error.WriteLineAsync($"Warning: {SafeText.Line(warning)}");
        }

        return last.IsSuccess ? ExitCode.Success : ExitCode.Failed;
    }

    // Arguments are the model's words, and a result may be anybody's.
    private static string Step(ToolStep call) => string.Create(
        CultureInfo.InvariantCulture,
        $"[{call.Round}] {SafeText.Line(call.Tool)} {SafeText.Line(call.Arguments?.GetRawText() ?? "")} -> {(call.Outcome is ToolOutcome.Succeeded ? "" : $"{call.Outcome}: ")}{SafeText.Line(call.Result ?? "")} ({call.Duration.TotalMilliseconds:0} ms)");

    private string Receipt(StepReceipt receipt) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(backend.IsSynthetic ? "emulator" : SafeText.Line(receipt.Model ?? "no model"))} | {receipt.InputTokens?.ToString("N0", CultureInfo.InvariantCulture) ?? "?"} tokens in, {receipt.OutputTokens?.ToString("N0", CultureInfo.InvariantCulture) ?? "?"} out | {Money.Of(receipt, backend.IsSynthetic)} | first text after {(receipt.TimeToFirstChunk ?? receipt.Elapsed).TotalSeconds:0.00} s | {receipt.Elapsed.TotalSeconds:0.00} s");
}
