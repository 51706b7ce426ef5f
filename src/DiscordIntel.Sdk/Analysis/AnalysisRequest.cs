using DiscordIntel.Results;

namespace DiscordIntel.Analysis;

/// <summary>What <see cref="AnalysisClient"/> reads.</summary>
public sealed record AnalysisRequest
{
    /// <summary>The text: a message, a thread, a transcript. It is data to the model; instructions in it are not followed.</summary>
    public required string Content { get; init; }

    /// <summary>What it is read for.</summary>
    public required AnalysisKind Kind { get; init; }

    /// <summary>Leaves out what rests on a quote that is not in the text, instead of marking it. The lists may then be empty.</summary>
    /// <value>Default: false.</value>
    public bool DropUngrounded { get; init; }

    /// <summary>
    /// The names of the registered tools that may be called, as few as help: what the content says can reach no other. Only
    /// <see cref="AnalysisClient.AnalyzeWithFunctionsAsync(AnalysisRequest, IntelScope, CancellationToken)"/> calls any.
    /// </summary>
    /// <value>Default: null, all that the scope may use.</value>
    public IReadOnlyCollection<string>? AllowedTools { get; init; }

    /// <summary>
    /// Told after each part of a long text and after each request that merges parts; from any thread, one call at a time. An exception of it does not end
    /// the analysis: it is named in <see cref="StepReceipt.Warnings"/>.
    /// </summary>
    public IProgress<AnalysisProgress>? Progress { get; init; }

    /// <summary>How to answer this one; null for the configured way. The timeout holds for the whole text, all parts included.</summary>
    public GenerationOptions? Generation { get; init; }

    /// <summary>What is wrong with it before anybody is asked.</summary>
    internal StepError? Fault => string.IsNullOrWhiteSpace(Content)
        ? new StepError { Kind = StepErrorKind.InvalidRequest, Message = "The content to analyse is empty." }
        : null;
}
