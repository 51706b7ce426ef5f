using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using DiscordIntel.Samples.Terminal;
using NUnit.Framework;

namespace DiscordIntel.EndToEnd;

/// <summary>The emulator as a command: it serves until Ctrl-C.</summary>
internal sealed partial class EmulatorTests
{
    [Test]
    public async Task Emulator_FreePort_AnswersAnyClientUntilItIsStopped()
    {
        await using var running = new Running("--port", "0");
        Uri address = await running.AddressAsync();
        using var http = new HttpClient();

        string whole = await AskAsync(http, address, stream: false);
        string streamed = await AskAsync(http, address, stream: true);
        using HttpResponseMessage refused = await http.GetAsync(new Uri(address + "/chat/completions"));
        (int code, string printed) = await running.StopAsync();

        Assert.That(whole, Does.Contain("This is a reply from the emulator, not from a model."));
        Assert.That(streamed, Does.StartWith("data: {").And.EndsWith("data: [DONE]\n\n"));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(code, Is.Zero);
        Assert.That(printed, Does.Contain("SYNTHETIC").And.Contains($"OPENAI_BASE_URL={address} "));
        Assert.That(printed.ReplaceLineEndings("\n"), Does.Match(@"\nPOST /v1/chat/completions any: 200\nPOST /v1/chat/completions any: 200, \d+ chunks\nGET /v1/chat/completions: 404\n$"));
        Assert.That(async () => await AskAsync(http, address, stream: false), Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task Emulator_AnotherConsole_AnalyzesOverIt()
    {
        await using var running = new Running("--port", "0");
        string address = (await running.AddressAsync()).ToString();

        ConsoleRun run = await ConsoleRun.OfAsync(["analyze", ConsoleRun.Chat], "", [("OPENAI_BASE_URL", address)]);

        run.AssertClean();
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        (_, string printed) = await running.StopAsync();
        Assert.That(printed, Does.Match(@"POST /v1/chat/completions \S+: 200"));
    }

    [Test]
    public async Task Emulator_Fault_AnswersEveryRequestWithIt()
    {
        await using var running = new Running("--port", "0", "--fault", "rate-limit");
        Uri address = await running.AddressAsync();
        using var http = new HttpClient();

        Assert.That(await AskAsync(http, address, stream: true), Does.Contain("rate_limit_exceeded"));
        Assert.That((await running.StopAsync()).Printed, Does.Contain("any: 429"));
    }

    [Test]
    public async Task Emulator_PortInUse_IsOneSentence()
    {
        await using var running = new Running("--port", "0");
        Uri address = await running.AddressAsync();

        ConsoleRun second = await ConsoleRun.OfAsync("emulator", "--port", $"{address.Port}");

        Assert.That(second.AssertOneError(2), Does.Contain($"Port {address.Port} is in use"));
    }

    /// <summary>A port below 1024, for a user who may not open it.</summary>
    [Test]
    public async Task Emulator_PortNotAllowed_IsOneSentence()
    {
        const int Port = 1;
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, Port));
            Assert.Ignore("This user may open every port.");
        }
        catch (SocketException)
        {
            ConsoleRun run = await ConsoleRun.OfAsync("emulator", "--port", $"{Port}");
            Assert.That(run.AssertOneError(2), Does.Contain($"Port {Port} cannot be opened"));
        }
    }

    [TestCase("--port")]
    [TestCase("--port", "-1")]
    [TestCase("--port", "65536")]
    [TestCase("--port", "four")]
    [TestCase("--prot", "1")]
    [TestCase("4010")]
    [TestCase("--fault", "earthquake")]
    public async Task Emulator_WrongCommandLine_IsOneSentence(params string[] args)
    {
        ConsoleRun run = await ConsoleRun.OfAsync(["emulator", .. args]);

        Assert.That(run.AssertOneError(2), Does.EndWith("."));
        Assert.That(run.Output, Is.Empty);
    }

    [Test]
    public async Task Emulator_Help_NamesTheOptions()
    {
        ConsoleRun run = await ConsoleRun.OfAsync("emulator", "--help");

        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
        Assert.That(run.Output, Does.Contain("--port").And.Contains("4010"));
    }

    private static async Task<string> AskAsync(HttpClient http, Uri address, bool stream)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address + "/chat/completions")
        {
            Content = new StringContent($$"""{"model":"any","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"Who answers here?"}]}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Authorization", "Bearer any");
        using HttpResponseMessage response = await http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>The command while it runs.</summary>
    private sealed partial class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly StringWriter _output = new();
        private readonly TextWriter _lines;
        private readonly Task<int> _run;

        public Running(params string[] args)
        {
            _lines = TextWriter.Synchronized(_output);
            _run = new ConsoleApp(TextReader.Null, _lines, TextWriter.Null, static _ => null).RunAsync(["emulator", .. args], _stop.Token);
        }

        private string Printed
        {
            get
            {
                // A synchronized writer locks itself.
                lock (_lines)
                {
                    return _output.ToString();
                }
            }
        }

        public async Task<Uri> AddressAsync()
        {
            while (!_run.IsCompleted)
            {
                if (Address().Match(Printed) is { Success: true } match)
                {
                    return new Uri(match.Value);
                }

                await Task.Delay(5);
            }

            throw new InvalidOperationException($"It ended with {await _run}.");
        }

        public async Task<(int Code, string Printed)> StopAsync()
        {
            await _stop.CancelAsync();
            return (await _run, Printed);
        }

        public async ValueTask DisposeAsync()
        {
            await StopAsync();
            _stop.Dispose();
            await _output.DisposeAsync();
        }

        [GeneratedRegex(@"http://127\.0\.0\.1:\d+/v1", RegexOptions.None, 1000)]
        private static partial Regex Address();
    }
}
