using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace DiscordIntel.Analysis.Replies;

/// <summary>The answer to a debate.</summary>
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The length attributes are read for the schema; their reflective check is never run.")]
internal sealed record DebateReply : AnalysisReply
{
    [Description("Each side of the debate with its arguments.")]
    [MaxLength(Limits.Speakers)]
    public required List<DebateSpeakerReply> Speakers { get; init; }

    [Description("Faults of reasoning; empty when there are none.")]
    [MaxLength(Limits.Findings)]
    public required List<FallacyReply> Fallacies { get; init; }

    [Description("Who answered whom; empty when nobody did.")]
    [MaxLength(Limits.Findings)]
    public required List<RebuttalReply> Rebuttals { get; init; }

    [Description(Limits.ClaimsRule)]
    [MaxLength(Limits.Claims)]
    public required List<ClaimReply> Claims { get; init; }

    [JsonIgnore]
    public override IEnumerable<ClaimReply> AllClaims => Claims;
}
