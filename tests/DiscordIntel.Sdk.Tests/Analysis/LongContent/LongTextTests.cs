using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DiscordIntel.Analysis;
using DiscordIntel.Analysis.LongContent;
using DiscordIntel.Results;
using DiscordIntel.TestKit;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis.LongContent;

/// <summary>Real texts of thousands of words, through split, reading in parts and merge.</summary>
[TestFixture("euthyphro.txt", 1000, 150, "^(EUTHYPHRO|SOCRATES): ", 8)]
[TestFixture("julius-caesar-forum.txt", 400, 60, @"^([A-Z]+(?: [A-Z]+)*)\.$", 6)]
[TestFixture("debate-night-buses.txt", 500, 0, "^(Mara|Jonas): ", 6)]
[TestFixture("chat-patch-day.txt", 100, 25, @"^\[\d\d:\d\d\] (\w+): ", 4)]
internal sealed class LongTextTests(string name, int partTokens, int overlap, string label, int atLeast) : LongFixture
{
    private string _content = null!;

    [SetUp]
    public void ReadTheText()
    {
        _content = File.ReadAllText(Find() ?? Absent());
        Cut(partTokens, overlap);
    }

    [Test]
    public async Task AnalyzeAsync_LongText_SendsEveryPartOnceAndThenTheNotesInRequestsOfBoundedSize([Values] AnalysisKind kind)
    {
        StepResult<ContentAnalysis> result = await ReadAsync(_content, kind);

        Assert.That(result.Error, Is.Null);
        PartCall[] parts = [.. Road.Calls.Where(call => !call.IsMerge).OrderBy(call => call.Part)];
        Assert.That(parts, Has.Length.GreaterThanOrEqualTo(atLeast));
        Assert.That(parts.Select(part => part.Part), Is.EqualTo(Enumerable.Range(1, parts.Length)), "each once");
        Assert.That(parts.Select(part => part.Parts), Is.All.EqualTo(parts.Length));
        Assert.That(string.Concat(parts.Select(part => part.Own)), Is.EqualTo(_content));
        PartCall[] merges = [.. Road.Calls.Skip(parts.Length)];
        Assert.That(merges, Is.Not.Empty.And.All.Matches<PartCall>(call => call.IsMerge && call.Notes.Count > 1), "all merges come at the end");
        Assert.That(merges.Select(call => TokenEstimate.Of(call.Own)), Is.All.LessThanOrEqualTo(4000));
        Assert.That((merges[^1].Notes[0].First, merges[^1].Notes[^1].Last), Is.EqualTo((1, parts.Length)), "the last one is of the whole");
        Assert.That((result.Value!.Kind, result.Value.MissingParts.Count), Is.EqualTo((kind, 0)));
    }

    [Test]
    public async Task AnalyzeAsync_LongText_ShowsTheEndOfThePartBeforeForContext()
    {
        await ReadAsync(_content);

        PartCall[] parts = [.. Road.Calls.Where(call => !call.IsMerge).OrderBy(call => call.Part)];
        Assert.That(parts[0].Context, Is.Null);
        Assert.That(parts.Count(part => part.Context is not null), overlap == 0 ? Is.Zero : Is.GreaterThan(parts.Length / 2));
        for (int i = 1; i < parts.Length; i++)
        {
            string before = string.Concat(parts[..i].Select(part => part.Own));
            Assert.That(before, Does.EndWith(parts[i].Context ?? ""));
            Assert.That(parts[i].Context ?? "", Has.Length.LessThanOrEqualTo(overlap * 4));
            Assert.That(System.Text.Encoding.UTF8.GetByteCount(parts[i].Own), Is.LessThanOrEqualTo(partTokens * 4));
        }
    }

    [Test]
    public async Task AnalyzeAsync_LongText_CountsEverySpeaker([Values] AnalysisKind kind)
    {
        StepResult<ContentAnalysis> result = await ReadAsync(_content, kind);

        Dictionary<string, int> counted = Regex.Matches(_content, label, RegexOptions.Multiline).CountBy(match => match.Groups[1].Value).ToDictionary();
        Assert.That(result.ValueOrThrow().Speakers.ToDictionary(share => share.Name, share => share.Turns), Is.EquivalentTo(counted));
        Assert.That(result.Value!.Speakers.Select(share => share.Words), Is.All.GreaterThan(0));
        Assert.That(result.Value.Speakers.Sum(share => share.Words), Is.LessThan(_content.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length));
    }

