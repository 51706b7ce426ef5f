using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DiscordIntel.TestKit;
using NUnit.Framework;

namespace DiscordIntel.EndToEnd;

/// <summary>With an address in the environment the app asks that server, and what it prints is no longer synthetic.</summary>
internal sealed class OtherServerTests
{
    [Test]
    public async Task Analyze_WithABaseUrl_AsksThatServer()
    {
        const string Content = "Mara said that trams are free.";
        string analysis = """
            {"summary":"Trams.","score":7,"confidence":0.5,"keyPoints":[{"text":"Free \u001b[31mtrams.","quote":"trams are free"}],
             "biasIndicators":[],"claims":[{"text":"Free.","quote":"never said","belief":"LikelyTrue","confidence":0.5}],"speakers":[],"fallacies":[],"rebuttals":[]}
            """;
        await using var server = new Server(200, Reply(analysis));

        ConsoleRun report = await ConsoleRun.OfAsync(["analyze", "-"], Content, server.Environment);
        ConsoleRun json = await ConsoleRun.OfAsync(["analyze", "-", "--json", "--model", "my-model"], Content, [.. server.Environment, .. FreeOfCharge]);

        report.AssertClean();
        Assert.That(report.ExitCode, Is.Zero, report.Error);
        Assert.That(report.All, Does.Not.Contain("SYNTHETIC").And.Not.Contain("emulator").And.Not.Contain("invented"));
        Assert.That(report.Output, Does.Contain("Score 7 of 10").And.Contains("line 1: “trams are free”").And.Contains("not in the text: “never said”"));
        Assert.That(report.Output, Does.Contain("Warning: Claim 1").And.Contains("Bias and loaded language: none"));
        Assert.That(report.Flat, Does.Contain("house-model | 12 tokens in, 3 out | about 0.000003 USD | 1 request"), "the price of the model asked for");
        JsonElement receipt = JsonElement.Parse(json.Output).GetProperty("receipt");
        Assert.That(JsonElement.Parse(json.Output).GetProperty("synthetic").GetBoolean(), Is.False);
        Assert.That(receipt.GetProperty("cost").GetDecimal(), Is.Zero);
        Assert.That(server.Requests, Has.Count.EqualTo(2));
        Assert.That(server.Requests[1].GetProperty("model").GetString(), Is.EqualTo("my-model"));
        Assert.That(server.Requests[0].GetProperty("messages").GetRawText(), Does.Contain(Content));
        foreach (JsonElement request in server.Requests)
        {
            Assert.That(OpenApiDescription.Load()?.Check("CreateChatCompletionRequest", request) ?? [], Is.Empty);
        }
    }

    [Test]
    public async Task Analyze_ModelWithoutAPrice_NamesTheSettingAndAsksNobody()
    {
        await using var server = new Server(200, Reply("{}"));

        ConsoleRun run = await ConsoleRun.OfAsync(["analyze", "-", "--model", "my-model"], "Some text.", server.Environment);

        Assert.That(run.AssertOneError(1), Does.StartWith("Error (PriceUnknown): ").And.Contains("my-model").And.Contains("DiscordIntel:Models:Catalog"));
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public async Task Analyze_DropUngrounded_LeavesOutWhatIsNotInTheText()
    {
        string analysis = """
            {"summary":"Trams.","score":7,"confidence":0.5,"keyPoints":[{"text":"Trams are free.","quote":"trams are free"},{"text":"Buses fly.","quote":"never said"}],
             "biasIndicators":[],"claims":[],"speakers":[],"fallacies":[],"rebuttals":[]}
            """;
        await using var server = new Server(200, Reply(analysis));

        ConsoleRun marked = await ConsoleRun.OfAsync(["analyze", "-"], "Mara said that trams are free.", server.Environment);
        ConsoleRun dropped = await ConsoleRun.OfAsync(["analyze", "-", "--drop-ungrounded"], "Mara said that trams are free.", server.Environment);

        Assert.That(marked.Output, Does.Contain("Buses fly.").And.Contains("not in the text: “never said”"));
        Assert.That(dropped.Output, Does.Contain("Trams are free.").And.Not.Contain("Buses fly.").And.Not.Contain("never said"));
        Assert.That(dropped.Output, Does.Contain("Warning: Key point 2 was left out"));
    }

    [Test]
    public async Task Analyze_ModelThatWritesEscapesAndMarkup_PrintsThemAsTheyAre()
    {
        string hostile = "[bold]N[/] [/] [red] :joy: [link=b]x[/]";
        string analysis = """
            {"summary":"@\u001b[2J\u202Egone\u202C","score":7,"confidence":0.5,"keyPoints":[{"text":"@","quote":"@"}],
             "biasIndicators":[{"type":"@","explanation":"\u009b31m@\u0007","quote":"@"}],"claims":[],"speakers":[],"fallacies":[],"rebuttals":[]}
            """.Replace("@", hostile, StringComparison.Ordinal);
        await using var server = new Server(200, Reply(analysis));

        ConsoleRun run = await ConsoleRun.OfAsync(["analyze", "-"], hostile, server.Environment);

        run.AssertClean();
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output.Split(hostile), Has.Length.EqualTo(7), "summary, point, type, explanation and both quotes");
        Assert.That(run.Output, Does.Not.Contain("\u202E"));
    }

