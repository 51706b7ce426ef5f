using DiscordIntel.Analysis.Details;
using DiscordIntel.Analysis.Replies;
using DiscordIntel.Results;

namespace DiscordIntel.Analysis.LongContent;

/// <summary>What became of a long text.</summary>
/// <param name="Reply">The result of all parts that were read; the failure of the first when none was.</param>
/// <param name="Missing">The parts that were not.</param>
/// <param name="MergeFailure">Why the result was put together without a model; null when it was not.</param>
internal sealed record LongResult(StepResult<AnalysisReply> Reply, IReadOnlyList<MissingPart> Missing, StepErrorKind? MergeFailure);
