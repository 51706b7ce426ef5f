using DiscordIntel.Analysis.Details;
using DiscordIntel.Analysis.Evidence;
using DiscordIntel.Analysis.LongContent;
using DiscordIntel.Configuration;
using DiscordIntel.Functions;
using DiscordIntel.Results;
using DiscordIntel.Structured;
using DiscordIntel.Text;

namespace DiscordIntel.Analysis;

/// <summary>Debates, claims and moods, read as typed results whose quotes were looked up. Safe for concurrent use; inject it as a singleton.</summary>
public class AnalysisClient
{
    private readonly StructuredOutputClient _structured;
    private readonly TextClient _text;
    private readonly IEvidenceSource? _evidence;
    private readonly LiveOptions _options;
    private readonly TimeProvider _time;

    internal AnalysisClient(StructuredOutputClient structured, TextClient text, IEvidenceSource? evidence, LiveOptions options, TimeProvider time) =>
        (_structured, _text, _evidence, _options, _time) = (structured, text, evidence, options, time);

    /// <summary>For a substitute in a bot's own tests.</summary>
    protected AnalysisClient() => (_structured, _text, _options, _time) = (null!, null!, null!, null!);

    /// <summary>Reads a text.</summary>
    /// <param name="content">The text, of any length. Empty text is an <see cref="StepErrorKind.InvalidRequest"/>.</param>
    /// <param name="kind">What it is read for.</param>
    /// <param name="scope">For whom.</param>
    /// <param name="cancellationToken">Gives the call up; then <see cref="OperationCanceledException"/> is thrown.</param>
    /// <returns>
    /// The analysis. What it could not be held to (a quote or a speaker that is not in the text, a part that could not be read, signs of an attempt to steer the
    /// model) is marked in it and named in <see cref="StepReceipt.Warnings"/>.
    /// </returns>
    public virtual Task<StepResult<ContentAnalysis>> AnalyzeAsync(
        string content, AnalysisKind kind, IntelScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        return AnalyzeAsync(new AnalysisRequest { Content = content, Kind = kind }, scope, cancellationToken);
    }

    /// <summary>
    /// Reads a text, with options for this call. A text above <see cref="AnalysisOptions.PartTokens"/> is split at turns and sentences, read in parts side by
    /// side and merged by one more call, or by several when they are many. Nothing that was read is lost: when a part fails, the result covers the others and
    /// <see cref="ContentAnalysis.MissingParts"/> names it; when the merge fails, the result is put together from the parts, and
    /// <see cref="ContentAnalysis.MergeFailure"/> says why. It is an error only when no part could be read. Where an <see cref="IEvidenceSource"/> is registered,
    /// the claims of a fact check are looked up and judged in one more request, or a few.
    /// </summary>
    public virtual async Task<StepResult<ContentAnalysis>> AnalyzeAsync(
        AnalysisRequest request, IntelScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(scope);
        DiscordIntelOptions options = _options.Current;
        var time = new RunTime(_time, (request.Generation?.Over(options.Generation) ?? options.Generation).Timeout);
        var reading = new AnalysisReading(new AnalysisAsk(_structured, request, scope, time), options.Analysis);
        StepResult<ContentAnalysis> read = await reading.RunAsync(cancellationToken).ConfigureAwait(false);
        return _evidence is not null && read.Value is { Kind: AnalysisKind.FactCheck, Claims.Count: > 0 }
            ? await reading.CheckAsync(read, new EvidenceSearch(_evidence, scope, time, _time), cancellationToken).ConfigureAwait(false)
            : read;
    }

    /// <summary>
    /// Reads a text and reports in prose, piece by piece as the model writes: assessment, findings, bias, fact check, recommendations. For a live reply; nothing in
    /// prose can be looked up, so quotes and speakers are the model's own word. Use <see cref="AnalyzeAsync(string, AnalysisKind, IntelScope, CancellationToken)"/>
    /// for a result that was checked.
    /// </summary>
    /// <param name="content">The text. It is not split: one longer than the model's context window is a <see cref="StepErrorKind.ContextTooLong"/>.</param>
    /// <param name="kind">What it is read for.</param>
    /// <param name="scope">For whom.</param>
    /// <param name="cancellationToken">Gives the call up within one piece; then <see cref="OperationCanceledException"/> is thrown.</param>
    /// <returns>
    /// Pieces of text, then the final element with the receipt, or an error with the text so far. Signs of an attempt to steer the model are named in the receipt's
    /// warnings.
    /// </returns>
    public virtual IAsyncEnumerable<StepResult<StreamChunk>> StreamAsync(
        string content, AnalysisKind kind, IntelScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        return StreamAsync(new AnalysisRequest { Content = content, Kind = kind }, scope, cancellationToken);
    }

    /// <summary>Reports in prose, with options for this call. Only <see cref="AnalysisRequest.Generation"/> of them has an effect on a stream.</summary>
    public virtual IAsyncEnumerable<StepResult<StreamChunk>> StreamAsync(
        AnalysisRequest request, IntelScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(scope);
        return ProseReading.StreamAsync(_text, request, scope, cancellationToken);
    }

    /// <summary>Shows how a text would be split by the settings in force, without asking a model: one part is the whole text at once.</summary>
    public virtual IReadOnlyList<AnalysisPart> Split(string content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var outline = Outline.Of(content, _options.Current.Analysis);
        return [.. outline.Parts.Select(outline.Describe)];
    }
}
