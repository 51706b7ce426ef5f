using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DiscordIntel.Analysis.Replies;

/// <summary>A sign of bias.</summary>
internal sealed record BiasReply
{
    [Description("The kind of sign in a few words, such as loaded language or straw man.")]
    [StringLength(Limits.Label, MinimumLength = 1)]
    public required string Type { get; init; }

    [Description("Why it is one, in one sentence.")]
    [StringLength(Limits.Sentence, MinimumLength = 1)]
    public required string Explanation { get; init; }

    [Description(Limits.QuoteRule)]
    [StringLength(Limits.Quote)]
    public required string Quote { get; init; }
}
