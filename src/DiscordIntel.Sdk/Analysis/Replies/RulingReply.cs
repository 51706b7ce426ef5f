using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;

namespace DiscordIntel.Analysis.Replies;

/// <summary>What evidence says of one claim.</summary>
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The length attributes are read for the schema; their reflective check is never run.")]
internal sealed record RulingReply
{
    [Description("The number of the claim.")]
    public required int Claim { get; init; }

    [Description("The words of its passages that settle the claim; empty when none do.")]
    [MaxLength(Limits.Citations)]
    public required List<CitationReply> Citations { get; init; }

    [Description("What these words say of the claim.")]
    public required ClaimVerdict Verdict { get; init; }
}
