using System.Text.Json.Nodes;
using DiscordIntel.Analysis;
using DiscordIntel.Analysis.LongContent;
using DiscordIntel.Results;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.LongContent;

/// <summary>Whatever lawful answers the parts get, the call that merges them is sound and so is its result.</summary>
internal sealed class MergeProperties : LongFixture
{
    // Every line break that Unicode knows, and what could pass for a label, a marker or the end of JSON.
    private static readonly string[] Pieces =
    [
        "\n", "\r\n", "\r", "\u000B", "\f", "\u0085", "\u2028", "\u2029", "Quote: ", "Part: 9", "Speaker: Mara", "<<<", ">>>", "\"", "\\", "{}", "\u0000", "\u202E",
        "\U0001F68B", "trams", " ", "Mara", "Zebulon", "night buses", "7",
    ];

    [SetUp]
    public void Small() => Cut(parallel: 1);

    [FsCheck.NUnit.Property(MaxTest = 150)]
    public Property AnalyzeAsync_AnyLawfulPartReplies_MergeIntoALawfulResult() => Prop.ForAll(
        (from kind in Gen.Elements(Enum.GetValues<AnalysisKind>()) from seed in Gen.Choose(0, int.MaxValue - 1) select (kind, seed)).ToArbitrary(),
        sample =>
        {
            // A road of its own for every sample.
            Cut(parallel: 1);
            List<string> quotes = [];
            var random = new Random(sample.seed);
            Road.Answer = (call, _) =>
            {
                if (call.IsMerge)
                {
                    return Task.FromResult<HttpResponseMessage?>(null);
                }

                JsonObject answer = Answers.Of(sample.kind, "", "");
                Fill(answer, random);
                quotes.AddRange(QuotesOf(answer));
                return Task.FromResult<HttpResponseMessage?>(Saying(answer));
            };

            StepResult<ContentAnalysis> result = ReadAsync(Turns, sample.kind).GetAwaiter().GetResult();

            (int First, int Last, string[] Quotes)[] notes = [.. Road.Calls.SelectMany(call => call.Notes).Where(note => note.First == note.Last)];
            Assert.That(notes.Select(note => note.First), Is.EquivalentTo(Enumerable.Range(1, Road.Calls.Count(call => !call.IsMerge))));
            string[] told = [.. quotes.Select(quote => quote.ReplaceLineEndings(" "))];
            bool isCut = result.Receipt.Warnings.Any(warning => warning.EndsWith("did not fit into their merging.", StringComparison.Ordinal));
            Assert.That(notes.SelectMany(note => note.Quotes), isCut ? Is.SubsetOf(told) : Is.EquivalentTo(told));
            Assert.That(Road.Calls.Where(call => call.IsMerge).SelectMany(call => call.Own), Has.None.AnyOf('\r', '\f', '\u0085', '\u2028', '\u2029'));
            AssertBounded();
            AssertLawful(result.ValueOrThrow(), sample.kind);
        });

