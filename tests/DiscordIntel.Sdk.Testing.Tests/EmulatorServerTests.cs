using System.ClientModel;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using DiscordIntel.Analysis;
using DiscordIntel.Results;
using DiscordIntel.Testing.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using OpenAI;
using OpenAI.Chat;

namespace DiscordIntel.Testing.Tests;

internal sealed class EmulatorServerTests
{
    [Test]
    public async Task Listen_PortZero_TakesAFreeOneOnLoopbackOnly()
    {
        await using EmulatorServer server = await new OpenAIEmulator().ListenAsync();

        IPEndPoint[] listeners = [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(listener => listener.Port == server.BaseUrl.Port)];
        Assert.That(server.BaseUrl.ToString(), Does.Match(@"^http://127\.0\.0\.1:[1-9]\d+/v1$"));
        Assert.That(listeners.Select(listener => listener.Address), Is.EqualTo(new[] { IPAddress.Loopback }));
    }

    [Test]
    public async Task Listen_PortInUse_Throws()
    {
        await using EmulatorServer server = await new OpenAIEmulator().ListenAsync();

        Assert.That(async () => await new OpenAIEmulator().ListenAsync(server.BaseUrl.Port), Throws.InstanceOf<IOException>());
    }

    [TestCase(-1)]
    [TestCase(65_536)]
    public void Listen_NoPort_Throws(int port) =>
        Assert.That(() => new OpenAIEmulator().ListenAsync(port), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Listen_Cancelled_Throws() =>
        Assert.That(async () => await new OpenAIEmulator().ListenAsync(cancellationToken: new CancellationToken(true)), Throws.InstanceOf<OperationCanceledException>());

    [TestCase("POST", "chat/completions", """{"model":"m","messages":[{"role":"user","content":"The bridge opens at nine."}]}""", 200)]
    [TestCase("POST", "chat/completions", """{"model":"m","messages":[{"role":"user","content":"The bridge opens at nine."}],"stream":true}""", 200)]
    [TestCase("POST", "chat/completions", """{"model":"m","messages":[],"stream_options":{}}""", 400)]
    [TestCase("POST", "chat/completions", "{oops", 400)]
    [TestCase("POST", "chat/completions", "", 400)]
    [TestCase("POST", "responses", "{}", 400)]
    [TestCase("POST", "responses", """{"model":"m","input":"The bridge opens at nine."}""", 200)]
    [TestCase("POST", "responses", """{"model":"m","input":"The bridge opens at nine.","stream":true}""", 200)]
    [TestCase("POST", "embeddings", "{}", 404)]
    [TestCase("GET", "models", null, 200)]
    [TestCase("GET", "chat/completions", null, 404)]
    [TestCase("GET", "no%20such/path?x=1", null, 404)]
    public async Task Answer_AnyRequest_IsThatOfTheEmulatorInProcess(string method, string path, string? body, int status)
    {
        List<string> seen = [];
        foreach (Form form in new[] { Form.InProcess, Form.Loopback })
        {
            await using StreamClient client = await StreamClient.OpenAsync(form);
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative)) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
            using HttpResponseMessage response = await client.Http.SendAsync(request);
            Assert.That((int)response.StatusCode, Is.EqualTo(status));
            EmulatorRequest received = client.Emulator.Requests.Single();
            seen.Add($"{response.Content.Headers.ContentType} {response.Headers.GetValues("x-request-id").Single()} {await response.Content.ReadAsStringAsync()} " +
                $"{received.Method} {received.Path} {received.RawBody} {received.Status} {received.Headers["authorization"]} {received.Headers.GetValueOrDefault("content-type")}");
        }

