using DiscordIntel.Analysis;
using DiscordIntel.Results;

namespace DiscordIntel.Discord.Cards;

/// <summary>The small pieces that cards are written with.</summary>
internal sealed class CardWriter(DiscordCardOptions options)
{
    public DiscordCardOptions Options => options;

    public string Label(Func<DiscordCardLabels, string> of) => CardText.Own(of(options.Labels), CardLimits.Label);

    public string Number(double value, int max) => $"{(double.IsFinite(value) ? CardText.Clip(value.ToString("0.##", options.Culture), 16) : "?")} / {max}";

    public string Count(long value) => value.ToString("N0", options.Culture);

    public string Speaker(string? name) => name is null ? Label(labels => labels.Somebody) : CardText.Line(name, CardLimits.Name);

    /// <summary>" (Ann)"; nothing where it is not known who.</summary>
    public static string By(string? name) => name is null ? "" : $" ({CardText.Line(name, CardLimits.Name)})";

    /// <summary>A line of small print: where the quote stands, and its words.</summary>
    public string Quote(SourceQuote quote)
    {
        string place = quote.IsFound
            ? $"{Label(labels => labels.Line)} {Count(quote.Line.Value)}{(quote.Distance > 0 ? $", {Label(labels => labels.Nearly)}" : "")}:"
            : $"**{Label(labels => labels.NotInText)}:**";
        return $"\n-# {place} “{CardText.Line(quote.Text, CardLimits.Quote)}”";
    }

    public string Verdict(Claim claim)
    {
        string verdict = Label(labels => claim.Verdict switch
        {
            ClaimVerdict.Verified => labels.Verified,
            ClaimVerdict.Disputed => labels.Disputed,
            _ => labels.Unverified,
        });
        string belief = Label(labels => claim.Belief switch
        {
            ModelBelief.LikelyTrue => labels.LikelyTrue,
            ModelBelief.LikelyFalse => labels.LikelyFalse,
            _ => labels.Unsure,
        });
        return $"\n-# {verdict} · {Label(labels => labels.Belief)}: {belief} ({Number(claim.Confidence, 1)})";
    }

    /// <summary>What the answer took, as far as it is known; empty when nothing is, or when it is not to be shown.</summary>
    public string Usage(StepReceipt receipt) => options.ShowUsage ? string.Join(" · ", UsageParts(receipt)) : "";

    private IEnumerable<string> UsageParts(StepReceipt receipt)
    {
        // An embed shows a footer as it is, a text display reads Markdown: only a name that is the same in both is shown.
        if (receipt.Model is { Length: <= CardLimits.Label } model && model.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '/' or ':')
            && !model.Contains("//", StringComparison.Ordinal))
        {
            yield return model;
        }

        if (receipt.InputTokens is { } input)
        {
            yield return $"{Count(input)} {Label(labels => labels.TokensIn)}";
        }

        if (receipt.OutputTokens is { } output)
        {
            yield return $"{Count(output)} {Label(labels => labels.TokensOut)}";
        }

        if (receipt.FromCache)
        {
            yield return Label(labels => labels.FromCache);
        }
        else if (receipt.Cost is { } cost)
        {
            string upTo = receipt.CostIsEstimated ? $"{Label(labels => labels.UpTo)} " : "";
            yield return $"{upTo}${decimal.Round(cost, 6, MidpointRounding.ToPositiveInfinity).ToString("0.######", options.Culture)}";
        }
    }
}