    [FsCheck.NUnit.Property(MaxTest = 150)]
    public Property AnalyzeAsync_AnyOfThePartsAndMergesFail_LosesNothingThatWasRead() => Prop.ForAll(
        (from kind in Gen.Elements(Enum.GetValues<AnalysisKind>()) from seed in Gen.Choose(0, int.MaxValue - 1) from share in Gen.Elements(1, 2, 5) select (kind, seed, share)).ToArbitrary(),
        sample =>
        {
            Cut(parallel: 1);
            var random = new Random(sample.seed);
            List<int> failed = [];
            List<double> scores = [];
            bool lastFailed = false;
            Road.Answer = (call, _) =>
            {
                lastFailed = random.Next(sample.share + 1) == 0;
                if (lastFailed)
                {
                    failed.Add(call.Part);
                    return Task.FromResult<HttpResponseMessage?>(PartRoad.Refusal());
                }

                JsonObject answer = Answers.Of(sample.kind, "", "");
                Fill(answer, random);
                scores.Add(answer["score"]!.GetValue<double>());
                return Task.FromResult<HttpResponseMessage?>(Saying(answer));
            };

            StepResult<ContentAnalysis> result = ReadAsync(Turns, sample.kind).GetAwaiter().GetResult();

            Assert.That((result.Receipt.Attempts, result.Receipt.InputTokens), Is.EqualTo((Road.Calls.Count, (long?)(100 * (Road.Calls.Count - failed.Count)))), "every request counts, and what is refused is not billed");
            int[] missing = [.. failed.Where(part => part > 0)];
            int parts = Road.Calls.Count(call => !call.IsMerge);
            Assert.That(result.IsSuccess, Is.EqualTo(missing.Length < parts));
            if (!result.TryGetValue(out ContentAnalysis? analysis))
            {
                return;
            }

            Assert.That(analysis.MissingParts.Select(part => part.Part.Number), Is.EqualTo(missing));
            bool isUnmerged = lastFailed && Road.Calls[^1].IsMerge;
            Assert.That(analysis.MergeFailure, Is.EqualTo(isUnmerged ? StepErrorKind.InvalidRequest : (StepErrorKind?)null));
            Assert.That(result.Receipt.Warnings.Count(warning => warning.StartsWith("The parts could not be merged", StringComparison.Ordinal)), Is.EqualTo(isUnmerged ? 1 : 0));
            Assert.That(analysis.Score, Is.InRange(scores.Min(), scores.Max()));
            AssertBounded();
            AssertLawful(analysis, sample.kind);
        });

    private void AssertBounded() =>
        Assert.That(Road.Calls.Where(call => call.IsMerge).Select(call => TokenEstimate.Of(call.Own)), Is.All.LessThanOrEqualTo(4000));

    private static void AssertLawful(ContentAnalysis analysis, AnalysisKind kind)
    {
        Assert.That((analysis.Kind, analysis.Debate is not null, analysis.FactCheck is not null, analysis.Sentiment is not null), Is.EqualTo(
            (kind, kind is AnalysisKind.Debate, kind is AnalysisKind.FactCheck, kind is AnalysisKind.Sentiment)));
        Assert.That(analysis.Score, Is.InRange(0, 10));
        Assert.That(analysis.Confidence, Is.InRange(0, 1));
        Assert.That(analysis.Summary.Length, Is.InRange(1, 500));
        Assert.That((analysis.KeyPoints.Count, analysis.BiasIndicators.Count, analysis.Claims.Count), Is.EqualTo(
            (Math.Clamp(analysis.KeyPoints.Count, 1, 10), Math.Min(analysis.BiasIndicators.Count, 5), Math.Min(analysis.Claims.Count, 20))));
        Assert.That(
            Quotes(analysis).Where(quote => quote.IsFound),
            Is.All.Matches<SourceQuote>(quote => Turns.Substring(quote.Offset!.Value, quote.Text.Length) == quote.Text));
    }

    /// <summary>Any lawful values in the places of a lawful answer, and lists of any lawful length from one.</summary>
    private static void Fill(JsonNode node, Random random)
    {
        if (node is JsonArray list)
        {
            int more = random.Next(0, 5);
            for (int i = 0; i < more; i++)
            {
                list.Add(list[0]!.DeepClone());
            }

            foreach (JsonNode? item in list)
            {
                Fill(item!, random);
            }

            return;
        }

        JsonObject members = node.AsObject();
        foreach ((string name, JsonNode? value) in members.ToArray())
        {
            switch (value)
            {
                case JsonArray or JsonObject:
                    Fill(value, random);
                    break;
                case JsonValue number when number.GetValueKind() is System.Text.Json.JsonValueKind.Number:
                    members[name] = Math.Round(random.NextDouble(), 3);
                    break;
                default:
                    members[name] = name switch
                    {
                        "belief" => random.Next(2) == 0 ? "LikelyFalse" : "Unsure",
                        "speaker" or "answers" when random.Next(3) == 0 => null,
                        _ => Text(random),
                    };
                    break;
            }
        }
    }

    private static string Text(Random random)
    {
        string text = string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => Pieces[random.Next(Pieces.Length)]));
        return text.Length <= 80 ? text : text[..79];
    }

    private static IEnumerable<string> QuotesOf(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(QuotesOf),
        JsonObject members => members.SelectMany(member => member.Key == "quote" ? [member.Value!.GetValue<string>()] : QuotesOf(member.Value)),
        _ => [],
    };
}
