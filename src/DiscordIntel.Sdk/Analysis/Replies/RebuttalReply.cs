using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DiscordIntel.Analysis.Replies;

/// <summary>An answer to somebody.</summary>
internal sealed record RebuttalReply
{
    [Description(Limits.SpeakerRule)]
    [StringLength(Limits.Label)]
    public required string? Speaker { get; init; }

    [Description("Whom they answer, as the content names them; null when that is not known.")]
    [StringLength(Limits.Label)]
    public required string? Answers { get; init; }

    [Description("What is answered, and with what, in one sentence.")]
    [StringLength(Limits.Sentence, MinimumLength = 1)]
    public required string Text { get; init; }

    [Description(Limits.QuoteRule)]
    [StringLength(Limits.Quote)]
    public required string Quote { get; init; }
}
