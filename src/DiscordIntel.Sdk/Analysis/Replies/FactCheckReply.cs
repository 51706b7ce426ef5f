using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace DiscordIntel.Analysis.Replies;

/// <summary>The answer to a fact check.</summary>
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The length attributes are read for the schema; their reflective check is never run.")]
internal sealed record FactCheckReply : AnalysisReply
{
    [Description(Limits.ClaimsRule)]
    [MaxLength(Limits.Claims)]
    public required List<CheckedClaimReply> Claims { get; init; }

    [JsonIgnore]
    public override IEnumerable<ClaimReply> AllClaims => Claims;
}
