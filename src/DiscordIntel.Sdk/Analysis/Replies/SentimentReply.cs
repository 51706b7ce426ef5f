using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace DiscordIntel.Analysis.Replies;

/// <summary>The answer to a reading of the mood.</summary>
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The length attributes are read for the schema; their reflective check is never run.")]
internal sealed record SentimentReply : AnalysisReply
{
    [Description("The mood in a few words.")]
    [StringLength(Limits.Label, MinimumLength = 1)]
    public required string Overall { get; init; }

    [Description("The mood of each speaker.")]
    [MaxLength(Limits.Speakers)]
    public required List<SpeakerMoodReply> Speakers { get; init; }

    [Description("Feelings that show; empty when there are none.")]
    [MaxLength(Limits.Findings)]
    public required List<EmotionReply> Emotions { get; init; }

    [Description("Where the mood turns; empty when it does not.")]
    [MaxLength(Limits.Findings)]
    public required List<TurnReply> TurningPoints { get; init; }

    [Description(Limits.ClaimsRule)]
    [MaxLength(Limits.Claims)]
    public required List<ClaimReply> Claims { get; init; }

    [JsonIgnore]
    public override IEnumerable<ClaimReply> AllClaims => Claims;
}
