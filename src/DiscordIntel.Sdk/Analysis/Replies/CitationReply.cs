using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DiscordIntel.Analysis.Replies;

/// <summary>Words of a passage.</summary>
internal sealed record CitationReply
{
    [Description("The number of the passage.")]
    public required int Passage { get; init; }

    [Description("The words that settle the claim, copied letter by letter from the passage, one sentence or less.")]
    [StringLength(Limits.Quote)]
    public required string Quote { get; init; }
}
