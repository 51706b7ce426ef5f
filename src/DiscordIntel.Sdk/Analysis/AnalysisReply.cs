using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace DiscordIntel.Analysis;

/// <summary>What the model is asked to fill in. Its schema, limits included, is made from this type.</summary>
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The length attributes are read for the schema; their reflective check is never run.")]
internal sealed record AnalysisReply
{
    [Description("The result in two or three sentences, in the language of the content.")]
    [StringLength(500, MinimumLength = 1)]
    public required string Summary { get; init; }

    [Description("The score of the rubric.")]
    [Range(0d, 10d)]
    public required double Score { get; init; }

    [Description("How sure you are of the score, from 0 (a guess) to 1 (certain).")]
    [Range(0d, 1d)]
    public required double Confidence { get; init; }

    [Description("The points that matter most, the weightiest first.")]
    [MinLength(1)]
    [MaxLength(10)]
    public required List<PointReply> KeyPoints { get; init; }

    [Description("Signs of bias or loaded language; empty when there are none.")]
    [MaxLength(5)]
    public required List<BiasReply> BiasIndicators { get; init; }

    [Description("Claims of fact that could be checked against evidence; empty when there are none.")]
    [MaxLength(20)]
    public required List<ClaimReply> Claims { get; init; }

    internal sealed record PointReply
    {
        [Description("The point in one sentence.")]
        [StringLength(400, MinimumLength = 1)]
        public required string Text { get; init; }

        [Description(QuoteRule)]
        [StringLength(LongestQuote)]
        public required string Quote { get; init; }
    }

    internal sealed record BiasReply
    {
        [Description("The kind of sign in a few words, such as loaded language or straw man.")]
        [StringLength(80, MinimumLength = 1)]
        public required string Type { get; init; }

        [Description("Why it is one, in one sentence.")]
        [StringLength(400, MinimumLength = 1)]
        public required string Explanation { get; init; }

        [Description(QuoteRule)]
        [StringLength(LongestQuote)]
        public required string Quote { get; init; }
    }

    internal sealed record ClaimReply
    {
        [Description("The claim in one sentence that can be true or false.")]
        [StringLength(400, MinimumLength = 1)]
        public required string Text { get; init; }

        [Description(QuoteRule)]
        [StringLength(LongestQuote)]
        public required string Quote { get; init; }

        [Description("What you believe of the claim from what you know; it is not a verdict.")]
        public required ModelBelief Belief { get; init; }

        [Description("How sure you are of the belief, from 0 to 1.")]
        [Range(0d, 1d)]
        public required double Confidence { get; init; }
    }

    // Far more than a sentence; it also bounds what looking a quote up can take.
    private const int LongestQuote = 1000;

    private const string QuoteRule = "The words it rests on, copied letter by letter from the content, one sentence or less.";
}

#pragma warning disable MA0048 // The context of this one type.
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(AnalysisReply))]
internal sealed partial class AnalysisJson : JsonSerializerContext;
