using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;

namespace DiscordIntel.Analysis.Replies;

/// <summary>One side of a debate.</summary>
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The length attributes are read for the schema; their reflective check is never run.")]
internal sealed record DebateSpeakerReply
{
    [Description("The speaker as the content names them.")]
    [StringLength(Limits.Label, MinimumLength = 1)]
    public required string Name { get; init; }

    [Description("What they stand for, in one sentence.")]
    [StringLength(Limits.Sentence, MinimumLength = 1)]
    public required string Position { get; init; }

    [Description("How well they argue, by the rubric.")]
    [Range(0d, 10d)]
    public required double Score { get; init; }

    [Description("Their arguments, the weightiest first.")]
    [MaxLength(Limits.Findings)]
    public required List<ArgumentReply> Arguments { get; init; }
}
