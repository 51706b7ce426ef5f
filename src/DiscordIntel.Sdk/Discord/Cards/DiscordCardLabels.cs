namespace DiscordIntel.Discord.Cards;

/// <summary>
/// The words that cards are written with, in English by default; set them for another language. They are the host's own, so Markdown in them is not escaped. A
/// label is cut at 64 characters. Numbers stand beside them as <c>7 / 10</c> or <c>line 12</c>.
/// </summary>
public sealed record DiscordCardLabels
{
    /// <summary>The heading of a debate.</summary>
    public string Debate { get; init; } = "Debate";

    /// <summary>The heading of a fact check.</summary>
    public string FactCheck { get; init; } = "Fact check";

    /// <summary>The heading of a reading of the mood.</summary>
    public string Sentiment { get; init; } = "Mood";

    /// <summary>Before the score.</summary>
    public string Score { get; init; } = "Score";

    /// <summary>Before the confidence.</summary>
    public string Confidence { get; init; } = "Confidence, by the model's own word";

    /// <summary>Behind a number that is the mean of the parts'.</summary>
    public string MeanOfParts { get; init; } = "mean of the parts";

    /// <summary>Before the mood as a whole.</summary>
    public string OverallMood { get; init; } = "Overall";

    /// <summary>Before the speakers, each with turns and words.</summary>
    public string Speakers { get; init; } = "Speakers (turns, words), counted";

    /// <summary>Before the parts that are missing.</summary>
    public string NotRead { get; init; } = "Could not be read";

    /// <summary>Before the number of a part.</summary>
    public string Part { get; init; } = "part";

    /// <summary>Before the number of a line.</summary>
    public string Line { get; init; } = "line";

    /// <summary>Before the count of quotes that are not in the text.</summary>
    public string QuotesNotInText { get; init; } = "Quotes not in the text";

    /// <summary>Before a quote that is not in the text.</summary>
    public string NotInText { get; init; } = "not in the text";

    /// <summary>Beside the line of a quote that differs a little from the text.</summary>
    public string Nearly { get; init; } = "nearly";

    /// <summary>The heading of the warnings.</summary>
    public string Warnings { get; init; } = "Warnings";

    /// <summary>The heading of the key points.</summary>
    public string KeyPoints { get; init; } = "Key points";

    /// <summary>The heading of the signs of bias.</summary>
    public string Bias { get; init; } = "Bias and loaded language";

    /// <summary>The heading of the claims.</summary>
    public string Claims { get; init; } = "Claims";

    /// <summary>The heading of claims of which none has evidence.</summary>
    public string ClaimsWithoutEvidence { get; init; } = "Claims (no evidence was looked up)";

    /// <summary>The verdict <see cref="Analysis.ClaimVerdict.Unverified"/>.</summary>
    public string Unverified { get; init; } = "unverified";

    /// <summary>The verdict <see cref="Analysis.ClaimVerdict.Verified"/>.</summary>
    public string Verified { get; init; } = "verified";

    /// <summary>The verdict <see cref="Analysis.ClaimVerdict.Disputed"/>.</summary>
    public string Disputed { get; init; } = "disputed";

    /// <summary>Before what the model believes of a claim.</summary>
    public string Belief { get; init; } = "the model's belief";

    /// <summary>The belief <see cref="Analysis.ModelBelief.Unsure"/>.</summary>
    public string Unsure { get; init; } = "no view";

    /// <summary>The belief <see cref="Analysis.ModelBelief.LikelyTrue"/>.</summary>
    public string LikelyTrue { get; init; } = "likely true";

    /// <summary>The belief <see cref="Analysis.ModelBelief.LikelyFalse"/>.</summary>
    public string LikelyFalse { get; init; } = "likely false";

    /// <summary>Before who makes a claim.</summary>
    public string ClaimedBy { get; init; } = "claimed by";

    /// <summary>Before what would settle a claim.</summary>
    public string WouldSettle { get; init; } = "would settle it";

    /// <summary>The heading of the sides of a debate.</summary>
    public string Sides { get; init; } = "Who argues what";

    /// <summary>Before the strength of an argument.</summary>
    public string Strength { get; init; } = "strength";

    /// <summary>The heading of the fallacies.</summary>
    public string Fallacies { get; init; } = "Fallacies";

    /// <summary>The heading of the rebuttals.</summary>
    public string Rebuttals { get; init; } = "Who answered whom";

    /// <summary>In place of a speaker who is not known.</summary>
    public string Somebody { get; init; } = "somebody";

    /// <summary>The heading of the moods of the speakers.</summary>
    public string Moods { get; init; } = "Mood of each speaker";

    /// <summary>The heading of the emotions.</summary>
    public string Emotions { get; init; } = "Emotions";

    /// <summary>The heading of the turning points.</summary>
    public string TurningPoints { get; init; } = "Turning points";

    /// <summary>Before the count of what did not fit.</summary>
    public string NotShown { get; init; } = "Not shown";

    /// <summary>Behind the number of input tokens.</summary>
    public string TokensIn { get; init; } = "tokens in";

    /// <summary>Behind the number of output tokens.</summary>
    public string TokensOut { get; init; } = "out";

    /// <summary>Before a cost of which a part is an upper bound.</summary>
    public string UpTo { get; init; } = "up to";

    /// <summary>In place of the cost of an answer out of the cache.</summary>
    public string FromCache { get; init; } = "from the cache";

    /// <summary>Before the time from which a failed step may be tried again.</summary>
    public string TryAgain { get; init; } = "Try again";
}
