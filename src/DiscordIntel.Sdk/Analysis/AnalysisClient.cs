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
    private readonly FunctionCallingClient _functions;
    private readonly IEvidenceSource? _evidence;
    private readonly LiveOptions _options;
    private readonly TimeProvider _time;

    internal AnalysisClient(
        StructuredOutputClient structured, TextClient text, FunctionCallingClient functions, IEvidenceSource? evidence, LiveOptions options, TimeProvider time) =>
        (_structured, _text, _functions, _evidence, _options, _time) = (structured, text, functions, evidence, options, time);

    /// <summary>For a substitute in a bot's own tests.</summary>
    protected AnalysisClient() => (_structured, _text, _functions, _options, _time) = (null!, null!, null!, null!, null!);

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
    public virtual Task<StepResult<ContentAnalysis>> AnalyzeAsync(
        AnalysisRequest request, IntelScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(scope);
        return ReadAsync(request, material: null, scope, TimeOf(request), cancellationToken);
    }

    /// <summary>Reads a text with the help of the registered tools. Otherwise like the overload that takes a request.</summary>
    public virtual Task<StepResult<ContentAnalysis>> AnalyzeWithFunctionsAsync(
        string content, AnalysisKind kind, IntelScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        return AnalyzeWithFunctionsAsync(new AnalysisRequest { Content = content, Kind = kind }, scope, cancellationToken);
    }

    /// <summary>
    /// Reads a text with the help of the registered tools: the model first calls those that help to understand it, as <see cref="FunctionCallingClient"/> does; then the
    /// text is analysed as by <see cref="AnalyzeAsync(AnalysisRequest, IntelScope, CancellationToken)"/>, with their results beside it and the same checks. Tools that
    /// need an approval are not offered, and without any tool it is a plain analysis. What a tool gives is no evidence: verdicts come from an <see cref="IEvidenceSource"/> alone.
    /// </summary>
    /// <returns>
    /// The analysis, with the calls in <see cref="StepReceipt.ToolSteps"/>. A run that ended before its time, at a cap say, is a warning, and what its tools gave is used;
    /// one that could not begin is its failure.
    /// </returns>
    public virtual async Task<StepResult<ContentAnalysis>> AnalyzeWithFunctionsAsync(
        AnalysisRequest request, IntelScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(scope);
        RunTime time = TimeOf(request);
        if (request.Fault is not null)
        {
            return await ReadAsync(request, material: null, scope, time, cancellationToken).ConfigureAwait(false);
        }

        StepResult<string> gathered = await _functions.RunAsync(FunctionMaterial.Request(request), scope, cancellationToken).ConfigureAwait(false);
        if (gathered is { Error: { } error, Receipt.Attempts: 0 })
        {
            return StepResult.Failure<ContentAnalysis>(error, gathered.Receipt);
        }

        var material = FunctionMaterial.Of(gathered);
        StepResult<ContentAnalysis> read = await ReadAsync(request, material.Text, scope, time, cancellationToken).ConfigureAwait(false);
        StepReceipt sum = gathered.Receipt.Add(read.Receipt);
        return read.WithReceipt(sum with { Elapsed = time.Elapsed, Warnings = [.. sum.Warnings, .. material.Warnings] });
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

    private RunTime TimeOf(AnalysisRequest request)
    {
        GenerationOptions defaults = _options.Current.Generation;
        return new RunTime(_time, (request.Generation?.Over(defaults) ?? defaults).Timeout);
    }

    private Task<StepResult<ContentAnalysis>> ReadAsync(
        AnalysisRequest request, string? material, IntelScope scope, RunTime time, CancellationToken cancellationToken)
    {
        EvidenceSearch? search = _evidence is null ? null : new EvidenceSearch(_evidence, scope, time, _time);
        var ask = new AnalysisAsk(_structured, request, material, scope, time);
        return new AnalysisReading(ask, search, _options.Current.Analysis).RunAsync(cancellationToken);
    }
}
