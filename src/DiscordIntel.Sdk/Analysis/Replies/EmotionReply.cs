using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DiscordIntel.Analysis.Replies;

/// <summary>A feeling.</summary>
internal sealed record EmotionReply
{
    [Description("The feeling in a word or two, such as anger.")]
    [StringLength(Limits.Label, MinimumLength = 1)]
    public required string Name { get; init; }

    [Description(Limits.SpeakerRule)]
    [StringLength(Limits.Label)]
    public required string? Speaker { get; init; }

    [Description("From 0 (a trace) to 1 (as strong as can be).")]
    [Range(0d, 1d)]
    public required double Intensity { get; init; }

    [Description(Limits.QuoteRule)]
    [StringLength(Limits.Quote)]
    public required string Quote { get; init; }
}
