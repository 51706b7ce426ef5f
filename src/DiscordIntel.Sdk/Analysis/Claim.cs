using DiscordIntel.Analysis.Evidence;

namespace DiscordIntel.Analysis;

/// <summary>A claim of fact that stands in a text.</summary>
public sealed record Claim
{
    /// <summary>The claim, in the model's words.</summary>
    public required string Text { get; init; }

    /// <summary>The words that make it.</summary>
    public required SourceQuote Quote { get; init; }

    /// <summary>
    /// What evidence says. It is looked up in a fact check where an <see cref="IEvidenceSource"/> is registered; otherwise every claim is
    /// <see cref="ClaimVerdict.Unverified"/>.
    /// </summary>
    public required ClaimVerdict Verdict { get; init; }

    /// <summary>What the verdict rests on: one citation or more for a claim that is verified or disputed, none for any other.</summary>
    public IReadOnlyList<CitedEvidence> Evidence { get; init; } = [];

    /// <summary>What the model believes from its training alone. A belief is no evidence.</summary>
    public required ModelBelief Belief { get; init; }

    /// <summary>How sure the model says it is of <see cref="Belief"/>, 0 to 1.</summary>
    public required double Confidence { get; init; }
}
