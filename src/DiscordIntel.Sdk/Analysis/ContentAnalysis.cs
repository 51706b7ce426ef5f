using DiscordIntel.Analysis.Details;
using DiscordIntel.Results;

namespace DiscordIntel.Analysis;

/// <summary>
/// What a model read in a text. Every number is the model's own, checked for its range, or the mean of its own where <see cref="MergeFailure"/> is set; every
/// quote was looked up in the text. What the model could not know is absent, not filled in.
/// </summary>
public sealed record ContentAnalysis
{
    /// <summary>What the text was read for.</summary>
    public required AnalysisKind Kind { get; init; }

    /// <summary>
    /// 0 to 10. Debate: how well it is argued. Fact check: how far the claims hold, by the model's belief alone. Sentiment: 0 hostile, 5 neutral, 10 warm.
    /// </summary>
    public required double Score { get; init; }

    /// <summary>How sure the model says it is of <see cref="Score"/>, 0 to 1. It is not a measured probability.</summary>
    public required double Confidence { get; init; }

    /// <summary>
    /// The result in at most 500 characters. Like every text in the analysis it is the model's or the content's, with whatever mentions, links and Markdown it
    /// holds: escape it before you post it.
    /// </summary>
    public required string Summary { get; init; }

    /// <summary>The 1 to 10 points that matter most; fewer, even none, where <see cref="AnalysisRequest.DropUngrounded"/> left some out.</summary>
    public required IReadOnlyList<KeyPoint> KeyPoints { get; init; }

    /// <summary>Up to 5 signs of bias or loaded language.</summary>
    public required IReadOnlyList<BiasIndicator> BiasIndicators { get; init; }

    /// <summary>Up to 20 claims of fact that could be checked.</summary>
    public required IReadOnlyList<Claim> Claims { get; init; }

    /// <summary>What only a debate has; null for the other kinds.</summary>
    public DebateDetail? Debate { get; init; }

    /// <summary>What only a fact check has; null for the other kinds.</summary>
    public FactCheckDetail? FactCheck { get; init; }

    /// <summary>What only a reading of the mood has; null for the other kinds.</summary>
    public SentimentDetail? Sentiment { get; init; }

    /// <summary>The speakers whom the text itself labels, counted from the text and not by the model; empty for plain prose.</summary>
    public IReadOnlyList<SpeakerShare> Speakers { get; init; } = [];

    /// <summary>Parts of a long text that could not be read; empty when the analysis covers the whole text.</summary>
    public IReadOnlyList<MissingPart> MissingParts { get; init; } = [];

    /// <summary>
    /// Why the model could not merge the parts of a long text; null when it did, and for a text that needed no merging. When it is set, the analysis is put
    /// together from the results of the parts without a model: <see cref="Score"/>, <see cref="Confidence"/> and the scores of speakers are the means of the
    /// parts', weighted by their length; <see cref="Summary"/> is made of theirs; the lists hold what the parts named first.
    /// </summary>
    public StepErrorKind? MergeFailure { get; init; }
}
