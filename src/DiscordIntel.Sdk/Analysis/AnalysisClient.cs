using DiscordIntel.Analysis.Details;
using DiscordIntel.Analysis.Grounding;
using DiscordIntel.Analysis.LongContent;
using DiscordIntel.Analysis.Replies;
using DiscordIntel.Configuration;
using DiscordIntel.Results;
using DiscordIntel.Structured;
using DiscordIntel.Text;

namespace DiscordIntel.Analysis;

/// <summary>Debates, claims and moods, read as typed results whose quotes were looked up. Safe for concurrent use; inject it as a singleton.</summary>
public class AnalysisClient
{
    private readonly StructuredOutputClient _structured;
    private readonly TextClient _text;
    private readonly LiveOptions _options;
    private readonly TimeProvider _time;

    internal AnalysisClient(StructuredOutputClient structured, TextClient text, LiveOptions options, TimeProvider time) =>
        (_structured, _text, _options, _time) = (structured, text, options, time);

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
    /// <see cref="ContentAnalysis.MergeFailure"/> says why. It is an error only when no part could be read.
    /// </summary>
    public virtual async Task<StepResult<ContentAnalysis>> AnalyzeAsync(
        AnalysisRequest request, IntelScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        AnalysisOptions options = _options.Current.Analysis;
        var outline = Outline.Of(request.Content, options);
        var ask = new AnalysisAsk(_structured, request, scope);
        var progress = new ProgressTeller(request.Progress, outline.Parts.Count);
        if (outline.Parts.Count > 1)
        {
            LongResult read = await new LongReading(new LongAsk(ask, _time), outline, options, progress).RunAsync(cancellationToken).ConfigureAwait(false);
            return Grounded(read, request, outline, progress);
        }

        StepResult<AnalysisReply> reply = await ask.SendAsync(
            AnalysisPrompts.Whole(request.Kind, request.Content), TimeSpan.Zero, request.Fault, isBackground: false, cancellationToken).ConfigureAwait(false);
        progress.PartDone();
        return Grounded(new LongResult(reply, [], null), request, outline, progress);
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

    private static StepResult<ContentAnalysis> Grounded(LongResult read, AnalysisRequest request, Outline outline, ProgressTeller progress)
    {
        StepReceipt receipt = read.Reply.Receipt;
        var warnings = new List<string>(receipt.Warnings);
        if (read.Reply.Error is { } error)
        {
            warnings.AddRange(progress.Warnings);
            return StepResult.Failure<ContentAnalysis>(error, receipt with { Warnings = warnings });
        }

        warnings.AddRange(read.Missing.Select(part =>
            $"Part {part.Part.Number}, from line {part.Part.Line}, could not be read ({part.Reason}): the result does not cover it."));
        var ground = new Ground(request.Content, outline.Transcript, request.DropUngrounded, warnings);
        ContentAnalysis analysis = AnalysisReader.Read(read.Reply.Value!, request.Kind, ground) with
        {
            Speakers = outline.Shares(),
            MissingParts = read.Missing,
            MergeFailure = read.MergeFailure,
        };
        warnings.AddRange(BlankText.Warnings(analysis));
        ground.Close();
        warnings.AddRange(Consistency.Contradictions(analysis));
        warnings.AddRange(OutsideSource.Warnings(analysis.Summary, request.Content));
        warnings.AddRange(InjectionScan.Warnings(request.Content));
        warnings.AddRange(progress.Warnings);
        return StepResult.Success(analysis, receipt with { Warnings = warnings });
    }
}
