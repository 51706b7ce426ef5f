using DiscordIntel.Analysis.Grounding;
using DiscordIntel.Results;
using DiscordIntel.Structured;

namespace DiscordIntel.Analysis;

/// <summary>Debates, claims and moods, read as typed results whose quotes were looked up. Safe for concurrent use; inject it as a singleton.</summary>
public class AnalysisClient
{
    private readonly StructuredOutputClient _structured;

    internal AnalysisClient(StructuredOutputClient structured) => _structured = structured;

    /// <summary>For a substitute in a bot's own tests.</summary>
    protected AnalysisClient() => _structured = null!;

    /// <summary>Reads a text.</summary>
    /// <param name="content">The text. Empty text is an <see cref="StepErrorKind.InvalidRequest"/>.</param>
    /// <param name="kind">What it is read for.</param>
    /// <param name="scope">For whom.</param>
    /// <param name="cancellationToken">Gives the call up; then <see cref="OperationCanceledException"/> is thrown.</param>
    /// <returns>The analysis. A quote that is not in the text is marked in it and named in <see cref="StepReceipt.Warnings"/>.</returns>
    public virtual Task<StepResult<ContentAnalysis>> AnalyzeAsync(
        string content, AnalysisKind kind, IntelScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        return AnalyzeAsync(new AnalysisRequest { Content = content, Kind = kind }, scope, cancellationToken);
    }

    /// <summary>Reads a text, with options for this call. Otherwise like the overload that takes the text.</summary>
    public virtual async Task<StepResult<ContentAnalysis>> AnalyzeAsync(
        AnalysisRequest request, IntelScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        StepError? fault = string.IsNullOrWhiteSpace(request.Content)
            ? new StepError { Kind = StepErrorKind.InvalidRequest, Message = "The content to analyse is empty." }
            : null;
        var ask = new StructuredRequest
        {
            Messages = AnalysisPrompts.Messages(request),
            SchemaName = "content_analysis",
            Generation = request.Generation,
        };
        StepResult<AnalysisReply> reply = await _structured.GenerateAsync(
            $"analysis.{Name(request.Kind)}", ask, AnalysisJson.Default.AnalysisReply, scope, fault, cancellationToken).ConfigureAwait(false);
        return Grounded(reply, request);
    }

    private static StepResult<ContentAnalysis> Grounded(StepResult<AnalysisReply> reply, AnalysisRequest request)
    {
        var warnings = new List<string>(reply.Receipt.Warnings);
        return reply
            .Map(answer => AnalysisReader.Read(answer, request.Kind, new SourceText(request.Content), warnings))
            .WithReceipt(reply.Receipt with { Warnings = warnings });
    }

    private static string Name(AnalysisKind kind) => kind switch
    {
        AnalysisKind.FactCheck => "fact_check",
        AnalysisKind.Sentiment => "sentiment",
        _ => "debate",
    };
}
