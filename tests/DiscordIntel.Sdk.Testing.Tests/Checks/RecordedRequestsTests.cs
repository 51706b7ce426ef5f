using System.Net;
using System.Text.Json;
using DiscordIntel.Testing.Tests.Support;
using NUnit.Framework;

namespace DiscordIntel.Testing.Tests.Checks;

/// <summary>What OpenAI answered 200, the checks must let pass.</summary>
[TestFixture]
internal sealed class RecordedRequestsTests
{
    [Test]
    public async Task Find_RequestsThatOpenAIAccepted_AreAccepted()
    {
        (string Name, JsonElement Body)[] requests = [.. Read(streaming: false)];
        using var client = new EmulatorClient();

        foreach ((string name, JsonElement body) in requests)
        {
            (HttpStatusCode status, JsonElement reply) = await client.PostAsync(body.GetRawText());
            Assert.That(status, Is.EqualTo(HttpStatusCode.OK), $"{name}: {reply}");
        }

        Assert.That(requests, Has.Length.GreaterThanOrEqualTo(21), "no record needs an exception");
    }

    [Test]
    public async Task Find_StreamingRequestsThatOpenAIAccepted_AreAccepted()
    {
        // Edited by hand: its prompt lost the word that its response format asks for.
        (string Name, JsonElement Body)[] requests = [.. Read(streaming: true).Where(request => request.Name != "70-toolchoice-none-sse")];
        using var client = new EmulatorClient();

        foreach ((string name, JsonElement body) in requests)
        {
            using HttpResponseMessage response = await client.SendAsync(body.GetRawText());
            string reply = await response.Content.ReadAsStringAsync();
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), $"{name}: {reply}");
            Assert.That(reply, Does.EndWith("data: [DONE]\n\n"), name);
        }

        Assert.That(requests, Has.Length.GreaterThanOrEqualTo(9));
    }

    private static IEnumerable<(string Name, JsonElement Body)> Read(bool streaming)
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Shared.Folder("traffic"), "recorded"), "*.json").Order(StringComparer.Ordinal))
        {
            JsonElement record = EmulatorClient.Parse(File.ReadAllText(file));
            JsonElement request = record.GetProperty("request");
            JsonElement response = record.GetProperty("response");
            if (request.GetProperty("host").GetString() == "api.openai.com"
                && request.GetProperty("path").GetString() == "/v1/chat/completions"
                && request.GetProperty("body").ValueKind == JsonValueKind.Object
                && response.GetProperty("status").GetInt32() == 200
                && response.TryGetProperty("sse", out _) == streaming)
            {
                yield return (Path.GetFileNameWithoutExtension(file), request.GetProperty("body"));
            }
        }
    }
}
