using System.Net;
using System.Text;
using System.Text.Json;
using DiscordIntel.Testing.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Testing.Tests.Checks;

[TestFixture]
internal sealed class RequestCheckTests
{
    private const string NotJson =
        "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON. If you have trouble figuring out how to fix this, please contact us through our help center at help.openai.com.)";

    [TestCase("POST", "/v1/foo")]
    [TestCase("GET", "/v1/chat/completions")]
    [TestCase("POST", "/v1/models")]
    [TestCase("POST", "/v1/embeddings")]
    public async Task Find_OtherPath_Is404(string method, string path)
    {
        using var client = new EmulatorClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri("https://api.openai.com" + path));

        using HttpResponseMessage response = await client.Http.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        EmulatorClient.AssertError(
            EmulatorClient.Parse(await response.Content.ReadAsStringAsync()), $"Invalid URL ({method} {path})", "invalid_request_error", null, null);
    }

    [TestCase("chat/completions")]
    [TestCase("models")]
    public async Task Find_NoKey_Is401(string path)
    {
        using var client = new EmulatorClient(new OpenAIEmulator().Enqueue(EmulatorReply.Text("unused")));
        client.Http.DefaultRequestHeaders.Authorization = null;
        var address = new Uri(path, UriKind.Relative);

        using HttpResponseMessage response = path == "models"
            ? await client.Http.GetAsync(address)
            : await client.Http.PostAsync(address, new StringContent(EmulatorClient.Chat()));

        JsonElement error = EmulatorClient.Parse(await response.Content.ReadAsStringAsync()).GetProperty("error");
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(error.GetProperty("message").GetString(), Does.StartWith("You didn't provide an API key."));
            Assert.That(client.Emulator.Requests.Single().Status, Is.EqualTo(401));
        });
    }

    [TestCase("")]
    [TestCase("{oops")]
    [TestCase("[]")]
    [TestCase("{} {}")]
    [TestCase("""{"model":"\ud800","messages":[]}""")]
    public Task Find_NotAJsonObject_Is400(string body) => EmulatorClient.AssertRefusedAsync(body, NotJson, null, null);

    [Test]
    public async Task Find_NotUtf8_Is400()
    {
        using var client = new EmulatorClient();
        byte[] body = [.. Encoding.UTF8.GetBytes("{\"model\":\""), 0xC3, 0x28, .. Encoding.UTF8.GetBytes("\"}")];
        using HttpResponseMessage response = await client.Http.PostAsync(new Uri("chat/completions", UriKind.Relative), new ByteArrayContent(body));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [TestCase("{}", "you must provide a model parameter", null, null)]
    [TestCase("""{"model":null,"messages":[]}""", "you must provide a model parameter", null, null)]
    [TestCase("""{"model":"emulator"}""", "Missing required parameter: 'messages'.", "messages", "missing_required_parameter")]
    [TestCase("""{"model":7,"messages":[]}""", "Invalid type for 'model': expected a string, but got an integer instead.", "model", "invalid_type")]
    [TestCase("""{"model":"emulator","messages":"hi"}""", "Invalid type for 'messages': expected an array, but got a string instead.", "messages", "invalid_type")]
    [TestCase("""{"model":"emulator","messages":[]}""", "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.", "messages", "empty_array")]
    public Task Find_MissingBasics_Is400(string body, string message, string? param, string? code) =>
        EmulatorClient.AssertRefusedAsync(body, message, param, code);

    [TestCase("")]
    [TestCase("\"stream\":null,")]
    [TestCase("\"stream\":false,")]
    public Task Find_StreamOptionsWithoutStream_Is400(string stream) => EmulatorClient.AssertRefusedAsync(
        EmulatorClient.Chat(more: stream + """  "stream_options":{"include_usage":true} """), "The 'stream_options' parameter is only allowed when 'stream' is enabled.", "stream_options", null);

    [TestCase("""{"include_usage":1}""", "Invalid type for 'stream_options.include_usage': expected a boolean, but got an integer instead.", "stream_options.include_usage", "invalid_type")]
    [TestCase("""{"include_obfuscation":null}""", "Invalid type for 'stream_options.include_obfuscation': expected a boolean, but got null instead.", "stream_options.include_obfuscation", "invalid_type")]
    [TestCase("""{"usage":true}""", "Unknown parameter: 'stream_options.usage'.", "stream_options.usage", "unknown_parameter")]
    public Task Find_FaultyStreamOptions_Is400(string options, string message, string param, string code) => EmulatorClient.AssertRefusedAsync(
        EmulatorClient.Chat(more: $"\"stream\":true,\"stream_options\":{options}"), message, param, code);

    [Test]
    public Task Find_FaultyRequestForAStream_Is400() => EmulatorClient.AssertRefusedAsync(
        EmulatorClient.Chat(more: "\"stream\":true,\"colour\":1"), "Unknown parameter: 'colour'.", "colour", "unknown_parameter");

    [Test]
    public async Task Find_FaultyRequestBeforeAScriptedFault_Is400()
    {
        using var client = new EmulatorClient(new OpenAIEmulator().Always(EmulatorReply.Overloaded()));
        (HttpStatusCode faulty, _) = await client.PostAsync("{}");
        (HttpStatusCode lawful, _) = await client.PostAsync(EmulatorClient.Chat());
        Assert.That(new[] { faulty, lawful }, Is.EqualTo(new[] { HttpStatusCode.BadRequest, HttpStatusCode.ServiceUnavailable }));
    }
}
