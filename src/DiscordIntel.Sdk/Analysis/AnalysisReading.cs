using DiscordIntel.Analysis.Details;
using DiscordIntel.Analysis.Evidence;
using DiscordIntel.Analysis.Grounding;
using DiscordIntel.Analysis.LongContent;
using DiscordIntel.Analysis.Replies;
using DiscordIntel.Results;

namespace DiscordIntel.Analysis;

/// <summary>One text, read at once or in parts, and held against what can be checked.</summary>
internal sealed class AnalysisReading(AnalysisAsk ask, EvidenceSearch? search, AnalysisOptions options)
{
    private readonly Outline _outline = Outline.Of(ask.Request.Content, options);

    private AnalysisRequest Request => ask.Request;

    public async Task<StepResult<ContentAnalysis>> RunAsync(CancellationToken cancellationToken)
    {
        var progress = new ProgressTeller(Request.Progress, _outline.Parts.Count);
        LongResult read = _outline.Parts.Count > 1
            ? await new LongReading(new LongAsk(ask), _outline, options, progress).RunAsync(cancellationToken).ConfigureAwait(false)
            : await AtOnceAsync(progress, cancellationToken).ConfigureAwait(false);
        StepReceipt receipt = read.Reply.Receipt;
        var warnings = new List<string>(receipt.Warnings);
        if (read.Reply.Error is { } error)
        {
            warnings.AddRange(progress.Warnings);
            return StepResult.Failure<ContentAnalysis>(error, receipt with { Warnings = warnings });
        }

        ContentAnalysis analysis = Grounded(read, warnings);
        if (search is not null && analysis is { Kind: AnalysisKind.FactCheck, Claims.Count: > 0 })
        {
            (IReadOnlyList<Claim> claims, StepReceipt taken) = await new EvidenceCheck(search, ask, options).RunAsync(analysis.Claims, warnings, cancellationToken).ConfigureAwait(false);
            analysis = Judged(analysis, claims);
            receipt = receipt.Add(taken) with { Elapsed = ask.Elapsed };
            warnings.AddRange(taken.Warnings.Except(warnings));
        }

        // The summary is older than the verdicts, and is held against them.
        warnings.AddRange(Consistency.Contradictions(analysis));
        warnings.AddRange(OutsideSource.Warnings(analysis.Summary, Request.Content));
        warnings.AddRange(InjectionScan.Warnings(Request.Content));
        warnings.AddRange(progress.Warnings);
        return StepResult.Success(analysis, receipt with { Warnings = warnings });
    }

    private async Task<LongResult> AtOnceAsync(ProgressTeller progress, CancellationToken cancellationToken)
    {
        StepResult<AnalysisReply> reply = await ask.SendAsync(
            AnalysisPrompts.Whole(Request.Kind, Request.Content).With(ask.Material), Request.Fault, isBackground: false, cancellationToken).ConfigureAwait(false);
        progress.PartEnded(reply.IsSuccess);
        return new LongResult(reply, [], null);
    }

    private ContentAnalysis Grounded(LongResult read, List<string> warnings)
    {
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
        return analysis;
    }

    private static ContentAnalysis Judged(ContentAnalysis analysis, IReadOnlyList<Claim> claims) => analysis with
    {
        Claims = claims,
        FactCheck = new FactCheckDetail { Checks = [.. analysis.FactCheck!.Checks.Zip(claims, (check, claim) => check with { Claim = claim })] },
    };
}
