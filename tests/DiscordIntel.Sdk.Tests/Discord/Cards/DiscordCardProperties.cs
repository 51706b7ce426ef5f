using System.Globalization;
using System.Text.RegularExpressions;
using DiscordIntel.Analysis;
using DiscordIntel.Discord.Cards;
using DiscordIntel.Results;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace DiscordIntel.Tests.Discord.Cards;

/// <summary>Whatever an analysis holds, its cards can be sent and do nothing but be read.</summary>
internal sealed partial class DiscordCardProperties
{
    private const int Samples = 1500;

    [FsCheck.NUnit.Property(MaxTest = Samples)]
    public Property Of_AnyAnalysis_KeepsDiscordsLimits() => Holds((cards, options) =>
    {
        Assert.That(cards, Has.Count.InRange(1, 10));
        foreach (DiscordCard card in cards)
        {
            Assert.That(card.Title, Has.Length.InRange(1, 256));
            Assert.That(card.Body.Length, Is.LessThanOrEqualTo(4096));
            Assert.That(card.Footer.Length, Is.LessThanOrEqualTo(2048));
            Assert.That(card.Fields, Has.Count.LessThanOrEqualTo(25));
            Assert.That(card.Fields.Select(field => field.Name.Length), Is.All.InRange(1, 256));
            Assert.That(card.Fields.Select(field => field.Value.Length), Is.All.InRange(1, 1024));
            Assert.That(card.Fields.Select(field => field.Name).Concat(card.Fields.Select(field => field.Value)).Append(card.Title), Has.None.Matches<string>(string.IsNullOrWhiteSpace));
            Assert.That(card.Body.Trim().Length + card.Fields.Count, Is.Positive);
        }

        int embeds = cards.SelectMany(Texts).Append("").Sum(text => text.Length);
        int text = DiscordCards.ToText(cards).Length;
        Assert.That(text, Is.GreaterThanOrEqualTo(embeds).And.LessThanOrEqualTo(options.MaxChars));
    });

    [FsCheck.NUnit.Property(MaxTest = Samples)]
    public Property Of_AnyAnalysis_NothingPingsLinksOrFormats() => Holds((cards, _) =>
    {
        foreach (string text in cards.SelectMany(Texts).Append(DiscordCards.ToText(cards)))
        {
            AssertHarmless(text);
        }
    });

