using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DiscordIntel.Analysis.Replies;

/// <summary>A claim of fact with what would settle it.</summary>
internal sealed record CheckedClaimReply : ClaimReply
{
    [Description(Limits.SpeakerRule)]
    [StringLength(Limits.Label)]
    public required string? Speaker { get; init; }

    [Description("The evidence that would settle the claim, in one sentence.")]
    [StringLength(Limits.Sentence, MinimumLength = 1)]
    public required string WouldSettle { get; init; }
}
