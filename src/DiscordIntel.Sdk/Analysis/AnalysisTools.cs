using System.Text.Json;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Analysis;

/// <summary>
/// Analyses as functions that a model may call: give them to <see cref="Functions.FunctionRequest.Tools"/>, or register them with
/// <see cref="DiscordIntelBuilder.AddAnalysisTools"/>. Each call is an analysis by <see cref="AnalysisClient"/>, with requests, limits and costs of its own; what the model
/// is told is compact JSON. Outside of <see cref="Functions.FunctionCallingClient"/> put the scope into <c>AIFunctionArguments.Context[typeof(IntelScope)]</c>. Inject it as
/// a singleton.
/// </summary>
public sealed class AnalysisTools
{
    private static readonly JsonElement Content = JsonElement.Parse(
        """
        {"type":"object","properties":{"content":{"type":"string","description":"The text, whole and unchanged."}},"required":["content"],"additionalProperties":false}
        """);

    private static readonly JsonElement Claims = JsonElement.Parse(
        """
        {"type":"object","properties":{"claims":{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":20,"description":"Claims of fact, a sentence each."}},"required":["claims"],"additionalProperties":false}
        """);

    private static readonly JsonElement ContentAndKind = JsonElement.Parse(
        """
        {"type":"object","properties":{"content":{"type":"string","description":"The text, whole and unchanged."},"kind":{"type":"string","enum":["Debate","FactCheck","Sentiment"]}},"required":["content","kind"],"additionalProperties":false}
        """);

    /// <summary>Makes the functions over a client.</summary>
    public AnalysisTools(AnalysisClient analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        AnalyzeDebateContent = new AnalysisTool(
            analysis, Names[0], "Judges a debate: score, speakers with their scores, key points, fallacies and claims, with quotes that were looked up in the text.", Content, AnalysisKind.Debate);
        FactCheckClaims = new AnalysisTool(
            analysis, Names[1], "Checks claims of fact: a verdict with cited evidence where evidence settles one, and what a model believes of it otherwise.", Claims, AnalysisKind.FactCheck);
        AnalyzeContent = new AnalysisTool(
            analysis, Names[2], "Reads a text as a debate, for its claims of fact or for its mood, with quotes that were looked up in the text.", ContentAndKind, kind: null);
        All = [AnalyzeDebateContent, FactCheckClaims, AnalyzeContent];
    }

    internal static IReadOnlyList<string> Names { get; } = ["analyze_debate_content", "fact_check_claims", "analyze_content"];

    /// <summary><c>analyze_debate_content(content)</c>: judges a debate.</summary>
    public AIFunction AnalyzeDebateContent { get; }

    /// <summary><c>fact_check_claims(claims)</c>: checks up to 20 claims, against evidence where a source is registered.</summary>
    public AIFunction FactCheckClaims { get; }

    /// <summary><c>analyze_content(content, kind)</c>: the analysis of a kind that the model chooses.</summary>
    public AIFunction AnalyzeContent { get; }

    /// <summary>All three.</summary>
    public IReadOnlyList<AIFunction> All { get; }
}