    [FsCheck.NUnit.Property(MaxTest = Samples)]
    public Property Of_AnyAnalysis_IsWellFormedText() => Holds((cards, _) =>
    {
        foreach (string text in cards.SelectMany(Texts))
        {
            Assert.That(text.EnumerateRunes().Sum(rune => rune.Utf16SequenceLength), Is.EqualTo(text.Length));
            Assert.That(text.Where((c, i) => char.IsSurrogate(c) && !(char.IsSurrogatePair(text, Math.Min(i, Math.Max(0, text.Length - 2))) || (i > 0 && char.IsSurrogatePair(text, i - 1)))), Is.Empty);
            Assert.That(text.Where(c => (char.IsControl(c) && c != '\n') || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069')), Is.Empty);
        }
    });

    [FsCheck.NUnit.Property(MaxTest = Samples)]
    public Property Of_AnyAnalysis_ShowsTheBeginningOfEachListAndCountsTheRest() => Prop.ForAll(Sample(), sample =>
    {
        IReadOnlyList<DiscordCard> cards = DiscordCards.Of(sample.Analysis, sample.Receipt, sample.Options);
        ContentAnalysis analysis = sample.Analysis;
        var lists = new Dictionary<string, int>
        {
            ["Warnings"] = sample.Receipt.Warnings.Count,
            ["Key points"] = analysis.KeyPoints.Count,
            ["Bias and loaded language"] = analysis.BiasIndicators.Count,
            [analysis.Claims.Any(claim => claim.Verdict is not ClaimVerdict.Unverified) ? "Claims" : "Claims (no evidence was looked up)"] = analysis.Claims.Count,
        };
        if (analysis.Kind is not AnalysisKind.FactCheck)
        {
            lists["Fallacies"] = analysis.Debate?.Fallacies.Count ?? 0;
            lists["Who answered whom"] = analysis.Debate?.Rebuttals.Count ?? 0;
            lists["Mood of each speaker"] = analysis.Sentiment?.Speakers.Count ?? 0;
            lists["Emotions"] = analysis.Sentiment?.Emotions.Count ?? 0;
            lists["Turning points"] = analysis.Sentiment?.TurningPoints.Count ?? 0;
        }

        Assert.That(cards.SkipLast(1).Select(card => card.Footer), Is.All.Empty);
        foreach ((string title, int count) in lists)
        {
            string[] numbers = [.. cards.Where(card => card.Title == title).SelectMany(card => Numbered().Matches(card.Body)).Select(match => match.Groups["n"].Value)];
            Assert.That(numbers, Is.EqualTo(Enumerable.Range(1, numbers.Length).Select(n => n.ToString(CultureInfo.InvariantCulture))), title);
            Match left = Regex.Match(cards[^1].Footer, $@"(^Not shown: |, ){Regex.Escape(title)} (?<n>\d+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
            Assert.That(numbers.Length + (left.Success ? int.Parse(left.Groups["n"].Value, CultureInfo.InvariantCulture) : 0), Is.EqualTo(count), $"{title}: {cards[^1].Footer}");
        }
    });

    [FsCheck.NUnit.Property(MaxTest = Samples)]
    public Property Of_AnyError_ShowsNothingButItsSentence() => Prop.ForAll(
        (from message in Analyses.Text
         from kind in Gen.Elements(Enum.GetValues<StepErrorKind>())
         from wait in Gen.Elements<TimeSpan?>(null, TimeSpan.Zero, TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.FromSeconds(3), TimeSpan.FromDays(40))
         from retryable in Gen.Elements(true, false)
         select new StepError { Kind = kind, Message = message, Partial = message, Exception = new InvalidOperationException(message), RetryAfter = wait, IsRetryable = retryable }).ToArbitrary(),
        error =>
        {
            DiscordCard card = DiscordCards.Of(error, TimeProvider.System).Single();
            string hint = card.Body[error.UserMessage.Length..];
            Assert.That(card.Body, Does.StartWith(error.UserMessage));
            Assert.That(hint, error.RetryAfter is { TotalSeconds: > 0 and < 1e9 } ? Does.Match(@"^\nTry again <t:\d+:R>$") : Is.Empty);
            Assert.That(DiscordCards.ToText([card]), Is.EqualTo(card.Body));
        });

    private static Arbitrary<(ContentAnalysis Analysis, StepReceipt Receipt, DiscordCardOptions Options)> Sample() =>
        (from analysis in Analyses.Any
         from receipt in Analyses.Receipt
         from max in Gen.Choose(4000, 6000)
         from usage in Gen.Elements(true, false)
         select (analysis, receipt, new DiscordCardOptions { MaxChars = max, ShowUsage = usage })).ToArbitrary();

    private static Property Holds(Action<IReadOnlyList<DiscordCard>, DiscordCardOptions> check) => Prop.ForAll(
        Sample(), sample => check(DiscordCards.Of(sample.Analysis, sample.Receipt, sample.Options), sample.Options));

    private static IEnumerable<string> Texts(DiscordCard card) =>
        [card.Title, card.Body, card.Footer, .. card.Fields.SelectMany(field => new[] { field.Name, field.Value })];

    private static void AssertHarmless(string text)
    {
        // What the cards themselves are written with: headings, small print, bold numbers and names at the start of a line.
        Assert.That(text, Does.Not.Match(@"(?<!\\)\*\*leak"), text);
        string visible = Escaped().Replace(text, "\uFFFC");
        Assert.That(visible.Split('\n').Select(line => Bold().Count(line) % 2), Is.All.Zero, text);
        string bare = Own().Replace(visible, "");
        Assert.That(bare, Does.Not.Match(@"[*_~`|<\[\]]|@everyone|@here|://|(?m:^\s*(#|>|-|\d+\.\s))"), text);
    }

    [GeneratedRegex(@"^\*\*(?<n>\d+)\.( |\*\*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"\*\*", RegexOptions.None, 5000)]
    private static partial Regex Bold();

    [GeneratedRegex(@"\\[^\p{L}\p{N}\s]", RegexOptions.None, 5000)]
    private static partial Regex Escaped();

    [GeneratedRegex(@"^### |^-# |^\*\*\d+\. ?|\*\*", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Own();
}
