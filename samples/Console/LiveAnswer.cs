using System.Diagnostics;
using System.Globalization;
using DiscordIntel.Results;
using DiscordIntel.Usage;

namespace DiscordIntel.Samples.Terminal;

/// <summary>Prints an answer as it comes, then what it took. Ctrl-C keeps what came; a pipe that nobody reads any more ends the request.</summary>
internal sealed class LiveAnswer(Backend backend, TextWriter output, TextWriter error)
{
    /// <param name="stream">The answer.</param>
    /// <param name="model">The model asked for; null for the configured one.</param>
    /// <param name="scope">For whom; its account says what a stopped answer is charged with.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    public async Task<int> PrintAsync(IAsyncEnumerable<StepResult<StreamChunk>> stream, string? model, IntelScope scope, CancellationToken cancellationToken)
    {
        long startedAt = Stopwatch.GetTimestamp();
        TimeSpan? firstText = null;
        if (backend.IsSynthetic)
        {
            await error.WriteLineAsync(Backend.SyntheticNote);
        }

        StepResult<StreamChunk>? last = null;
        bool hasText = false;
        try
        {
            await foreach (StepResult<StreamChunk> chunk in stream.WithCancellation(cancellationToken))
            {
                last = chunk;
                if (chunk.Value.Text is { Length: > 0 } text)
                {
                    hasText = true;
                    firstText ??= Stopwatch.GetElapsedTime(startedAt);
                    await output.WriteAsync(SafeText.Piece(text));
                    await output.FlushAsync(CancellationToken.None);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await EndLineAsync(hasText);
            await error.WriteLineAsync("Stopped.");
            await error.WriteLineAsync(Receipt(await StoppedAsync(model, scope) with { TimeToFirstChunk = firstText, Elapsed = Stopwatch.GetElapsedTime(startedAt) }));
            return ExitCode.Cancelled;
        }
        catch (IOException unwritable)
        {
            await error.WriteLineAsync($"Error: the output cannot be written: {SafeText.Line(unwritable.Message)}.");
            await error.WriteLineAsync(Receipt(await StoppedAsync(model, scope) with { TimeToFirstChunk = firstText, Elapsed = Stopwatch.GetElapsedTime(startedAt) }));
            return ExitCode.Failed;
        }

        await EndLineAsync(hasText);
        if (last?.Error is { } failed)
        {
            await error.WriteLineAsync(ErrorLine.Of(failed));
            if (!hasText && failed.Partial is { } words)
            {
                await error.WriteLineAsync($"It said: {SafeText.Line(words)}");
            }
        }

        await error.WriteLineAsync(Receipt(last!.Receipt));
        foreach (string warning in last.Receipt.Warnings)
        {
            await error.WriteLineAsync($"Warning: {SafeText.Line(warning)}");
        }

        return last.IsSuccess ? ExitCode.Success : ExitCode.Failed;
    }

    private Task EndLineAsync(bool hasText) => hasText ? output.WriteLineAsync() : Task.CompletedTask;

    // A call that was stopped hands no receipt over; the account knows what it is charged with.
    private async Task<StepReceipt> StoppedAsync(string? model, IntelScope scope)
    {
        StepResult<UsageReport> usage = await backend.Client.Usage.GetAsync(scope.Tenant, cancellationToken: CancellationToken.None);
        DiscordIntelOptions options = backend.Options;
        return new StepReceipt
        {
            Model = model ?? options.Generation.Model ?? options.Models.Text,
            Cost = usage.Value?.Spent,
            CostIsEstimated = true,
        };
    }

    private string Receipt(StepReceipt receipt) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(backend.IsSynthetic ? "emulator" : SafeText.Line(receipt.Model ?? "no model"))} | {receipt.InputTokens?.ToString("N0", CultureInfo.InvariantCulture) ?? "?"} tokens in, {receipt.OutputTokens?.ToString("N0", CultureInfo.InvariantCulture) ?? "?"} out | {Money.Of(receipt, backend.IsSynthetic)} | {(receipt.TimeToFirstChunk is { } first ? string.Create(CultureInfo.InvariantCulture, $"first text after {first.TotalSeconds:0.00} s") : "no text")} | {receipt.Elapsed.TotalSeconds:0.00} s");
}
