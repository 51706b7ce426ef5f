using System.Text.Json;
using DiscordIntel.Samples.Terminal;
using NUnit.Framework;

namespace DiscordIntel.EndToEnd;

/// <summary>Several texts, folders of texts, and texts that are read in parts.</summary>
internal sealed class AnalyzeManyTests
{
    private string _folder = null!;

    private string First => Path.Combine(_folder, "a.txt");

    private string Second => Path.Combine(_folder, "b.md");

    [SetUp]
    public async Task MakeAFolder()
    {
        _folder = Directory.CreateTempSubdirectory("discordintel-").FullName;
        await File.WriteAllTextAsync(First, "Ann: The first text is about night buses.");
        await File.WriteAllTextAsync(Second, "Bob: The second text is about free trams.");
        await File.WriteAllTextAsync(Path.Combine(_folder, "c.log"), "The third text is no text.");
    }

    [TearDown]
    public void RemoveIt() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Analyze_SeveralFiles_ReportsEachInTheOrderGiven()
    {
        ConsoleRun run = await ConsoleRun.OfAsync("analyze", Second, First, ConsoleRun.Chat);

        run.AssertClean();
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(Places(run.Output, "Debate: b.md", "Debate: a.txt", "Debate: chat-patch-day.txt"), Is.Ordered.And.All.GreaterThanOrEqualTo(0));
        Assert.That(run.Output, Does.Contain("free trams").And.Contains("night buses"));
    }

