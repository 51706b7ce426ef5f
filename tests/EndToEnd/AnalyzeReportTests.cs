using System.Text.Json;
using NUnit.Framework;

namespace DiscordIntel.EndToEnd;

internal sealed class AnalyzeReportTests
{
    private static readonly string[] Kinds = ["debate", "fact-check", "sentiment"];

    [TestCaseSource(nameof(Kinds))]
    public async Task Analyze_Debate_PrintsTheWholeReport(string kind)
    {
        ConsoleRun run = await ConsoleRun.OfAsync("analyze", ConsoleRun.Debate, "--kind", kind);

        run.AssertClean();
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Does.Contain("debate-night-buses.txt").And.Contains("SYNTHETIC").And.Contains("invented"));
        Assert.That(run.Output, Does.Match(@"Score [\d.]+ of 10").And.Match(@"Confidence [\d.]+ of 1\b"));
        Assert.That(run.Output, Does.Contain("Key points").And.Contains("Bias and loaded language").And.Contains("Claims"));
        Assert.That(run.Output, Does.Match(@" 1\. .+").And.Match(@"line \d+: “"));
        Assert.That(run.Flat, Does.Match(@"emulator \| [\d,]+ tokens in, [\d,]+ out \| no cost \(0\.00\d+ USD at the list price of gpt-6-luna\) \| 1 request \| \d+\.\d\d s"));
        Assert.That(run.Output, Does.Match(@"Unverified\. Invented belief: [a-z ]+, [\d.]+ sure\."));
        Assert.That(run.Output, Does.Not.Contain("not in the text"));
        Assert.That(run.Error, Does.Contain("emulator").And.Contains("2,644 words"));
        Assert.That(run.Output.Split('\n').Select(line => line.TrimEnd().Length), Is.All.LessThanOrEqualTo(100));
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task Analyze_Json_ParsesAndEveryQuoteStandsInTheText(string kind)
    {
        ConsoleRun run = await ConsoleRun.OfAsync("analyze", ConsoleRun.Debate, "--json", "--kind", kind);

        Assert.That(run.ExitCode, Is.Zero);
        string content = await File.ReadAllTextAsync(ConsoleRun.Debate);
        JsonElement report = JsonElement.Parse(run.Output);
        Assert.That(report.GetProperty("synthetic").GetBoolean(), Is.True);
        JsonElement analysis = report.GetProperty("analysis");
        JsonElement[] quotes = [.. new[] { "keyPoints", "biasIndicators", "claims" }
            .SelectMany(list => analysis.GetProperty(list).EnumerateArray()).Select(item => item.GetProperty("quote"))];
        Assert.That(quotes, Is.Not.Empty);
        foreach (JsonElement quote in quotes)
        {
            string text = quote.GetProperty("text").GetString()!;
            Assert.That(quote.GetProperty("isFound").GetBoolean(), Is.True, text);
            Assert.That(content.Substring(quote.GetProperty("offset").GetInt32(), text.Length), Is.EqualTo(text));
        }

        Assert.That(report.GetProperty("receipt").GetProperty("attempts").GetInt32(), Is.EqualTo(1));
        Assert.That(report.TryGetProperty("error", out _), Is.False);
    }

    [Test]
    public async Task Analyze_StandardInput_IsRead()
    {
        ConsoleRun run = await ConsoleRun.OfAsync(["analyze", "-", "--kind", "sentiment"], "What a lovely day. I like it.", []);

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Does.Contain("Sentiment: standard input").And.Contains("lovely day"));
        Assert.That(run.Error, Does.Contain("standard input (7 words)"));
    }

    [Test]
    public async Task Analyze_Chat_PrintsItsEmojiAndSlang()
    {
        ConsoleRun run = await ConsoleRun.OfAsync("analyze", ConsoleRun.Chat);

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Does.Contain("😡"));
    }

    [Test]
    public async Task Analyze_EscapesAndMarkupInTheText_DoNothing()
    {
        const string Hostile =
            "\u001b[31mRed alert\u001b[0m today. [bold]Not bold[/] [/] [red]. Press \u0007\u009b2J here :joy: now. "
            + "[link=https://example.com]Click[/] me. \u202Edesrever si siht\u202C. \u001b]0;title\u0007 done.";
        foreach (string[] args in new string[][] { ["analyze", "-"], ["analyze", "-", "--json"] })
        {
            ConsoleRun run = await ConsoleRun.OfAsync(args, Hostile, []);

            run.AssertClean();
            Assert.That(run.ExitCode, Is.Zero);
        }
    }

    [Test]
    public async Task Analyze_EscapesInAFileName_DoNothing()
    {
        string path = Path.Combine(Path.GetTempPath(), $"discordintel-[red]-\u001b[31m-{Environment.ProcessId}.txt");
        await File.WriteAllTextAsync(path, "One sentence. Another one.");
        try
        {
            ConsoleRun run = await ConsoleRun.OfAsync("analyze", path);

            run.AssertClean();
            Assert.That(run.ExitCode, Is.Zero);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
