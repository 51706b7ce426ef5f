using System.Text.Json;
using NUnit.Framework;

namespace DiscordIntel.EndToEnd;

/// <summary>The limits that the environment sets hold for the console too.</summary>
internal sealed class AnalyzeLimitTests
{
    [Test]
    public async Task Analyze_BudgetTooSmall_SaysWhenTheMonthResets()
    {
        ConsoleRun run = await ConsoleRun.OfAsync(["analyze", ConsoleRun.Chat], "", [("OPENAI_MAX_MONTHLY_COST", "0.000001")]);

        Assert.That(run.AssertOneError(1), Does.Match(@"^Error \(BudgetExceeded\): .+of 0\.000001 USD 0 are spent.+resets at \d{4}-\d\d-01 00:00 UTC\. .+OPENAI_MAX_MONTHLY_COST\)\.$"));
        Assert.That(run.Output, Is.Empty);
    }

    [Test]
    public async Task Analyze_BudgetTooSmallWithJson_HasTheSecondsUntilTheReset()
    {
        ConsoleRun run = await ConsoleRun.OfAsync(["analyze", ConsoleRun.Chat, "--json"], "", [("OPENAI_MAX_MONTHLY_COST", "0")]);

        run.AssertOneError(1);
        JsonElement error = JsonElement.Parse(run.Output).GetProperty("error");
        Assert.That(error.GetProperty("kind").GetString(), Is.EqualTo("BudgetExceeded"));
        Assert.That(error.GetProperty("retryAfterSeconds").GetDouble(), Is.InRange(0, TimeSpan.FromDays(31).TotalSeconds));
    }

    [Test]
    public async Task Analyze_RateLimitReached_SaysWhenToTryAgain()
    {
        ConsoleRun run = await ConsoleRun.OfAsync(["analyze", ConsoleRun.Chat, ConsoleRun.Debate], "", [("OPENAI_RATE_LIMIT_PER_MINUTE", "1")]);

        Assert.That(run.AssertOneError(1), Does.Match(@"^Error \(RateLimited\): .+1 requests a minute.+Try again in (60|59) s\.$"));
        Assert.That(run.Output, Does.Contain("chat-patch-day.txt").And.Not.Contain("debate-night-buses.txt"));
    }

    [Test]
    public async Task Analyze_UnderABudget_DoesNotSpeakOfIt()
    {
        ConsoleRun run = await ConsoleRun.OfAsync(["analyze", ConsoleRun.Chat], "", [("OPENAI_MAX_MONTHLY_COST", "5")]);

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.All, Does.Not.Contain("udget").And.Not.Contain("memory"));
    }

    [Test]
    public async Task Analyze_SameTextTwice_AsksOnce()
    {
        ConsoleRun run = await ConsoleRun.OfAsync("analyze", ConsoleRun.Chat, ConsoleRun.Chat);

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Flat, Does.Contain("| 1 request |").And.Contains("emulator | from the cache | no cost | 0 requests |"));
    }
}