    [Test]
    public async Task Analyze_Folder_StandsForItsTextsAndSaysWhatItPassesOver()
    {
        foreach (string name in new[] { "README.md", "License.txt", ".hidden.md" })
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, name), "It tells of the other files.");
        }

        ConsoleRun run = await ConsoleRun.OfAsync("analyze", _folder);

        run.AssertClean();
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(Places(run.Output, "Debate: a.txt", "Debate: b.md"), Is.Ordered.And.All.GreaterThanOrEqualTo(0));
        Assert.That(run.Output, Does.Not.Contain("c.log").And.Not.Contain("README").And.Not.Contain("License").And.Not.Contain("hidden"));
        Assert.That(run.Error, Does.Contain($"Not read in {_folder}: .hidden.md, License.txt, README.md, c.log. Name a file to have it read."));
    }

    [Test]
    public async Task Analyze_FolderOfManyOtherFiles_NamesOnlySome()
    {
        for (int i = 0; i < 20; i++)
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, $"{i:00}.png"), "");
        }

        ConsoleRun run = await ConsoleRun.OfAsync("analyze", _folder, "--parts");

        Assert.That(run.Error, Does.Contain("00.png, 01.png, 02.png, 03.png, 04.png and 16 more."));
    }

    [Test]
    public async Task Analyze_ReadmeNamedItself_IsRead()
    {
        string readme = Path.Combine(_folder, "README.md");
        await File.WriteAllTextAsync(readme, "Ann: This one is about the night buses.");

        ConsoleRun run = await ConsoleRun.OfAsync("analyze", readme);

        Assert.That((run.ExitCode, run.Error.Contains("Not read", StringComparison.Ordinal)), Is.EqualTo((0, false)));
        Assert.That(run.Output, Does.Contain("Debate: README.md"));
    }

    [Test]
    public async Task Analyze_FolderAndInput_AreReadTogether()
    {
        ConsoleRun run = await ConsoleRun.OfAsync(["analyze", "-", _folder, "--json"], "The input is a text as well.", []);

        Assert.That(JsonElement.Parse(run.Output).EnumerateArray().Select(report => report.GetProperty("file").GetString()), Is.EqualTo(new[] { "-", First, Second }));
    }

    [Test]
    public async Task Analyze_FolderWithoutTexts_IsOneSentence()
    {
        string empty = Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName;
        await File.WriteAllTextAsync(Path.Combine(empty, "readme.md"), "It tells of other files.");

        ConsoleRun run = await ConsoleRun.OfAsync("analyze", First, empty);

        Assert.That(run.AssertOneError(2), Does.Contain("holds no .txt or .md file"));
        Assert.That(run.Output, Is.Empty);
    }

    [TestCase("no-such-file.txt")]
    [TestCase("")]
    [TestCase("empty.txt")]
    public async Task Analyze_OneNameOfSeveralIsWrong_NothingIsAsked(string name)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "empty.txt"), " ");

        ConsoleRun run = await ConsoleRun.OfAsync("analyze", First, Second, name.Length == 0 ? "" : Path.Combine(_folder, name));

        run.AssertOneError(2);
        Assert.That((run.Output, run.Error.Contains("reading", StringComparison.Ordinal)), Is.EqualTo(("", false)));
    }

    [Test]
    public async Task Analyze_JsonOfSeveralTexts_IsAList()
    {
        ConsoleRun run = await ConsoleRun.OfAsync("analyze", First, Second, "--json", "--kind", "fact-check");

        JsonElement[] reports = [.. JsonElement.Parse(run.Output).EnumerateArray()];
        Assert.That(reports.Select(report => report.GetProperty("file").GetString()), Is.EqualTo(new[] { First, Second }));
        Assert.That(reports.Select(report => report.GetProperty("analysis").GetProperty("kind").GetString()), Is.All.EqualTo("FactCheck"));
        Assert.That(reports.Select(report => report.GetProperty("analysis").GetProperty("factCheck").GetProperty("checks").GetArrayLength()), Is.All.GreaterThan(0));
    }

    [Test]
    public async Task Analyze_JsonOfOneText_IsAnObject() =>
        Assert.That(JsonElement.Parse((await ConsoleRun.OfAsync("analyze", First, "--json")).Output).GetProperty("file").GetString(), Is.EqualTo(First));

    [Test]
    public async Task Analyze_SeveralThatAllFail_TellsEachAndFails()
    {
        ConsoleRun run = await ConsoleRun.OfAsync("analyze", First, Second, "--json", "--fault", "unauthorized");

        run.AssertClean();
        Assert.That((run.ExitCode, run.ErrorLines.Count()), Is.EqualTo((1, 2)));
        Assert.That(JsonElement.Parse(run.Output).EnumerateArray().Select(report => report.GetProperty("error").GetProperty("kind").GetString()), Is.All.EqualTo("Unauthorized"));
    }

    [Test]
    public async Task Analyze_CancelledAfterTheFirst_StillPrintsItsJsonAsAList()
    {
        using var stop = new CancellationTokenSource();
        await using var output = new StringWriter();
        await using var error = new StoppingWriter("b.md", stop);

        int code = await new ConsoleApp(TextReader.Null, output, error, static _ => null).RunAsync(["analyze", First, Second, "--json"], stop.Token);

        Assert.That(code, Is.EqualTo(130));
        Assert.That(JsonElement.Parse(output.ToString()).EnumerateArray().Single().GetProperty("file").GetString(), Is.EqualTo(First));
    }

    [Test]
    public async Task Analyze_PartTokens_ReadsInPartsAndTellsHowFarItIs()
    {
        ConsoleRun run = await ConsoleRun.OfAsync("analyze", ConsoleRun.Debate, "--part-tokens", "1000");

        run.AssertClean();
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Error, Does.Contain("1 of 5 parts read.").And.Contains("5 of 5 parts read.").And.Contains("Merging 5 parts ...").And.Contains("1 of 1 merge done."));
        int merges = run.Error.Split('\n').Count(line => line.TrimEnd().EndsWith(" done.", StringComparison.Ordinal));
        Assert.That(run.Flat, Does.Contain($"| {5 + merges} requests |").And.Not.Contain("not in the text"));
    }

    [Test]
    public async Task Analyze_ShortText_TellsOfNoParts() =>
        Assert.That((await ConsoleRun.OfAsync("analyze", First, "--part-tokens", "100")).Error, Does.Not.Contain("parts"));

    [Test]
    public async Task Analyze_Parts_ShowsTheSplitAndAsksNobody()
    {
        ConsoleRun run = await ConsoleRun.OfAsync("analyze", ConsoleRun.Debate, First, "--parts", "--part-tokens", "1000");

        run.AssertClean();
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")), "not even the emulator is spoken of");
        string[] lines = run.Output.TrimEnd().ReplaceLineEndings("\n").Split('\n');
        Assert.That((lines[0], lines[^2]), Is.EqualTo(("debate-night-buses.txt: 5 parts", "a.txt: read at once")));
        Assert.That(lines[1..6], Is.All.Match(@"^ +[1-5]\. line +\d+, about +\d+ tokens: (Mara|Jonas): .+ \.\.\.$"));
    }

    [Test]
    public async Task Analyze_PartsAsJson_CoverTheText()
    {
        ConsoleRun run = await ConsoleRun.OfAsync("analyze", ConsoleRun.Debate, "--parts", "--json", "--part-tokens", "1000");

        string content = await File.ReadAllTextAsync(ConsoleRun.Debate);
        JsonElement split = JsonElement.Parse(run.Output).EnumerateArray().Single();
        Assert.That(split.GetProperty("file").GetString(), Is.EqualTo(ConsoleRun.Debate));
        Assert.That(
            string.Concat(split.GetProperty("parts").EnumerateArray().Select(part => content.Substring(part.GetProperty("offset").GetInt32(), part.GetProperty("length").GetInt32()))),
            Is.EqualTo(content));
    }

    [Test]
    public async Task Analyze_PartsOfATextWithEmoji_CutsNoneInTwo()
    {
        ConsoleRun run = await ConsoleRun.OfAsync(["analyze", "-", "--parts"], new string('x', 59) + "\U0001F68B rides on.", []);

        Assert.That(run.Output, Does.Contain($"{new string('x', 59)} ...").And.None.Matches<char>(char.IsSurrogate));
    }

    [Test]
    public async Task Analyze_PartsOfAWrongSetting_IsOneSentence()
    {
        ConsoleRun run = await ConsoleRun.OfAsync(["analyze", First, "--parts"], "", [("OPENAI_TEMPERATURE", "9")]);

        Assert.That(run.AssertOneError(2), Does.Contain("Temperature is 9"));
    }

    private static IEnumerable<int> Places(string output, params string[] titles) => titles.Select(title => output.IndexOf(title, StringComparison.Ordinal));
}
