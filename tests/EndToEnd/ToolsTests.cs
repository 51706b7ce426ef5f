using DiscordIntel.Samples.Terminal;
using NUnit.Framework;

namespace DiscordIntel.EndToEnd;

/// <summary>Functions that the model calls, printed call by call.</summary>
internal sealed class ToolsTests
{
    [Test]
    public async Task Tools_OnTheEmulator_RunsTheFunctionsAndPrintsEveryCall()
    {
        ConsoleRun run = await ConsoleRun.OfAsync("tools", "What time is it?");

        run.AssertClean();
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        string[] lines = run.Output.Split('\n');
        Assert.Multiple(() =>
        {
            Assert.That(lines[0], Does.Match(@"^\[1\] current_time \{""timeZone"":""Europe/Berlin""\} -> \w+, \d{4}-\d\d-\d\d \d\d:\d\d \+0[12]:00 \(\d+ ms\)"));
            Assert.That(lines[1], Does.Match(@"^\[1\] roll_dice \{""count"":2,""sides"":6\} -> [1-6] \+ [1-6] = \d+ \(\d+ ms\)"));
            Assert.That(lines[2], Does.Match(@"^\[2\] convert_units .* -> 26\.2 mi = 42\.1648128 km \(\d+ ms\)"));
            Assert.That(lines[3], Does.StartWith("The built-in emulator made these calls"));
            Assert.That(run.Error, Does.Contain("emulator answers").And.Match(@"emulator \| [\d,]+ tokens in, [\d,]+ out \| no cost"));
        });
    }

    [Test]
    public async Task Tools_OverTheBudget_IsOneLineAndExit1()
    {
        ConsoleRun run = await ConsoleRun.OfAsync(["tools", "Hello?"], "", [("OPENAI_MAX_MONTHLY_COST", "0")]);

        Assert.That((run.ExitCode, run.ErrorLines.Count()), Is.EqualTo((1, 1)), run.Error);
        Assert.That(run.Error, Does.Contain("Error (BudgetExceeded)"));
    }

    [TestCase("tools")]
    [TestCase("tools", "--model")]
    [TestCase("tools", "Hi", "--frobnicate")]
    public async Task CommandLine_Wrong_IsExit2(params string[] args) => Assert.That((await ConsoleRun.OfAsync(args)).ExitCode, Is.EqualTo(2));

    [Test]
    public async Task Tools_Help_IsPrinted() => Assert.That((await ConsoleRun.OfAsync("tools", "--help")).Output, Does.Contain("Usage: tools"));

    [TestCase(1, "km", "m", "1 km = 1000 m")]
    [TestCase(100, "C", "F", "100 C = 212 F")]
    [TestCase(32, "f", "c", "32 f = 0 c")]
    [TestCase(0, "K", "C", "0 K = -273.15 C")]
    [TestCase(1, "lb", "g", "1 lb = 453.59237 g")]
    public void ConvertUnits_KnownUnits_Converts(double value, string from, string to, string expected) =>
        Assert.That(DemoTools.ConvertUnits(value, from, to), Is.EqualTo(expected));

    [TestCase("km", "kg")]
    [TestCase("km", "parsec")]
    [TestCase("", "m")]
    public void ConvertUnits_UnitsThatDoNotFit_SaysSo(string from, string to) =>
        Assert.That(DemoTools.ConvertUnits(1, from, to), Does.StartWith("That cannot be converted."));

    [TestCase(0, 6)]
    [TestCase(21, 6)]
    [TestCase(1, 1)]
    [TestCase(1, 101)]
    public void RollDice_OutOfRange_SaysSo(int count, int sides) => Assert.That(DemoTools.RollDice(count, sides), Is.EqualTo("Roll 1 to 20 dice of 2 to 100 sides."));

    [Test]
    public void CurrentTime_NoZone_SaysSo() => Assert.That(new DemoTools(TimeProvider.System).CurrentTime("Mars/Olympus"), Does.StartWith("There is no such time zone."));
}
