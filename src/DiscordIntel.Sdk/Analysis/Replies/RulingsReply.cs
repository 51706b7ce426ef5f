using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;

namespace DiscordIntel.Analysis.Replies;

/// <summary>What evidence says of claims.</summary>
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The length attributes are read for the schema; their reflective check is never run.")]
internal sealed record RulingsReply
{
    [Description("One ruling for each claim, in the order of the claims.")]
    [MaxLength(Limits.Claims)]
    public required List<RulingReply> Rulings { get; init; }
}
