using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DiscordIntel.Analysis.Replies;

/// <summary>A point that matters.</summary>
internal sealed record PointReply
{
    [Description("The point in one sentence.")]
    [StringLength(Limits.Sentence, MinimumLength = 1)]
    public required string Text { get; init; }

    [Description(Limits.QuoteRule)]
    [StringLength(Limits.Quote)]
    public required string Quote { get; init; }
}
