using DiscordIntel.Analysis.Details;
using DiscordIntel.Analysis.Evidence;
using DiscordIntel.Analysis.Grounding;
using DiscordIntel.Analysis.LongContent;
using DiscordIntel.Analysis.Replies;
using DiscordIntel.Results;

namespace DiscordIntel.Analysis;

/// <summary>One text, read at once or in parts, and held against what can be checked.</summary>
internal sealed class AnalysisReading(AnalysisAsk ask, AnalysisOptions options)
{
    private readonly Outline _outline = Outline.Of(ask.Request.Content, options);

    private AnalysisRequest Request => ask.Request;

    public async Task<StepResult<ContentAnalysis>> RunAsync(CancellationToken cancellationToken)
    {
        var progress = new ProgressTeller(Request.Progress, _outline.Parts.Count);
        LongResult read = _outline.Parts.Count > 1
            ? await new LongReading(new LongAsk(ask), _outline, options, progress).RunAsync(cancellationToken).ConfigureAwait(false)
            : await AtOnceAsync(progress, cancellationToken).ConfigureAwait(false);
        return Grounded(read, progress);
    }

    /// <summary>The analysis with the verdicts of its claims. The summary is older than they are, and is held against them.</summary>
    public async Task<StepResult<ContentAnalysis>> CheckAsync(StepResult<ContentAnalysis> read, EvidenceSearch search, CancellationToken cancellationToken)
    {
        ContentAnalysis analysis = read.ValueOrThrow();
        (IReadOnlyList<Claim> claims, StepReceipt receipt, IReadOnlyList<string> warnings) =
            await new EvidenceCheck(search, ask, options).RunAsync(analysis.Claims, cancellationToken).ConfigureAwait(false);
        ContentAnalysis judged = analysis with
        {
            Claims = claims,
            FactCheck = analysis.FactCheck is { } detail
                ? detail with { Checks = [.. detail.Checks.Zip(claims, (check, claim) => check with { Claim = claim })] }
                : null,
        };
        StepReceipt sum = read.Receipt.Add(receipt);
        return StepResult.Success(judged, sum with
        {
            Elapsed = ask.Elapsed,
            Warnings = [.. sum.Warnings.Except(Consistency.Contradictions(analysis)), .. warnings, .. Consistency.Contradictions(judged)],
        });
    }

    private async Task<LongResult> AtOnceAsync(ProgressTeller progress, CancellationToken cancellationToken)
    {
        StepResult<AnalysisReply> reply = await ask.SendAsync(
            AnalysisPrompts.Whole(Request.Kind, Request.Content).With(ask.Material), Request.Fault, isBackground: false, cancellationToken).ConfigureAwait(false);
        progress.PartEnded(reply.IsSuccess);
        return new LongResult(reply, [], null);
    }

    private StepResult<ContentAnalysis> Grounded(LongResult read, ProgressTeller progress)
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
        var ground = new Ground(Request.Content, _outline.Transcript, Request.DropUngrounded, warnings);
        ContentAnalysis analysis = AnalysisReader.Read(read.Reply.Value!, Request.Kind, ground) with
        {
            Speakers = _outline.Shares(),
            MissingParts = read.Missing,
            MergeFailure = read.MergeFailure,
        };
        warnings.AddRange(BlankText.Warnings(analysis));
        ground.Close();
        warnings.AddRange(Consistency.Contradictions(analysis));
        warnings.AddRange(OutsideSource.Warnings(analysis.Summary, Request.Content));
        warnings.AddRange(InjectionScan.Warnings(Request.Content));
        warnings.AddRange(progress.Warnings);
        return StepResult.Success(analysis, receipt with { Warnings = warnings });
    }
}
