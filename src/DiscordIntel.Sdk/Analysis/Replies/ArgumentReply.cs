using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DiscordIntel.Analysis.Replies;

/// <summary>An argument.</summary>
internal sealed record ArgumentReply
{
    [Description("The argument in one sentence.")]
    [StringLength(Limits.Sentence, MinimumLength = 1)]
    public required string Text { get; init; }

    [Description("How far it carries, from 0 (an assertion) to 10 (sound and relevant).")]
    [Range(0d, 10d)]
    public required double Strength { get; init; }

    [Description(Limits.QuoteRule)]
    [StringLength(Limits.Quote)]
    public required string Quote { get; init; }
}
