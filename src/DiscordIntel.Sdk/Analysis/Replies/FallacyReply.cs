using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DiscordIntel.Analysis.Replies;

/// <summary>A fault of reasoning.</summary>
internal sealed record FallacyReply
{
    [Description("Its usual name, such as straw man.")]
    [StringLength(Limits.Label, MinimumLength = 1)]
    public required string Name { get; init; }

    [Description(Limits.SpeakerRule)]
    [StringLength(Limits.Label)]
    public required string? Speaker { get; init; }

    [Description("Why it is one, in one sentence.")]
    [StringLength(Limits.Sentence, MinimumLength = 1)]
    public required string Explanation { get; init; }

    [Description(Limits.QuoteRule)]
    [StringLength(Limits.Quote)]
    public required string Quote { get; init; }
}
