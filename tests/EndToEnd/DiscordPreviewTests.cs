using System.Text.Json;
using NUnit.Framework;

namespace DiscordIntel.EndToEnd;

internal sealed class DiscordPreviewTests
{
    private static string Answer => Path.Combine(Path.GetDirectoryName(ConsoleRun.Debate)!, "answers", "retry-policy.md");

    [Test]
    public async Task Preview_ALongAnswer_ShowsEachCallAndTheMessages()
    {
        ConsoleRun run = await ConsoleRun.OfAsync("discord-preview", Answer);

        Assert.That(run.ExitCode, Is.Zero, run.All);
        Assert.That(run.Output, Does.StartWith("retry-policy.md: ").And.Contains("250 a second; messages of at most 2,000 (virtual time)"));
        Assert.That(run.Output, Does.Match(@"(?m)^ +\d+\.\d\d  post +1 +\d+  \w+$").And.Match(@"(?m)^ +\d+\.\d\d  edit +\d +\d+  Final$"));
        Assert.That(run.Output, Does.Match(@"--- message 2, \d+ characters ---").And.Contains("    private static readonly TimeSpan First"));
        Assert.That(run.Output, Does.Match(@"Completed after \d+\.\d\d s: 3 messages, \d+ calls, at most [1-4] in 5 s and (\d|1\d|2[0-5]) in 60 s\.\s*$"));
        Assert.That(run.Error, Is.Empty);
    }

    [Test]
    public async Task Preview_Json_HoldsTheWholeAnswerInTheLastCalls()
    {
        ConsoleRun run = await ConsoleRun.OfAsync("discord-preview", Answer, "--json", "--limit", "1500", "--chars-per-second", "60");

        Assert.That(run.ExitCode, Is.Zero);
        JsonElement preview = JsonElement.Parse(run.Output);
        JsonElement[] calls = [.. preview.GetProperty("calls").EnumerateArray()];
        double[] times = [.. calls.Select(call => call.GetProperty("at").GetDouble())];
        string[] messages = [.. preview.GetProperty("messages").EnumerateArray().Select(message => message.GetString()!)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(preview.GetProperty("end").GetString(), Is.EqualTo("Completed"));
            Assert.That(times, Is.Ordered);
            Assert.That(times[^1], Is.GreaterThan(preview.GetProperty("chars").GetInt32() / 60.0 - 1));
            Assert.That(calls.Select(call => call.GetProperty("chars").GetInt32()), Is.All.InRange(1, 1500));
            Assert.That(calls.Select(call => call.GetProperty("state").GetString()), Has.Some.EqualTo("Partial"));
            Assert.That(messages, Has.Length.GreaterThan(3));
            Assert.That(messages[0], Does.StartWith("# Retrying a request"));
            Assert.That(messages[^1], Does.Contain("Record attempts, not only results. 📈"));
        }
    }

    [Test]
    public async Task Preview_Twice_IsTheSame()
    {
        ConsoleRun first = await ConsoleRun.OfAsync("discord-preview", Answer, "--json");
        ConsoleRun second = await ConsoleRun.OfAsync("discord-preview", Answer, "--json");

        Assert.That(second.Output, Is.EqualTo(first.Output));
    }

    [Test]
    public async Task Preview_MoreThanTheMessagesHold_AttachesTheAnswer()
    {
        ConsoleRun run = await ConsoleRun.OfAsync(["discord-preview", "-", "--limit", "64"], string.Join(' ', Enumerable.Repeat("word", 400)), []);

        Assert.That(run.ExitCode, Is.Zero, run.All);
        Assert.That(run.Output, Does.Contain("standard input").And.Match(@"Final \+ answer\.md").And.Contains("the whole answer is attached"));
    }

    [Test]
    public async Task Preview_TooLongAnAnswer_Fails()
    {
        ConsoleRun run = await ConsoleRun.OfAsync(["discord-preview", "-", "--chars-per-second", "100000"], new string('x', 40_000), []);

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Does.Contain("Truncated after"));
    }

    [Test]
    public async Task Preview_EscapesInTheAnswer_DoNothing()
    {
        ConsoleRun run = await ConsoleRun.OfAsync(["discord-preview", "-"], "\u001b[31mRed\u001b[0m \u202Eturned\u202C\ttab", []);

        run.AssertClean();
        Assert.That(run.ExitCode, Is.Zero);
    }

    [TestCase("--limit", "63")]
    [TestCase("--limit", "two")]
    [TestCase("--chars-per-second", "0")]
    [TestCase("--chars-per-second", "NaN")]
    [TestCase("--chars-per-second")]
    [TestCase("--loud")]
    [TestCase("another.md")]
    public async Task Preview_AWrongCommandLine_IsOneError(params string[] more)
    {
        ConsoleRun run = await ConsoleRun.OfAsync(["discord-preview", Answer, .. more]);

        run.AssertOneError(2);
    }

    [TestCase("discord-preview", "--help")]
    [TestCase("--help")]
    public async Task Help_OfTheCommand_IsThere(params string[] args)
    {
        ConsoleRun run = await ConsoleRun.OfAsync(args);

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Does.Contain("discord-preview"));
    }
}
