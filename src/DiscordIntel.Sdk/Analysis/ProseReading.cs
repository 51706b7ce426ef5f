using System.Runtime.CompilerServices;
using DiscordIntel.Analysis.Grounding;
using DiscordIntel.Results;
using DiscordIntel.Text;

namespace DiscordIntel.Analysis;

/// <summary>An analysis in prose, handed on as it comes.</summary>
internal static class ProseReading
{
    public static async IAsyncEnumerable<StepResult<StreamChunk>> StreamAsync(
        TextClient text, AnalysisRequest request, IntelScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AnalysisPrompt prompt = AnalysisPrompts.InProse(request.Kind, request.Content);
        var ask = new TextRequest { Messages = prompt.Messages, Generation = request.Generation };
        await foreach (StepResult<StreamChunk> chunk in text.StreamAsync("analysis.stream", ask, request.Fault, scope, cancellationToken).ConfigureAwait(false))
        {
            // Only the last element has a receipt that says anything; and what was never sent did not steer anybody.
            yield return chunk.Receipt.Attempts == 0
                ? chunk
                : chunk.WithReceipt(chunk.Receipt with { Warnings = [.. chunk.Receipt.Warnings, .. InjectionScan.Warnings(request.Content)] });
        }
    }
}
