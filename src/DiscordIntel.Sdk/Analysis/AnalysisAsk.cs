using System.Text.Json.Serialization.Metadata;
using DiscordIntel.Analysis.Replies;
using DiscordIntel.Results;
using DiscordIntel.Structured;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Analysis;

/// <summary>Asks for one answer of a kind.</summary>
internal sealed class AnalysisAsk(StructuredOutputClient structured, AnalysisRequest request, IntelScope scope)
{
    public AnalysisRequest Request { get; } = request;

    public Task<StepResult<AnalysisReply>> SendAsync(
        IReadOnlyList<ChatMessage> messages, TimeSpan spent, StepError? fault, CancellationToken cancellationToken) => Request.Kind switch
        {
            AnalysisKind.Debate => SendAsync("analysis.debate", AnalysisJson.Default.DebateReply, messages, spent, fault, cancellationToken),
            AnalysisKind.FactCheck => SendAsync("analysis.fact_check", AnalysisJson.Default.FactCheckReply, messages, spent, fault, cancellationToken),
            _ => SendAsync("analysis.sentiment", AnalysisJson.Default.SentimentReply, messages, spent, fault, cancellationToken),
        };

    private async Task<StepResult<AnalysisReply>> SendAsync<T>(
        string operation, JsonTypeInfo<T> type, IReadOnlyList<ChatMessage> messages, TimeSpan spent, StepError? fault, CancellationToken cancellationToken)
        where T : AnalysisReply
    {
        var ask = new StructuredRequest { Messages = messages, SchemaName = "content_analysis", Generation = Request.Generation };
        var step = new StructuredStep(operation) { Fault = fault, Spent = spent };
        StepResult<T> result = await structured.GenerateAsync(step, ask, type, scope, cancellationToken).ConfigureAwait(false);
        return result.Map<AnalysisReply>(reply => reply);
    }
}
