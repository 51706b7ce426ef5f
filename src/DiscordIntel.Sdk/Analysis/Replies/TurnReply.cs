using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DiscordIntel.Analysis.Replies;

/// <summary>A place where the mood turns.</summary>
internal sealed record TurnReply
{
    [Description("From what to what, and why, in one sentence.")]
    [StringLength(Limits.Sentence, MinimumLength = 1)]
    public required string Text { get; init; }

    [Description(Limits.QuoteRule)]
    [StringLength(Limits.Quote)]
    public required string Quote { get; init; }
}
