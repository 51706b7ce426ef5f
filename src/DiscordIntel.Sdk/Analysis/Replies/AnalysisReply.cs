using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace DiscordIntel.Analysis.Replies;

/// <summary>What the model is asked to fill in for every kind. The schemas, limits included, are made from these types.</summary>
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The length attributes are read for the schema; their reflective check is never run.")]
internal abstract record AnalysisReply
{
    [Description("The result in two or three sentences, in the language of the content.")]
    [StringLength(Limits.Summary, MinimumLength = 1)]
    public required string Summary { get; init; }

    [Description("The score of the rubric.")]
    [Range(0d, 10d)]
    public required double Score { get; init; }

    [Description("How sure you are of the score, from 0 (a guess) to 1 (certain).")]
    [Range(0d, 1d)]
    public required double Confidence { get; init; }

    [Description("The points that matter most, the weightiest first.")]
    [MinLength(1)]
    [MaxLength(Limits.KeyPoints)]
    public required List<PointReply> KeyPoints { get; init; }

    [Description("Signs of bias or loaded language; empty when there are none.")]
    [MaxLength(Limits.BiasIndicators)]
    public required List<BiasReply> BiasIndicators { get; init; }

    /// <summary>The claims, whatever else a kind says of them.</summary>
    [JsonIgnore]
    public abstract IEnumerable<ClaimReply> AllClaims { get; }
}
