using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DiscordIntel.Analysis.Replies;

/// <summary>A claim of fact.</summary>
internal record ClaimReply
{
    [Description("The claim in one sentence that can be true or false.")]
    [StringLength(Limits.Sentence, MinimumLength = 1)]
    public required string Text { get; init; }

    [Description(Limits.QuoteRule)]
    [StringLength(Limits.Quote)]
    public required string Quote { get; init; }

    [Description("What you believe of the claim from what you know; it is not a verdict.")]
    public required ModelBelief Belief { get; init; }

    [Description("How sure you are of the belief, from 0 to 1.")]
    [Range(0d, 1d)]
    public required double Confidence { get; init; }
}
