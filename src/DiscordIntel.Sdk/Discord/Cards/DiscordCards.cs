using System.Globalization;
using DiscordIntel.Analysis;
using DiscordIntel.Results;

namespace DiscordIntel.Discord.Cards;

/// <summary>
/// Results as cards for Discord. The cards of one result fit into one message. Numbers and verdicts are shown as they are; a quote that is not in the text is
/// marked, and what does not fit is counted in the footer of the last card.
/// </summary>
public static class DiscordCards
{
    private const int MostOfASentence = 2000;

    /// <summary>An analysis: an overview, then a card for each list that is not empty.</summary>
    /// <remarks>
    /// The overview is always there. The lists are filled in turn, one finding of each list a round, until the next finding of a list does not fit: then the list
    /// ends there, and the others go on. A finding is shown whole or not at all; of a single text at most 500 characters are shown, of a quote 200.
    /// </remarks>
    /// <param name="analysis">The result to show.</param>
    /// <param name="receipt">Its receipt, for the warnings and the footer; null for neither.</param>
    /// <param name="options">Null for the defaults.</param>
    public static IReadOnlyList<DiscordCard> Of(ContentAnalysis analysis, StepReceipt? receipt = null, DiscordCardOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        CardWriter writer = new(options ?? DiscordCardOptions.Default);
        return CardPacker.Pack(
            AnalysisOverview.Of(analysis, receipt ?? StepReceipt.None, writer),
            AnalysisSections.Of(analysis, receipt ?? StepReceipt.None, writer),
            receipt is null ? "" : writer.Usage(receipt),
            writer);
    }

    /// <summary>
    /// A failure: <see cref="StepError.UserMessage"/> as it is, and from when it may be tried again where that is known, as a time that Discord counts down. Nothing
    /// else of the error is shown.
    /// </summary>
    /// <param name="error">The failure to show.</param>
    /// <param name="time">The clock by which <see cref="StepError.RetryAfter"/> is counted from now.</param>
    /// <param name="options">Null for the defaults.</param>
    public static IReadOnlyList<DiscordCard> Of(StepError error, TimeProvider time, DiscordCardOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(error);
        ArgumentNullException.ThrowIfNull(time);
        CardWriter writer = new(options ?? DiscordCardOptions.Default);
        string sentence = CardText.Clip(error.UserMessage.Trim(), MostOfASentence);
        string hint = RetryAt(error, time.GetUtcNow()) is { } at
            ? string.Create(CultureInfo.InvariantCulture, $"\n{writer.Label(labels => labels.TryAgain)} <t:{at}:R>")
            : "";
        return
        [
            new DiscordCard
            {
                Body = sentence + hint,
                Accent = error.IsRetryable || hint.Length > 0 ? DiscordCardAccent.Warning : DiscordCardAccent.Failure,
            },
        ];
    }

    /// <summary>
    /// Cards as Markdown, for a message without embeds or components. It may be longer than one message: <see cref="DiscordText.Split"/> cuts it.
    /// </summary>
    public static string ToText(IEnumerable<DiscordCard> cards)
    {
        ArgumentNullException.ThrowIfNull(cards);
        return string.Join("\n\n", cards.Select(card => string.Join('\n', Blocks(card))));
    }

    // Rounded up: nobody shall be sent back too early.
    private static long? RetryAt(StepError error, DateTimeOffset now) =>
        error.RetryAfter is { } wait && wait > TimeSpan.Zero && wait < DateTimeOffset.MaxValue - now
            ? (long)Math.Ceiling((now + wait - DateTimeOffset.UnixEpoch).TotalSeconds)
            : null;

    private static IEnumerable<string> Blocks(DiscordCard card)
    {
        if (card.Title.Length > 0)
        {
            yield return $"### {card.Title}";
        }

        if (card.Body.Length > 0)
        {
            yield return card.Body;
        }

        foreach (DiscordCardField field in card.Fields)
        {
            yield return field.Inline ? $"**{field.Name}:** {field.Value}" : $"**{field.Name}**\n{field.Value}";
        }

        if (card.Footer.Length > 0)
        {
            yield return $"-# {card.Footer}";
        }
    }
}
