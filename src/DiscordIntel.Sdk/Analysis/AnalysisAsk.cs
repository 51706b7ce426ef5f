using System.Text.Json.Serialization.Metadata;
using DiscordIntel.Analysis.Replies;
using DiscordIntel.Results;
using DiscordIntel.Structured;

namespace DiscordIntel.Analysis;

/// <summary>Asks for one answer of a kind.</summary>
internal sealed class AnalysisAsk(StructuredOutputClient structured, AnalysisRequest request, IntelScope scope)
{
    public AnalysisRequest Request { get; } = request;

    private string Operation => Request.Kind switch
    {
        AnalysisKind.Debate => "analysis.debate",
        AnalysisKind.FactCheck => "analysis.fact_check",
        _ => "analysis.sentiment",
    };

    /// <summary>Asks once. In the background it may wait for a free place under a rate limit, as one of many requests does.</summary>
    public Task<StepResult<AnalysisReply>> SendAsync(
        AnalysisPrompt prompt, TimeSpan spent, StepError? fault, bool isBackground, CancellationToken cancellationToken)
    {
        var ask = new StructuredRequest
        {
            Messages = prompt.Messages,
            SchemaName = "content_analysis",
            Generation = isBackground ? (Request.Generation ?? new GenerationOptions()) with { Background = true } : Request.Generation,
        };
        var step = new StructuredStep(Operation) { Fault = fault, Spent = spent, Nonce = prompt.Marker };
        return Request.Kind switch
        {
            AnalysisKind.Debate => SendAsync(step, ask, AnalysisJson.Default.DebateReply, cancellationToken),
            AnalysisKind.FactCheck => SendAsync(step, ask, AnalysisJson.Default.FactCheckReply, cancellationToken),
            _ => SendAsync(step, ask, AnalysisJson.Default.SentimentReply, cancellationToken),
        };
    }

    private async Task<StepResult<AnalysisReply>> SendAsync<T>(
        StructuredStep step, StructuredRequest ask, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : AnalysisReply
    {
        StepResult<T> result = await structured.GenerateAsync(step, ask, type, scope, cancellationToken).ConfigureAwait(false);
        return result.Map<AnalysisReply>(reply => reply);
    }
}
