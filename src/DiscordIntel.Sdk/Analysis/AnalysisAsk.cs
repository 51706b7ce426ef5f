using System.Text.Json.Serialization.Metadata;
using DiscordIntel.Analysis.Replies;
using DiscordIntel.Functions;
using DiscordIntel.Results;
using DiscordIntel.Structured;

namespace DiscordIntel.Analysis;

/// <summary>The requests of one analysis: for whom, how, and with which deadline.</summary>
internal sealed class AnalysisAsk(StructuredOutputClient structured, AnalysisRequest request, string? material, IntelScope scope, RunTime time)
{
    public AnalysisRequest Request { get; } = request;

    /// <summary>What functions gave to understand the content; null for nothing.</summary>
    public string? Material { get; } = material;

    /// <summary>Since the analysis began; it counts towards the deadline of every request.</summary>
    public TimeSpan Elapsed => time.Elapsed;

    private string Operation => Request.Kind switch
    {
        AnalysisKind.Debate => "analysis.debate",
        AnalysisKind.FactCheck => "analysis.fact_check",
        _ => "analysis.sentiment",
    };

    // One of many, it may wait for a free place under a rate limit: what was paid before it shall not be lost.
    private GenerationOptions InBackground => (Request.Generation ?? new GenerationOptions()) with { Background = true };

    /// <summary>Asks for one answer of the request's kind. In the background it may wait for a free place under a rate limit.</summary>
    public Task<StepResult<AnalysisReply>> SendAsync(AnalysisPrompt prompt, StepError? fault, bool isBackground, CancellationToken cancellationToken)
    {
        var ask = new StructuredRequest
        {
            Messages = prompt.Messages,
            SchemaName = "content_analysis",
            Generation = isBackground ? InBackground : Request.Generation,
        };
        var step = new StructuredStep(Operation) { Fault = fault, Spent = Elapsed, Nonce = prompt.Marker };
        return Request.Kind switch
        {
            AnalysisKind.Debate => SendAsync(step, ask, AnalysisJson.Default.DebateReply, cancellationToken),
            AnalysisKind.FactCheck => SendAsync(step, ask, AnalysisJson.Default.FactCheckReply, cancellationToken),
            _ => SendAsync(step, ask, AnalysisJson.Default.SentimentReply, cancellationToken),
        };
    }

    /// <summary>Asks what evidence says of claims.</summary>
    public Task<StepResult<RulingsReply>> JudgeAsync(AnalysisPrompt prompt, CancellationToken cancellationToken) => structured.GenerateAsync(
        new StructuredStep("analysis.evidence") { Spent = Elapsed, Nonce = prompt.Marker },
        new StructuredRequest { Messages = prompt.Messages, SchemaName = "evidence_rulings", Generation = InBackground },
        AnalysisJson.Default.RulingsReply,
        scope,
        cancellationToken);

    private async Task<StepResult<AnalysisReply>> SendAsync<T>(
        StructuredStep step, StructuredRequest ask, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : AnalysisReply
    {
        StepResult<T> result = await structured.GenerateAsync(step, ask, type, scope, cancellationToken).ConfigureAwait(false);
        return result.Map<AnalysisReply>(reply => reply);
    }
}
