using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DiscordIntel.Analysis.Replies;

/// <summary>The mood of one speaker.</summary>
internal sealed record SpeakerMoodReply
{
    [Description("The speaker as the content names them.")]
    [StringLength(Limits.Label, MinimumLength = 1)]
    public required string Name { get; init; }

    [Description("From 0 (hostile) over 5 (neutral) to 10 (warm).")]
    [Range(0d, 10d)]
    public required double Score { get; init; }

    [Description("The mood in one sentence.")]
    [StringLength(Limits.Sentence, MinimumLength = 1)]
    public required string Summary { get; init; }
}
