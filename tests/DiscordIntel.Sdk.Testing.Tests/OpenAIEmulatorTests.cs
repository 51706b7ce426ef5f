using System.Net;
using System.Text.Json;
using DiscordIntel.Models;
using DiscordIntel.Testing.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Testing.Tests;

[TestFixture]
internal sealed class OpenAIEmulatorTests
{
    [Test]
    public async Task Reply_PlainChat_NamesTheEmulatorAndQuotesTheContent()
    {
        using var client = new EmulatorClient();

        using HttpResponseMessage response = await client.SendAsync(EmulatorClient.Chat("Nine. The bridge opens at nine tomorrow. Bring a coat."));

        JsonElement body = EmulatorClient.Parse(await response.Content.ReadAsStringAsync());
        JsonElement choice = body.GetProperty("choices")[0];
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(response.Headers.GetValues("x-request-id"), Is.EqualTo(new[] { "req_emulator_1" }));
            Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/json"));
            Assert.That(body.GetProperty("id").GetString(), Is.EqualTo("chatcmpl-emulator-1"));
            Assert.That(body.GetProperty("object").GetString(), Is.EqualTo("chat.completion"));
            Assert.That(choice.GetProperty("finish_reason").GetString(), Is.EqualTo("stop"));
            Assert.That(
                choice.GetProperty("message").GetProperty("content").GetString(),
                Is.EqualTo("This is a reply from the emulator, not from a model. Your message says: \"The bridge opens at nine tomorrow.\""));
        });
    }

    [TestCase("gpt-6-luna")]
    [TestCase("house-model")]
    public async Task Reply_Always_NamesTheModelAskedFor(string model)
    {
        using var client = new EmulatorClient(new OpenAIEmulator().Enqueue(EmulatorReply.Text("Scripted.")));

        foreach (string reply in new[] { "scripted", "built" })
        {
            (_, JsonElement body) = await client.PostAsync($$"""{"model":"{{model}}","messages":[{"role":"user","content":"Hello."}]}""");

            Assert.That(body.GetProperty("model").GetString(), Is.EqualTo(model), reply);
        }
    }

    [Test]
    public async Task Reply_PlainChat_EstimatesUsageFromBytes()
    {
        using var client = new EmulatorClient();

        (_, JsonElement body) = await client.PostAsync("""{"model":"emulator","messages":[{"role":"system","content":"äöü"},{"role":"user","content":[{"type":"text","text":"abc"}]}]}""");

        JsonElement usage = body.GetProperty("usage");
        int answer = body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!.Length;
        Assert.Multiple(() =>
        {
            Assert.That(usage.GetProperty("prompt_tokens").GetInt32(), Is.EqualTo(3), "six and three bytes, in fours");
            Assert.That(usage.GetProperty("completion_tokens").GetInt32(), Is.EqualTo((answer + 3) / 4));
            Assert.That(usage.GetProperty("total_tokens").GetInt32(), Is.EqualTo(3 + ((answer + 3) / 4)));
        });
    }

    [Test]
    public async Task Reply_NoUserText_SaysSo()
    {
        using var client = new EmulatorClient();
        Assert.That(
            await client.AskAsync(EmulatorClient.Chat("…")),
            Is.EqualTo("This is a reply from the emulator, not from a model. Your message holds no text to quote."));
    }

    [Test]
    public async Task Reply_JsonObject_IsJson()
    {
        using var client = new EmulatorClient();

        JsonElement reply = EmulatorClient.Parse(await client.AskAsync(EmulatorClient.Chat("Answer in JSON if you please.", """  "response_format":{"type":"json_object"} """)));

        Assert.That(reply.GetProperty("quote").GetString(), Is.EqualTo("Answer in JSON if you please."));
    }

    [Test]
    public async Task Reply_SameRequestsInFreshEmulators_AreTheSameBytes()
    {
        string[] bodies =
        [
            EmulatorClient.Chat("One thing leads to another. Then it ends as it began."),
            EmulatorClient.ChatWithSchema(
                """{"type":"object","properties":{"score":{"type":"number"},"points":{"type":"array","items":{"type":"string"}},"sure":{"type":"boolean"}},"required":["score","points","sure"],"additionalProperties":false}""",
                "One thing leads to another. Then it ends as it began."),
        ];

        List<byte[]> first = await RunAsync();
        List<byte[]> second = await RunAsync();

        Assert.That(second, Is.EqualTo(first));

        async Task<List<byte[]>> RunAsync()
        {
            using var client = new EmulatorClient();
            var replies = new List<byte[]>();
            foreach (string body in bodies)
            {
                using HttpResponseMessage response = await client.SendAsync(body);
                replies.Add(await response.Content.ReadAsByteArrayAsync());
            }

            return replies;
        }
    }

    [Test]
    public async Task Models_Always_ListsTheCatalogue()
    {
        using var client = new EmulatorClient(new OpenAIEmulator().Enqueue(EmulatorReply.Text("kept")).Always(EmulatorReply.Text("kept")));

        JsonElement list = EmulatorClient.Parse(await client.Http.GetStringAsync("models"));

        var models = list.GetProperty("data").EnumerateArray().ToDictionary(model => model.GetProperty("id").GetString()!);
        ModelInfo ending = ModelCatalog.Default.Models.First(model => model.Shutdown is not null);
        Assert.Multiple(() =>
        {
            Assert.That(list.GetProperty("object").GetString(), Is.EqualTo("list"));
            Assert.That(models.Keys, Is.EquivalentTo(ModelCatalog.Default.Models.Select(model => model.Id)));
            Assert.That(models["gpt-6-luna"].GetProperty("shutdown_date").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(DateOnly.Parse(models[ending.Id].GetProperty("shutdown_date").GetString()!, System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(ending.Shutdown));
        });
        Assert.That(await client.AskAsync(EmulatorClient.Chat()), Is.EqualTo("kept"), "the list of models used no completion");
    }

    [Test]
    public async Task Models_ScriptedFault_IsUsed()
    {
        using var client = new EmulatorClient(new OpenAIEmulator().Enqueue(EmulatorReply.Unauthorized()).Always(EmulatorReply.Overloaded()));
        using HttpResponseMessage first = await client.Http.GetAsync(new Uri("models", UriKind.Relative));
        using HttpResponseMessage second = await client.Http.GetAsync(new Uri("models", UriKind.Relative));
        Assert.That(new[] { first.StatusCode, second.StatusCode }, Is.EqualTo(new[] { HttpStatusCode.Unauthorized, HttpStatusCode.ServiceUnavailable }));
    }

    [Test]
    public async Task Enqueue_ThenAlways_UsesTheQueueFirst()
    {
        using var client = new EmulatorClient();
        client.Emulator.Always(EmulatorReply.Text("always")).Enqueue(EmulatorReply.Text("one"), EmulatorReply.Text("two"));

        Assert.That(
            new[] { await client.AskAsync(EmulatorClient.Chat()), await client.AskAsync(EmulatorClient.Chat()), await client.AskAsync(EmulatorClient.Chat()) },
            Is.EqualTo(new[] { "one", "two", "always" }));

        client.Emulator.Always(null);
        Assert.That(await client.AskAsync(EmulatorClient.Chat()), Does.StartWith("This is a reply from the emulator"));
    }

    [Test]
    public async Task Enqueue_RequestFailsTheChecks_KeepsTheReply()
    {
        using var client = new EmulatorClient(new OpenAIEmulator().Enqueue(EmulatorReply.Text("kept")));

        (HttpStatusCode status, _) = await client.PostAsync("{}");

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await client.AskAsync(EmulatorClient.Chat()), Is.EqualTo("kept"));
    }

    [Test]
    public void Enqueue_Null_Throws() =>
        Assert.That(() => new OpenAIEmulator().Enqueue([null!]), Throws.ArgumentException);

    [Test]
    public async Task Requests_AfterARequest_HoldWhatWasSentWithoutTheKey()
    {
        using var client = new EmulatorClient();
        IReadOnlyList<EmulatorRequest> before = client.Emulator.Requests;
        client.Http.DefaultRequestHeaders.Add("X-Trace", ["a", "b"]);
        string body = EmulatorClient.Chat();

        await client.AskAsync(body);

        EmulatorRequest request = client.Emulator.Requests.Single();
        Assert.Multiple(() =>
        {
            Assert.That(before, Is.Empty, "a snapshot");
            Assert.That(request.Method, Is.EqualTo("POST"));
            Assert.That(request.Path, Is.EqualTo("/v1/chat/completions"));
            Assert.That(request.Headers["authorization"], Is.EqualTo("Bearer ***"));
            Assert.That(request.Headers["x-trace"], Is.EqualTo("a, b"));
            Assert.That(request.Headers["content-type"], Is.EqualTo("application/json; charset=utf-8"));
            Assert.That(request.Headers.Keys, Is.All.Matches<string>(name => !name.Any(char.IsUpper)));
            Assert.That(request.RawBody, Is.EqualTo(body));
            Assert.That(request.Body.GetProperty("model").GetString(), Is.EqualTo("emulator"));
            Assert.That(request.Status, Is.EqualTo(200));
            Assert.That(request.ToString(), Does.Not.Contain("sk-test-key"));
        });
    }

    [Test]
    public async Task Requests_BodyIsNotJson_KeepTheRawText()
    {
        using var client = new EmulatorClient();

        await client.PostAsync("{oops");

        EmulatorRequest request = client.Emulator.Requests.Single();
        Assert.Multiple(() =>
        {
            Assert.That(request.RawBody, Is.EqualTo("{oops"));
            Assert.That(request.Body.ValueKind, Is.EqualTo(JsonValueKind.Undefined));
            Assert.That(request.Status, Is.EqualTo(400));
        });
    }

    [Test]
    public async Task Requests_ThousandInParallel_AreEachRecordedOnce()
    {
        const int Count = 1_000;
        var emulator = new OpenAIEmulator();
        using var client = new EmulatorClient(emulator);

        string[] ids = await Task.WhenAll(Enumerable.Range(0, Count).Select(async index =>
        {
            await Task.Yield();
            (_, JsonElement reply) = await client.PostAsync(EmulatorClient.Chat($"This is message number {index} of many."));
            Assert.That(reply.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString(), Does.Contain($"number {index} of"));
            return reply.GetProperty("id").GetString()!;
        }));

        Assert.Multiple(() =>
        {
            Assert.That(ids, Is.EquivalentTo(Enumerable.Range(1, Count).Select(number => $"chatcmpl-emulator-{number}")));
            Assert.That(
                emulator.Requests.Select(request => request.Body.GetProperty("messages")[0].GetProperty("content").GetString()),
                Is.EquivalentTo(Enumerable.Range(0, Count).Select(index => $"This is message number {index} of many.")));
        });
    }

    [Test]
    public async Task Enqueue_InParallel_UsesEachReplyOnce()
    {
        const int Count = 200;
        using var client = new EmulatorClient(new OpenAIEmulator().Enqueue([.. Enumerable.Range(0, Count).Select(index => EmulatorReply.Text($"{index}"))]));

        string[] replies = await Task.WhenAll(Enumerable.Range(0, Count).Select(async _ =>
        {
            await Task.Yield();
            return await client.AskAsync(EmulatorClient.Chat());
        }));

        Assert.That(replies, Is.EquivalentTo(Enumerable.Range(0, Count).Select(index => $"{index}")));
    }

    [Test]
    public async Task CreateHandler_OneDisposed_LeavesTheEmulatorRunning()
    {
        var emulator = new OpenAIEmulator();
        using (var first = new EmulatorClient(emulator))
        {
            await first.AskAsync(EmulatorClient.Chat());
        }

        using var second = new EmulatorClient(emulator);
        await second.AskAsync(EmulatorClient.Chat());

        Assert.That(emulator.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public void Send_AlreadyCancelled_ReceivesNothing()
    {
        using var client = new EmulatorClient();
        Assert.That(() => client.SendAsync(EmulatorClient.Chat(), new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(client.Emulator.Requests, Is.Empty);
    }

    [TestCase("https://api.openai.com/v1/chat/completions")]
    [TestCase("http://localhost:8000/chat/completions")]
    [TestCase("https://example.test/openai/deployments/mine/chat/completions?api-version=2024-10-21")]
    public async Task Send_AnyPrefix_IsAnswered(string address)
    {
        using var client = new EmulatorClient();
        using HttpResponseMessage response = await client.Http.PostAsync(new Uri(address), new StringContent(EmulatorClient.Chat()));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