    [Test]
    public async Task AnalyzeAsync_LongText_QuotesPointAtTheirWordsInTheOriginal([Values] AnalysisKind kind)
    {
        ContentAnalysis analysis = (await ReadAsync(_content, kind)).ValueOrThrow();

        SourceQuote[] quotes = [.. Quotes(analysis)];
        Assert.That(quotes, Has.Length.GreaterThan(3));
        foreach (SourceQuote quote in quotes)
        {
            Assert.That(quote.IsFound, Is.True, quote.Text);
            Assert.That(_content.Substring(quote.Offset!.Value, quote.Text.Length), Is.EqualTo(quote.Text));
            Assert.That(quote.Line, Is.EqualTo(1 + _content[..quote.Offset.Value].Count(c => c == '\n')));
        }
    }

    [Test]
    public async Task AnalyzeAsync_QuotesFromAllParts_KeepTheirPlacesInTheWhole([Values] AnalysisKind kind)
    {
        string[] noted = [];
        Road.Answer = (call, _) =>
        {
            if (!call.IsMerge)
            {
                return Task.FromResult<HttpResponseMessage?>(null);
            }

            // The last quote of each part: no more points than an answer may have.
            noted = [.. call.Notes.Select(notes => notes.Quotes[^1]).TakeLast(10)];
            JsonObject answer = Answers.Of(kind, noted[0]);
            answer["keyPoints"] = new JsonArray([.. noted.Select(quote => (JsonNode)new JsonObject { ["text"] = "A point.", ["quote"] = quote })]);
            return Task.FromResult<HttpResponseMessage?>(Saying(answer));
        };

        ContentAnalysis analysis = (await ReadAsync(_content, kind)).ValueOrThrow();

        Assert.That(analysis.KeyPoints.Select(point => point.Quote.Text), Is.EqualTo(noted));
        Assert.That(analysis.KeyPoints.Select(point => _content.Substring(point.Quote.Offset!.Value, point.Quote.Text.Length)), Is.EqualTo(noted));
        Assert.That(analysis.KeyPoints.Select(point => point.Quote.Offset).Max(), Is.GreaterThan(_content.Length / 2), "from the whole of the text");
    }

    [Test]
    public async Task AnalyzeAsync_LongText_ReceiptIsTheSumOfAllReplies()
    {
        StepResult<ContentAnalysis> result = await ReadAsync(_content);

        Assert.That(Road.Answers, Has.Count.EqualTo(Road.Calls.Count));
        Assert.That(result.Receipt.Attempts, Is.EqualTo(Road.Calls.Count));
        Assert.That(result.Receipt.InputTokens, Is.EqualTo(Road.Answers.Sum(answer => answer.GetProperty("usage").GetProperty("prompt_tokens").GetInt64())));
        Assert.That(result.Receipt.OutputTokens, Is.EqualTo(Road.Answers.Sum(answer => answer.GetProperty("usage").GetProperty("completion_tokens").GetInt64())));
    }

    [Test]
    public async Task AnalyzeAsync_LongText_TellsItsProgressInOrder()
    {
        List<AnalysisProgress> told = [];

        await ReadAsync(_content, told: told);

        int parts = Road.Calls.Count(call => !call.IsMerge);
        Assert.That(told.Take(parts + 1), Is.EqualTo(Enumerable.Range(0, parts + 1).Select(done => new AnalysisProgress { PartsDone = done, PartsTotal = parts })));
        AnalysisProgress[] merging = [.. told.Skip(parts + 1)];
        Assert.That(merging.Select(now => (now.IsMerging, now.PartsDone, now.PartsTotal)), Is.All.EqualTo((true, parts, parts)));
        (int Stage, int Total)[] stages = [.. merging.Select(now => (now.MergeStage, now.MergesTotal)).Distinct()];
        Assert.That(stages.Select(stage => stage.Stage), Is.EqualTo(Enumerable.Range(1, stages.Length)));
        Assert.That(stages[^1].Total, Is.EqualTo(1));
        Assert.That(stages.Sum(stage => stage.Total), Is.EqualTo(Road.Calls.Count - parts), "every merge is told of");
        Assert.That(merging.Select(now => now.MergesDone), Is.EqualTo(stages.SelectMany(stage => Enumerable.Range(0, stage.Total + 1))));
    }

    private string? Find()
    {
        for (DirectoryInfo? folder = new(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "samples", "data", name);
            if (File.Exists(path))
            {
                return path;
            }
        }

        return SharedMaterial.Find($"texts/{name}");
    }

    private static string Absent()
    {
        Assert.Ignore("The shared texts are not on this machine.");
        return "";
    }
}
