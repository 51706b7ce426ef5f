using System.Diagnostics;
using System.Text.Json;
using DiscordIntel.Samples.Terminal;
using NUnit.Framework;

namespace DiscordIntel.EndToEnd;

/// <summary>Whatever goes wrong: one clear sentence, a non-zero exit code, never a stack trace.</summary>
internal sealed class AnalyzeFaultTests
{
    private static readonly (string, string)[] NoWaits = [("DiscordIntel__Resilience__BaseDelay", "00:00:00")];

    private static IEnumerable<string> Names => Faults.Names;

    [TestCaseSource(nameof(Names))]
    public async Task Analyze_Fault_IsOneSentence(string fault)
    {
        ConsoleRun run = await ConsoleRun.OfAsync(["analyze", ConsoleRun.Chat, "--fault", fault, "--timeout", "0.5"], "", NoWaits);

        string error = run.AssertOneError(1);
        Assert.That(error, Does.Match(@"^Error \([A-Za-z]+\): [A-Z a-z].+[.!]$"));
        Assert.That(run.Output, Is.Empty, "there is no report");
    }

    [TestCaseSource(nameof(Names))]
    public async Task Analyze_FaultWithJson_IsJsonToo(string fault)
    {
        ConsoleRun run = await ConsoleRun.OfAsync(["analyze", ConsoleRun.Chat, "--json", "--fault", fault, "--timeout", "0.5"], "", NoWaits);

        run.AssertOneError(1);
        JsonElement report = JsonElement.Parse(run.Output);
        Assert.That(report.GetProperty("synthetic").GetBoolean(), Is.True);
        Assert.That(report.TryGetProperty("analysis", out _), Is.False);
        Assert.That(report.GetProperty("error").GetProperty("kind").GetString(), Is.Not.Empty);
        Assert.That(report.GetProperty("error").GetProperty("message").GetString(), Is.Not.Empty);
        Assert.That(report.GetProperty("receipt").GetProperty("attempts").GetInt32(), Is.GreaterThan(0));
    }

    [Test]
    public async Task Analyze_RateLimit_SaysWhenToTryAgain()
    {
        ConsoleRun run = await ConsoleRun.OfAsync("analyze", ConsoleRun.Chat, "--fault", "rate-limit");

        Assert.That(run.AssertOneError(1), Does.EndWith("Try again in 90 s."));
    }

    [TestCase("analyze")]
    [TestCase("analyse", "x")]
    [TestCase("analyze", "a.txt", "--kind")]
    [TestCase("analyze", "a.txt", "--kind", "poem")]
    [TestCase("analyze", "a.txt", "--colour")]
    [TestCase("analyze", "a.txt", "-x")]
    [TestCase("analyze", "a.txt", "--part-tokens")]
    [TestCase("analyze", "a.txt", "--part-tokens", "99")]
    [TestCase("analyze", "a.txt", "--part-tokens", "500001")]
    [TestCase("analyze", "a.txt", "--part-tokens", "1e3")]
    [TestCase("analyze", "--parts")]
    [TestCase("analyze", "a.txt", "--timeout", "0")]
    [TestCase("analyze", "a.txt", "--timeout", "soon")]
    [TestCase("analyze", "a.txt", "--timeout", "NaN")]
    [TestCase("analyze", "a.txt", "--timeout", "1e-9")]
    [TestCase("analyze", "")]
    [TestCase("analyze", "no-such-folder/no-such-file.txt")]
    [TestCase("analyze", "no-such-\u001b[31m-file.txt")]
    [TestCase("analyze", "zero\0byte.txt")]
    [TestCase("analyze", "-")]
    public async Task Run_WrongCommandLine_IsOneSentence(params string[] args)
    {
        ConsoleRun run = await ConsoleRun.OfAsync(args);

        Assert.That(run.AssertOneError(2), Has.Length.GreaterThan(15).And.EndWith(".").And.Not.Contain("no file 'a.txt'"));
        Assert.That(run.Output, Is.Empty);
    }

    [Test]
    public async Task Run_UnknownFault_NamesTheKnownOnes()
    {
        ConsoleRun run = await ConsoleRun.OfAsync("analyze", ConsoleRun.Chat, "--fault", "earthquake");

        Assert.That(run.AssertOneError(2), Does.Contain("rate-limit").And.Contains("content-filter"));
    }

    [Test]
    public async Task Run_NoArguments_ShowsTheUsageAndFails()
    {
        ConsoleRun run = await ConsoleRun.OfAsync();

        Assert.That((run.ExitCode, run.Error), Is.EqualTo((2, "")));
        Assert.That(run.Output, Does.Contain("analyze"));
    }

    [TestCase("--help")]
    [TestCase("analyze", "--help")]
    [TestCase("analyze", "x", "-h")]
    [TestCase("usage", "--help")]
    [TestCase("usage", "--budget", "-h")]
    public async Task Run_Help_Succeeds(params string[] args)
    {
        ConsoleRun run = await ConsoleRun.OfAsync(args);

        run.AssertClean();
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
        Assert.That(run.Output, Does.Not.Contain("{").And.Contains(args[0].TrimStart('-') is "usage" ? "--budget USD" : "analyze"));
    }

    [TestCase("", "holds no text")]
    [TestCase(" \r\n ", "holds no text")]
    [TestCase("a\0b", "not text")]
    public async Task Analyze_FileWithoutText_IsOneSentence(string content, string told)
    {
        ConsoleRun fromInput = await ConsoleRun.OfAsync(["analyze", "-"], content, []);
        ConsoleRun fromFile = await WithFileAsync(System.Text.Encoding.UTF8.GetBytes(content));

        Assert.That(fromInput.AssertOneError(2), Does.Contain(told));
        Assert.That(fromFile.AssertOneError(2), Does.Contain(told));
    }

