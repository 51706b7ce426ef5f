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
    public async Task Ask_Cancelled_SaysWhatItIsChargedWith()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        ConsoleRun run = await ConsoleRun.OfAsync(["ask", "Hello?"], "", [], stop.Token);

        Assert.That((run.ExitCode, run.Error.Contains("Stopped.", StringComparison.Ordinal)), Is.EqualTo((130, true)), run.Error);
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
}