    [Test]
    public async Task Analyze_ServerThatRefuses_IsOneSentence()
    {
        await using var server = new Server(401, """{"error":{"message":"Bad key.","type":"invalid_request_error","code":"invalid_api_key"}}""");

        ConsoleRun run = await ConsoleRun.OfAsync(["analyze", "-"], "Some text.", [.. server.Environment, ("OPENAI_API_KEY", "sk-canary-canary")]);

        Assert.That(run.AssertOneError(1), Does.StartWith("Error (Unauthorized)"));
        Assert.That(run.All, Does.Not.Contain("canary"));
    }

    [Test]
    public async Task Analyze_NobodyListens_IsOneSentence()
    {
        ConsoleRun run = await ConsoleRun.OfAsync(
            ["analyze", "-"], "Some text.", [("OPENAI_BASE_URL", $"http://127.0.0.1:{FreePort()}/v1"), ("DiscordIntel__Resilience__BaseDelay", "00:00:00")]);

        Assert.That(run.AssertOneError(1), Does.StartWith("Error (ProviderUnavailable)").And.Contains("ConnectionRefused"));
    }

    [Test]
    public async Task Analyze_FaultWithABaseUrl_IsToldNotToFit()
    {
        ConsoleRun run = await ConsoleRun.OfAsync(["analyze", "-", "--fault", "stall"], "Some text.", [("OPENAI_API_KEY", "sk-canary-canary")]);

        Assert.That(run.AssertOneError(2), Does.Contain("--fault works on the emulator only"));
    }

    private static (string, string)[] FreeOfCharge =>
    [
        ("DiscordIntel__Models__Catalog__0__Id", "my-model"),
        ("DiscordIntel__Models__Catalog__0__InputPrice", "0"),
        ("DiscordIntel__Models__Catalog__0__OutputPrice", "0"),
    ];

    private static string Reply(string content) => new JsonObject
    {
        ["id"] = "c1",
        ["object"] = "chat.completion",
        ["created"] = 0,
        ["model"] = "house-model",
        ["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["finish_reason"] = "stop",
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = content },
        }),
        ["usage"] = new JsonObject { ["prompt_tokens"] = 12, ["completion_tokens"] = 3, ["total_tokens"] = 15 },
    }.ToJsonString();

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Answers every chat completion alike.</summary>
    private sealed class Server : IAsyncDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly Task _serving;
        private readonly string _address = $"http://127.0.0.1:{FreePort()}/v1/";

        public Server(int status, string body)
        {
            _listener.Prefixes.Add(_address);
            _listener.Start();
            _serving = ServeAsync(status, Encoding.UTF8.GetBytes(body));
        }

        public List<JsonElement> Requests { get; } = [];

        public (string, string)[] Environment => [("OPENAI_BASE_URL", _address)];

        public async ValueTask DisposeAsync()
        {
            _listener.Close();
            await _serving;
        }

        private async Task ServeAsync(int status, byte[] body)
        {
            try
            {
                while (true)
                {
                    HttpListenerContext call = await _listener.GetContextAsync();
                    using var document = await JsonDocument.ParseAsync(call.Request.InputStream);
                    Requests.Add(document.RootElement.Clone());
                    call.Response.StatusCode = call.Request.Url!.AbsolutePath == "/v1/chat/completions" ? status : 404;
                    call.Response.ContentType = "application/json";
                    await call.Response.OutputStream.WriteAsync(body);
                    call.Response.Close();
                }
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
