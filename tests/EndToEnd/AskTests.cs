using DiscordIntel.Samples.Terminal;
using NUnit.Framework;

namespace DiscordIntel.EndToEnd;

/// <summary>Answers printed as they come.</summary>
internal sealed class AskTests
{
    [Test]
    public async Task Ask_OnTheEmulator_PrintsTheAnswerAndWhatItTook()
    {
        ConsoleRun run = await ConsoleRun.OfAsync("ask", "What is the capital of France?");

        run.AssertClean();
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output.Trim(), Is.Not.Empty);
        Assert.That(run.Error, Does.Contain("emulator answers").And.Match(@"emulator \| [\d,]+ tokens in, [\d,]+ out \| no cost .* \| first text after \d+\.\d\d s"));
    }

    [Test]
    public async Task Analyze_Stream_PrintsProse()
    {
        ConsoleRun run = await ConsoleRun.OfAsync("analyze", ConsoleRun.Chat, "--kind", "sentiment", "--stream");

        run.AssertClean();
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output.Trim(), Is.Not.Empty.And.Not.StartsWith("{"));
        Assert.That(run.Error, Does.Contain("first text after"));
    }

    [Test]
    public async Task Ask_Cancelled_PrintsItsReceipt()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        ConsoleRun run = await ConsoleRun.OfAsync(["ask", "Hello?"], "", [], stop.Token);

        Assert.That(run.ExitCode, Is.EqualTo(130), run.Error);
        Assert.That(run.Error, Does.Match(@"Stopped\.\nemulator \| \? tokens in, \? out \| no cost \(.+\) \| no text \| \d"));
    }

    /// <summary>What printed nothing claims no first text, and no line of its own.</summary>
    [TestCase("server-error", "Error (ProviderUnavailable)")]
    [TestCase("quota", "Error (QuotaExhausted)")]
    [TestCase("refusal", "It said: I")]
    public async Task Analyze_StreamWithoutText_SaysSo(string fault, string said)
    {
        ConsoleRun run = await ConsoleRun.OfAsync(["analyze", ConsoleRun.Chat, "--stream", "--fault", fault], "", [("DiscordIntel__Resilience__BaseDelay", "00:00:00")]);

        run.AssertClean();
        Assert.That((run.ExitCode, run.Output), Is.EqualTo((1, "")));
        Assert.That(run.Error, Does.Contain(said).And.Contains("| no text |").And.Not.Contains("first text after"));
    }

    /// <summary>Nobody reads on: the request ends there, and what it cost is told.</summary>
    [Test]
    public async Task Ask_OutputBroken_EndsTheRequestAndSaysWhatItCost()
    {
        using var error = new StringWriter();

        int code = await new ConsoleApp(TextReader.Null, new BrokenWriter(), error, static _ => null).RunAsync(["ask", "Hello?"], CancellationToken.None);

        Assert.That(code, Is.EqualTo(1), error.ToString());
        Assert.That(error.ToString(), Does.Match(@"Error: the output cannot be written: Broken pipe\.\nemulator \| \? tokens in, \? out \| no cost \(about 0\.\d+ USD at the list price of .+\) \|"));
    }

    [Test]
    public async Task Ask_OverTheBudget_IsOneLineAndExit1()
    {
        ConsoleRun run = await ConsoleRun.OfAsync(["ask", "Hello?"], "", [("OPENAI_MAX_MONTHLY_COST", "0")]);

        Assert.That((run.ExitCode, run.ErrorLines.Count()), Is.EqualTo((1, 1)), run.Error);
        Assert.That(run.Error, Does.Contain("Error (BudgetExceeded)"));
    }

    [TestCase("ask")]
    [TestCase("ask", "--model")]
    [TestCase("ask", "Hi", "--frobnicate")]
    [TestCase("analyze", "-", "--stream", "--json")]
    public async Task CommandLine_Wrong_IsExit2(params string[] args) => Assert.That((await ConsoleRun.OfAsync(args)).ExitCode, Is.EqualTo(2));

    [Test]
    public async Task Ask_Help_IsPrinted() => Assert.That((await ConsoleRun.OfAsync("ask", "--help")).Output, Does.Contain("Usage: ask"));

    /// <summary>A pipe whose reader has gone.</summary>
    private sealed class BrokenWriter : StringWriter
    {
        public override Task WriteAsync(string? value) => throw new IOException("Broken pipe");
    }
}
