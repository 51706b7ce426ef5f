using System.Text.Json;
using DiscordIntel.Samples.Terminal;
using NUnit.Framework;

namespace DiscordIntel.EndToEnd;

/// <summary>The usage command: what it does under a budget, and what it reports.</summary>
internal sealed class UsageTests
{
    [Test]
    public async Task Usage_Alone_ReadsTheSampleTextsTwice()
    {
        ConsoleRun run = await ConsoleRun.OfAsync("usage");

        run.AssertClean();
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Flat, Does.Contain("SYNTHETIC").And.Contains("no money was spent"));
        Assert.That(run.Flat, Does.Match(@"Booked 0\.00\d+ USD at list prices Reserved 0 USD Limit 0\.05 USD Calls 12: 12 succeeded, 0 failed, 0 cancelled From the cache 6 "));
        Assert.That(run.Flat, Does.Match(@"Tokens [\d,]{5,} in, [\d,]{3,} out Time of a call \d+ ms on average, 95 of 100 within \d+ ms"));
        Assert.That(run.Flat, Does.Match(@"User Calls Cost .*ada 4 0\.00\d+ USD").And.Match(@"Feature Calls Cost .*analysis\.debate 4 0\.00\d+ USD"));
        Assert.That(run.Flat, Does.EndWith("Errors: none Budget alerts: none"));
        Assert.That(run.Error, Does.Contain("Debate of debate-night-buses.txt: answered").And.Contains("Sentiment of chat-patch-day.txt: from the cache"));
        Assert.That(run.Output.Split('\n').Select(line => line.TrimEnd().Length), Is.All.LessThanOrEqualTo(100));
    }

    [Test]
    public async Task Usage_BudgetTooSmallForAll_ReportsWhatWasRefused()
    {
        ConsoleRun run = await ConsoleRun.OfAsync("usage", "--budget", "0.008", ConsoleRun.Chat, ConsoleRun.Debate);

        Assert.That(run.AssertOneError(1), Does.StartWith("Error (BudgetExceeded): ").And.Contains("of 0.008 USD"));
        Assert.That(run.Flat, Does.Match(@"Calls 12: 6 succeeded, 6 failed, 0 cancelled From the cache 3 "), run.All);
        Assert.That(run.Flat, Does.Match(@"Errors 1\. BudgetExceeded: 6 Budget alerts 1\. 100 %: the bot, 0\.00\d+ USD of 0\.008 USD$"));
    }

    [Test]
    public async Task Usage_Json_AddsUp()
    {
        ConsoleRun run = await ConsoleRun.OfAsync("usage", "--json", "--budget", "0.01", ConsoleRun.Chat);

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        JsonElement report = JsonElement.Parse(run.Output);
        JsonElement usage = report.GetProperty("usage");
        Assert.That(report.GetProperty("synthetic").GetBoolean(), Is.True);
        Assert.That(report.GetProperty("limit").GetDecimal(), Is.EqualTo(0.01m));
        Assert.That((usage.GetProperty("calls").GetInt32(), usage.GetProperty("cacheHits").GetInt32()), Is.EqualTo((6, 3)));
        decimal spent = usage.GetProperty("spent").GetDecimal();
        Assert.That(spent, Is.GreaterThan(0));
        foreach (string shares in new[] { "topUsers", "topFeatures" })
        {
            Assert.That(usage.GetProperty(shares).EnumerateArray().Sum(line => line.GetProperty("cost").GetDecimal()), Is.EqualTo(spent), shares);
        }
    }

    [Test]
    public async Task Usage_SmallerLimitInTheEnvironment_Holds()
    {
        (string, string)[] limit = [("OPENAI_MAX_MONTHLY_COST", "0.001")];

        ConsoleRun kept = await ConsoleRun.OfAsync(["usage", "-", "--json"], "Ann: Buses are free.", limit);
        ConsoleRun told = await ConsoleRun.OfAsync(["usage", "-", "--json", "--budget", "1"], "Ann: Buses are free.", limit);

        Assert.That(JsonElement.Parse(kept.Output).GetProperty("limit").GetDecimal(), Is.EqualTo(0.001m));
        Assert.That(kept.AssertOneError(1), Does.Contain("of 0.001 USD"));
        Assert.That(JsonElement.Parse(told.Output).GetProperty("limit").GetDecimal(), Is.EqualTo(1m));
        Assert.That(told.ExitCode, Is.Zero);
    }

    [Test]
    public async Task Usage_Cancelled_PrintsWhatThereIs()
    {
        using var stop = new CancellationTokenSource();
        await using var output = new StringWriter();
        await using var error = new StoppingWriter("answered", stop);

        int code = await new ConsoleApp(TextReader.Null, output, error, static _ => null).RunAsync(["usage", "--json", ConsoleRun.Chat], stop.Token);

        Assert.That(code, Is.EqualTo(130));
        Assert.That(JsonElement.Parse(output.ToString()).GetProperty("usage").GetProperty("succeeded").GetInt32(), Is.EqualTo(1));
    }

    [TestCase("usage", "--budget")]
    [TestCase("usage", "--budget", "-1")]
    [TestCase("usage", "--budget", "1e3")]
    [TestCase("usage", "--budget", "9000001")]
    [TestCase("usage", "--kind", "debate")]
    [TestCase("usage", "no-such-file.txt")]
    public async Task Usage_WrongCommandLine_IsOneSentence(params string[] args)
    {
        ConsoleRun run = await ConsoleRun.OfAsync(args);

        Assert.That(run.AssertOneError(2), Does.EndWith("."));
        Assert.That(run.Output, Is.Empty);
    }
}