        Assert.That(seen[1], Is.EqualTo(seen[0]));
    }

    [Test]
    public async Task Answer_Raw_KeepsItsHeaders()
    {
        await using StreamClient client = await StreamClient.OpenAsync(
            Form.Loopback, EmulatorReply.Raw(418, "no", "text/plain; charset=utf-8", ("x-request-id", "mine"), ("content-language", "en")));

        using HttpResponseMessage response = await client.SendAsync(EmulatorClient.Chat());

        Assert.That(((int)response.StatusCode, response.Headers.GetValues("x-request-id").Single(), response.Content.Headers.ContentLanguage.Single()), Is.EqualTo((418, "mine", "en")));
        Assert.That(response.Content.Headers.ContentLength, Is.EqualTo(2));
        Assert.That(response.Headers.Contains("server"), Is.False);
    }

    [TestCase(200)]
    [TestCase(204)]
    [TestCase(304)]
    [TestCase(599)]
    public async Task Answer_RawWithoutABody_HasThatStatus(int status)
    {
        await using StreamClient client = await StreamClient.OpenAsync(Form.Loopback, EmulatorReply.Raw(status, ""));

        using HttpResponseMessage response = await client.SendAsync(EmulatorClient.Chat());

        Assert.That(((int)response.StatusCode, await response.Content.ReadAsStringAsync()), Is.EqualTo((status, "")));
    }

    [Test]
    public void Core_ItsReferences_NameNoAspNetCore() => Assert.That(
        typeof(DiscordIntelClient).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name),
        Is.All.Not.StartsWith("Microsoft.AspNetCore"));

    [Test]
    public async Task Answer_FaultBeforeAnAnswer_BreaksTheConnection()
    {
        await using StreamClient client = await StreamClient.OpenAsync(Form.Loopback, EmulatorReply.Reset(), EmulatorReply.ConnectionRefused());

        Assert.That(async () => await client.SendAsync(EmulatorClient.Chat()), Throws.InstanceOf<HttpRequestException>());
        Assert.That(async () => await client.SendAsync(EmulatorClient.Chat()), Throws.InstanceOf<HttpRequestException>());
        Assert.That(client.Emulator.Requests.Select(request => request.Status), Is.EqualTo(new[] { 0, 0 }));
    }

    [Test]
    public async Task Answer_Stall_LastsUntilTheClientLeaves()
    {
        await using StreamClient client = await StreamClient.OpenAsync(Form.Loopback, EmulatorReply.Stall());
        using var stop = new CancellationTokenSource();

        Task<HttpResponseMessage> sending = client.SendAsync(EmulatorClient.Chat(), stop.Token);
        await WaitForAsync(() => client.Emulator.Requests.Count == 1);
        Assert.That(sending.IsCompleted, Is.False);
        await stop.CancelAsync();

        Assert.That(async () => await sending, Throws.InstanceOf<OperationCanceledException>());
        await client.AnsweredAsync();
    }

    [Test]
    public async Task Answer_PlainSocket_GetsEveryEventInAnHttpChunk()
    {
        await using EmulatorServer server = await new OpenAIEmulator().Enqueue(EmulatorReply.Text("Hello you.")).ListenAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, server.BaseUrl.Port);
        string body = StreamClient.Chat();

        await socket.GetStream().WriteAsync(Encoding.UTF8.GetBytes(
            $"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
        using var reader = new StreamReader(socket.GetStream());
        string answer = await reader.ReadToEndAsync();

        Assert.That(answer, Does.StartWith("HTTP/1.1 200 OK\r\n").And.Contains("Transfer-Encoding: chunked\r\n").And.EndsWith("data: [DONE]\n\n\r\n0\r\n\r\n"));
        Assert.That(answer.Split("\n\n\r\n"), Has.Length.EqualTo(7), "role, two words, finish, usage, done");
    }

    [Test]
    public async Task Answered_EveryRequest_IsToldWhenItsAnswerHasEnded()
    {
        var answered = new Answered();
        await using EmulatorServer server = await new OpenAIEmulator().Enqueue(EmulatorReply.Text("Hello you."), EmulatorReply.Overloaded()).ListenAsync(answered: answered);
        using HttpClient http = Client(server);

        await PostAsync(http, StreamClient.Chat());
        await PostAsync(http, EmulatorClient.Chat());
        await answered.WaitAsync(2);

        Assert.That(answered.Requests.Select(request => (request.Status, request.Chunks)), Is.EqualTo(new[] { (200, (int?)5), (503, null) }));
    }

    [Test]
    public async Task Listen_SeveralServers_ShareAnEmulatorOrDoNot()
    {
        var shared = new OpenAIEmulator();
        await using EmulatorServer first = await shared.ListenAsync();
        await using EmulatorServer second = await shared.ListenAsync();
        await using EmulatorServer other = await new OpenAIEmulator().ListenAsync();

        foreach (EmulatorServer server in new[] { first, second, other })
        {
            using HttpClient http = Client(server);
            await PostAsync(http, EmulatorClient.Chat());
        }

        Assert.That(shared.Requests, Has.Count.EqualTo(2));
        Assert.That(new[] { first.BaseUrl, second.BaseUrl, other.BaseUrl }, Is.Unique);
    }

    [Test]
    public async Task Dispose_Twice_StopsListening()
    {
        EmulatorServer server = await new OpenAIEmulator().ListenAsync();
        using HttpClient http = Client(server);
        await PostAsync(http, EmulatorClient.Chat());

        await server.DisposeAsync();
        await server.DisposeAsync();

        Assert.That(async () => await PostAsync(http, EmulatorClient.Chat()), Throws.InstanceOf<HttpRequestException>());
        await using EmulatorServer again = await new OpenAIEmulator().ListenAsync(server.BaseUrl.Port);
    }

    [Test]
    public async Task Dispose_StreamUnderWay_LetsItEnd()
    {
        var time = new FakeTimeProvider();
        OpenAIEmulator emulator = new OpenAIEmulator(time).Enqueue(EmulatorReply.Text("One two three.").Paced(TimeSpan.FromSeconds(1)));
        EmulatorServer server = await emulator.ListenAsync();
        using HttpClient http = Client(server);
        using HttpResponseMessage response = await http.SendAsync(Request(StreamClient.Chat()), HttpCompletionOption.ResponseHeadersRead);

        Task stopping = server.DisposeAsync().AsTask();
        Task<string> reading = response.Content.ReadAsStringAsync();
        while (!reading.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }

        Assert.That(await reading, Does.EndWith("data: [DONE]\n\n"));
        await stopping.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Test]
    public async Task Dispose_Silence_IsBrokenOffAtOnce()
    {
        OpenAIEmulator emulator = new OpenAIEmulator().Enqueue(EmulatorReply.Text("One two.").StallAfter(1), EmulatorReply.Stall());
        EmulatorServer server = await emulator.ListenAsync();
        using HttpClient http = Client(server);
        using HttpResponseMessage response = await http.SendAsync(Request(StreamClient.Chat()), HttpCompletionOption.ResponseHeadersRead);
        Task<HttpResponseMessage> stalled = http.SendAsync(Request(EmulatorClient.Chat()));
        await WaitForAsync(() => emulator.Requests.Count == 2);
        long start = TimeProvider.System.GetTimestamp();

        await server.DisposeAsync();

        Assert.That(TimeProvider.System.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(4)), "five seconds of grace are for answers under way");
        Assert.That(async () => await response.Content.ReadAsStringAsync(), Throws.InstanceOf<HttpRequestException>());
        Assert.That(async () => await stalled, Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task OpenAIPackage_ItsOwnClient_ReadsRepliesAndStreams()
    {
        OpenAIEmulator emulator = new OpenAIEmulator().Enqueue(
            EmulatorReply.Text("Hello from the emulator."),
            EmulatorReply.Text("Hello from the emulator."),
            EmulatorReply.Refusal("I can't help."),
            EmulatorReply.ToolCalls(("get_weather", """{"city":"Oslo"}""")).InChunksOf(5),
            EmulatorReply.RateLimited());
        await using EmulatorServer server = await emulator.ListenAsync();
        var client = new ChatClient("gpt-6-luna", new ApiKeyCredential("key"), new OpenAIClientOptions { Endpoint = server.BaseUrl, RetryPolicy = new System.ClientModel.Primitives.ClientRetryPolicy(0) });

        ChatCompletion whole = await client.CompleteChatAsync("Hello?");
        List<StreamingChatCompletionUpdate> streamed = await client.CompleteChatStreamingAsync("Hello?").ToListAsync();
        List<StreamingChatCompletionUpdate> refused = await client.CompleteChatStreamingAsync("Hello?").ToListAsync();
        List<StreamingChatCompletionUpdate> called = await client.CompleteChatStreamingAsync("Hello?").ToListAsync();

        Assert.That(whole.Content[0].Text, Is.EqualTo("Hello from the emulator."));
        Assert.That(string.Concat(streamed.SelectMany(update => update.ContentUpdate).Select(part => part.Text)), Is.EqualTo("Hello from the emulator."));
        Assert.That(streamed.Select(update => update.FinishReason).OfType<ChatFinishReason>(), Is.EqualTo(new[] { ChatFinishReason.Stop }));
        Assert.That(streamed[^1].Usage.OutputTokenCount, Is.EqualTo(whole.Usage.OutputTokenCount));
        Assert.That(string.Concat(refused.Select(update => update.RefusalUpdate)), Is.EqualTo("I can't help."));
        Assert.That(string.Concat(called.SelectMany(update => update.ToolCallUpdates).Select(call => call.FunctionName)), Is.EqualTo("get_weather"));
        Assert.That(string.Concat(called.SelectMany(update => update.ToolCallUpdates).Select(call => call.FunctionArgumentsUpdate?.ToString())), Is.EqualTo("""{"city":"Oslo"}"""));
        Assert.That(async () => await client.CompleteChatAsync("Hello?"), Throws.InstanceOf<ClientResultException>().With.Property("Status").EqualTo(429));
    }

    [TestCase(Form.InProcess)]
    [TestCase(Form.Loopback)]
    public async Task Sdk_AnalysisStream_GetsProseFromTheContent(Form form)
    {
        var emulator = new OpenAIEmulator();
        await using EmulatorServer server = await emulator.ListenAsync();
        var services = new ServiceCollection();
        DiscordIntelBuilder intel = services.AddDiscordIntel(options => options.OpenAI.BaseUrl = server.BaseUrl.ToString());
        if (form is Form.InProcess)
        {
            intel.UseEmulator(emulator);
        }

        await using ServiceProvider provider = services.BuildServiceProvider();
        List<StepResult<StreamChunk>> chunks = await provider.GetRequiredService<AnalysisClient>()
            .StreamAsync("Ann: The night bus is worth every coin. Bob: I disagree.", AnalysisKind.Debate, IntelScope.Guild(1, 2, 3)).ToListAsync();

        Assert.That(chunks.Select(chunk => chunk.Error), Is.All.Null);
        Assert.That(string.Concat(chunks.Select(chunk => chunk.Value.Text)), Is.EqualTo(
            "This is a reply from the emulator, not from a model. Your message says: \"The night bus is worth every coin.\""));
        Assert.That(chunks[^1].Value.IsFinal);
        EmulatorBill bill = emulator.Billed.Single();
        Assert.That((chunks[^1].Receipt.InputTokens, chunks[^1].Receipt.OutputTokens), Is.EqualTo(((long?)bill.InputTokens, (long?)bill.OutputTokens)));
    }

    [Test]
    public async Task Streams_TwoHundredAtOnce_LoseAndMixNothing()
    {
        const int Streams = 200;
        const int Words = 200;
        string[] texts = [.. Enumerable.Range(0, Streams).Select(stream => string.Join(' ', Enumerable.Range(0, Words).Select(word => $"s{stream}w{word}")))];
        OpenAIEmulator emulator = new OpenAIEmulator().Enqueue([.. texts.Select(EmulatorReply.Text)]);
        await using EmulatorServer server = await emulator.ListenAsync();
        using HttpClient http = Client(server);

        (string Text, int Chunks)[] read = await Task.WhenAll(Enumerable.Range(0, Streams).Select(_ => ReadAsync()));

        Assert.That(read.Select(stream => stream.Text), Is.EquivalentTo(texts), "each text in one stream, whole and in order");
        Assert.That(read.Select(stream => stream.Chunks), Is.All.EqualTo(Words + 3));
        Assert.That(emulator.Billed.Single().OutputTokens, Is.EqualTo(texts.Sum(text => (text.Length + 3) / 4)));
        Assert.That(emulator.Requests.Select(request => request.Chunks), Is.All.EqualTo(Words + 3));

        async Task<(string, int)> ReadAsync()
        {
            await Task.Yield();
            using HttpResponseMessage response = await http.SendAsync(Request(StreamClient.Chat()), HttpCompletionOption.ResponseHeadersRead);
            var text = new StringBuilder();
            int chunks = 0;
            string last = "";
            await foreach (string data in StreamClient.EventsAsync(response))
            {
                last = data;
                if (data != "[DONE]")
                {
                    chunks++;
                    System.Text.Json.JsonElement choices = EmulatorClient.Parse(data).GetProperty("choices");
                    text.Append(choices.GetArrayLength() > 0 && choices[0].GetProperty("delta").TryGetProperty("content", out System.Text.Json.JsonElement content) ? content.GetString() : "");
                }
            }

            Assert.That(last, Is.EqualTo("[DONE]"));
            return (text.ToString(), chunks);
        }
    }

    private static HttpClient Client(EmulatorServer server) => new() { BaseAddress = new Uri(server.BaseUrl + "/"), Timeout = TimeSpan.FromSeconds(60) };

    private static HttpRequestMessage Request(string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "chat/completions") { Content = new StringContent(body) };
        request.Headers.Add("Authorization", "Bearer key");
        return request;
    }

    private static async Task PostAsync(HttpClient http, string body)
    {
        using HttpResponseMessage response = await http.SendAsync(Request(body));
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(1);
        }
    }
}