    [Test]
    public async Task Analyze_BinaryFile_IsOneSentence() =>
        Assert.That((await WithFileAsync([0x89, 0x50, 0x4E, 0x47, 0xFF, 0xFE, 0x00])).AssertOneError(2), Does.Contain("not UTF-8"));

    [Test]
    public async Task Analyze_FileWithAByteOrderMark_IsReadWithoutIt()
    {
        ConsoleRun run = await WithFileAsync([0xEF, 0xBB, 0xBF, .. "Hello there."u8]);

        run.AssertClean();
        Assert.That(run.Output, Does.Contain("Hello there.").And.Not.Contain("\uFEFF"));
    }

    [TestCase("OPENAI_TEMPERATURE", "abc")]
    [TestCase("OPENAI_TEMPERATURE", "9")]
    [TestCase("OPENAI_MAX_TOKENS", "many")]
    [TestCase("OPENAI_MAX_TOKENS", "-1")]
    [TestCase("OPENAI_MAX_MONTHLY_COST", "-2")]
    [TestCase("OPENAI_MAX_MONTHLY_COST", "much")]
    [TestCase("OPENAI_RATE_LIMIT_PER_MINUTE", "0")]
    [TestCase("OPENAI_BASE_URL", "not an address")]
    [TestCase("ENABLE_OPENAI_STRUCTURED_OUTPUTS", "perhaps")]
    [TestCase("DiscordIntel__Resilience__MaxAttempts", "x")]
    public async Task Analyze_WrongSetting_IsOneSentence(string name, string value)
    {
        ConsoleRun run = await ConsoleRun.OfAsync(["analyze", ConsoleRun.Chat], "", [(name, value)]);

        Assert.That(run.AssertOneError(2), Does.Contain(value));
    }

    [Test]
    public async Task Analyze_FeatureSwitchedOff_SaysHowToSwitchItOn()
    {
        ConsoleRun run = await ConsoleRun.OfAsync(["analyze", ConsoleRun.Chat], "", [("ENABLE_OPENAI_STRUCTURED_OUTPUTS", "false")]);

        Assert.That(run.AssertOneError(1), Does.Contain("ENABLE_OPENAI_STRUCTURED_OUTPUTS"));
    }

    [Test]
    public async Task Analyze_CancelledBefore_Exits130()
    {
        ConsoleRun run = await ConsoleRun.OfAsync(["analyze", ConsoleRun.Chat], "", [], new CancellationToken(true));

        run.AssertClean();
        Assert.That((run.ExitCode, run.Output), Is.EqualTo((130, "")));
        Assert.That(run.Error, Does.Contain("Cancelled"));
    }

    [Test]
    public async Task Analyze_CancelledWhileAModelIsAsked_Exits130()
    {
        using var stop = new CancellationTokenSource();
        Task<ConsoleRun> running = ConsoleRun.OfAsync(["analyze", ConsoleRun.Chat, "--fault", "stall"], "", [], stop.Token);
        await stop.CancelAsync();

        Assert.That((await running).ExitCode, Is.EqualTo(130));
    }

    [Test]
    public async Task Analyze_CancelledWhileTheInputIsOpen_Exits130()
    {
        using var stop = new CancellationTokenSource();
        using var open = new OpenInput();
        await using var output = new StringWriter();
        Task<int> running = new ConsoleApp(open, output, output, static _ => null).RunAsync(["analyze", "-"], stop.Token);
        await stop.CancelAsync();

        Assert.That(await running, Is.EqualTo(130));
    }

    [Test]
    [Platform("Linux,MacOsX")]
    public async Task Analyze_CancelledWhileAPipeHasNoWriter_Exits130()
    {
        string pipe = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.txt");
        using (var made = Process.Start("mkfifo", [pipe]))
        {
            await made.WaitForExitAsync();
        }

        try
        {
            // By then it waits in the open, which no token ends.
            using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
            await using var output = new StringWriter();
            Task<int> running = Task.Run(() => new ConsoleApp(TextReader.Null, output, output, static _ => null).RunAsync(["analyze", pipe], stop.Token));

            Assert.That(await running.WaitAsync(TimeSpan.FromSeconds(30)), Is.EqualTo(130));
        }
        finally
        {
            // A writer that comes and goes lets the reader end.
            await using (File.Open(pipe, FileMode.Open, FileAccess.ReadWrite))
            {
                File.Delete(pipe);
            }
        }
    }

    [Test]
    public async Task Analyze_OutputThatCannotBeWritten_IsOneSentence()
    {
        await using var full = new FullWriter();
        await using var error = new StringWriter();

        int code = await new ConsoleApp(TextReader.Null, full, error, static _ => null).RunAsync(["--help"], default);

        Assert.That((code, error.ToString().TrimEnd()), Is.EqualTo((1, "Error: the output cannot be written: No space left.")));
    }

    private static async Task<ConsoleRun> WithFileAsync(byte[] bytes)
    {
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, bytes);
            return await ConsoleRun.OfAsync("analyze", path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>A terminal at which nobody types: reading blocks, as the console's own reader does.</summary>
    private sealed class OpenInput : TextReader
    {
        private readonly ManualResetEventSlim _closed = new();

        public override string ReadToEnd()
        {
            _closed.Wait();
            return "";
        }

        public override Task<string> ReadToEndAsync(CancellationToken cancellationToken) => Task.FromResult(ReadToEnd());

        protected override void Dispose(bool disposing)
        {
            _closed.Set();
            base.Dispose(disposing);
        }
    }

    private sealed class FullWriter : StringWriter
    {
        public override Task WriteLineAsync(string? value) => throw new IOException("No space left.");
    }
}
