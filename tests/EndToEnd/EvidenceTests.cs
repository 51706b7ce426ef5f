using System.Text.Json;
using NUnit.Framework;

namespace DiscordIntel.EndToEnd;

/// <summary>Fact checks with a folder of evidence.</summary>
internal sealed class EvidenceTests
{
    private static string Folder => Path.Combine(Path.GetDirectoryName(ConsoleRun.Debate)!, "evidence");

    [Test]
    public async Task Analyze_Evidence_EveryVerdictCitesWordsOfTheFolder()
    {
        ConsoleRun run = await ConsoleRun.OfAsync("analyze", ConsoleRun.Debate, "--kind", "fact-check", "--evidence", Folder, "--json");

        run.AssertClean();
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        JsonElement report = JsonDocument.Parse(run.Output).RootElement;
        string evidence = string.Concat(Directory.EnumerateFiles(Folder).Select(File.ReadAllText));
        JsonElement[] claims = [.. report.GetProperty("analysis").GetProperty("claims").EnumerateArray()];
        Assert.That(claims, Is.Not.Empty);
        foreach (JsonElement claim in claims)
        {
            JsonElement[] cited = [.. claim.GetProperty("evidence").EnumerateArray()];
            Assert.That(cited.Length > 0, Is.EqualTo(claim.GetProperty("verdict").GetString() != "Unverified"));
            Assert.That(cited.Select(one => one.GetProperty("quote").GetProperty("text").GetString()), Is.All.Matches<string>(quote => evidence.Contains(quote, StringComparison.Ordinal)));
        }
    }

    [Test]
    public async Task Analyze_Evidence_ReportNoLongerSaysThatNothingWasLookedUp()
    {
        ConsoleRun with = await ConsoleRun.OfAsync("analyze", ConsoleRun.Debate, "--kind", "fact-check", "--evidence", Folder);
        ConsoleRun without = await ConsoleRun.OfAsync("analyze", ConsoleRun.Debate, "--kind", "fact-check");

        with.AssertClean();
        Assert.That(with.ExitCode, Is.Zero, with.Error);
        Assert.That(without.Output, Does.Contain("no evidence was looked up"));
        Assert.That(with.Output, Does.Not.Contain("no evidence was looked up"));
    }

    [Test]
    public async Task Analyze_NoFolder_IsOneLineAndExit2()
    {
        ConsoleRun run = await ConsoleRun.OfAsync("analyze", ConsoleRun.Debate, "--kind", "fact-check", "--evidence", "no/such/folder");

        Assert.That(run.AssertOneError(2), Does.Contain("there is no folder 'no/such/folder'"));
    }

    [Test]
    public async Task Analyze_EmptyFolder_IsOneLineAndExit2()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("evidence");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "empty.md"), "");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "image.png"), "x");

            ConsoleRun run = await ConsoleRun.OfAsync("analyze", ConsoleRun.Debate, "--kind", "fact-check", "--evidence", folder.FullName);

            Assert.That(run.AssertOneError(2), Does.Contain("holds no .txt or .md file with text"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TestCase("--kind", "debate")]
    [TestCase("--kind", "fact-check", "--stream")]
    [TestCase("--kind", "fact-check", "--parts")]
    public async Task Analyze_EvidenceWhereNoneIsUsed_IsExit2(params string[] args) =>
        Assert.That((await ConsoleRun.OfAsync(["analyze", ConsoleRun.Debate, "--evidence", Folder, .. args])).AssertOneError(2), Does.Contain("--evidence goes with"));
}
