using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace DiscordIntel.Testing.Tests.Support;

/// <summary>A real <see cref="HttpClient"/> over an emulator.</summary>
internal sealed class EmulatorClient : IDisposable
{
    private readonly HttpClient _http;

    public EmulatorClient(OpenAIEmulator? emulator = null)
    {
        Emulator = emulator ?? new OpenAIEmulator();
        _http = new HttpClient(Emulator.CreateHandler()) { BaseAddress = new Uri("https://api.openai.com/v1/"), Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sk-test-key");
    }

    public OpenAIEmulator Emulator { get; }

    public HttpClient Http => _http;

    public static string Chat(string content = "The bridge opens at nine tomorrow.", string? more = null, string model = "emulator") =>
        $$"""{"model":{{Quote(model)}},"messages":[{"role":"user","content":{{Quote(content)}}}]{{(more is null ? "" : "," + more)}}}""";

    public static string ChatWithSchema(string schema, string content, bool strict = true) => Chat(
        content, $$$"""  "response_format":{"type":"json_schema","json_schema":{"name":"answer","strict":{{{(strict ? "true" : "false")}}},"schema":{{{schema}}} } } """);

    public static string Quote(string text) => JsonSerializer.Serialize(text);

    public Task<HttpResponseMessage> SendAsync(string body, CancellationToken cancellationToken = default) =>
        _http.PostAsync("chat/completions", new StringContent(body, Encoding.UTF8, "application/json"), cancellationToken);

    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string body, string path = "chat/completions")
    {
        using HttpResponseMessage response = await _http.PostAsync(new Uri(path, UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));
        return (response.StatusCode, Parse(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>The text of the first choice of a lawful request.</summary>
    public async Task<string> AskAsync(string body)
    {
        (HttpStatusCode status, JsonElement reply) = await PostAsync(body);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), reply.ToString());
        return reply.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
    }

    /// <summary>Sends a faulty body and asserts the whole error object of the 400.</summary>
    public static async Task AssertRefusedAsync(string body, string message, string? param, string? code, string path = "chat/completions")
    {
        using var client = new EmulatorClient();
        (HttpStatusCode status, JsonElement reply) = await client.PostAsync(body, path);
        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest), reply.ToString());
        AssertError(reply, message, "invalid_request_error", param, code);
    }

    public static async Task AssertAcceptedAsync(string body, string path = "chat/completions")
    {
        using var client = new EmulatorClient();
        (HttpStatusCode status, JsonElement reply) = await client.PostAsync(body, path);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), reply.ToString());
    }

    public static void AssertError(JsonElement reply, string message, string type, string? param, string? code)
    {
        JsonElement error = reply.GetProperty("error");
        Assert.Multiple(() =>
        {
            Assert.That(reply.EnumerateObject().Select(member => member.Name), Is.EqualTo(new[] { "error" }));
            Assert.That(error.EnumerateObject().Select(member => member.Name), Is.EqualTo(new[] { "message", "type", "param", "code" }));
            Assert.That(error.GetProperty("message").GetString(), Is.EqualTo(message));
            Assert.That(error.GetProperty("type").GetString(), Is.EqualTo(type));
            Assert.That(error.GetProperty("param").GetString(), Is.EqualTo(param));
            Assert.That(error.GetProperty("code").GetString(), Is.EqualTo(code));
        });
    }

    public static JsonElement Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 256 });
        return document.RootElement.Clone();
    }

    public void Dispose() => _http.Dispose();
}
