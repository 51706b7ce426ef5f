using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DiscordIntel.Testing;
using DiscordIntel.TestKit;
using NUnit.Framework;

namespace DiscordIntel.Tests.Providers;

/// <summary>The emulator's answers over Responses, held against OpenAI's description of its own.</summary>
internal sealed class EmulatorAnswerTests
{
    [Test]
    public async Task Answer_OfEachKind_IsWhatTheDescriptionSays([Values] bool stream)
    {
        if (OpenApiDescription.Load() is not { } description)
        {
            Assert.Ignore("OpenAI's description is not beside this checkout.");
            return;
        }

        EmulatorReply[] replies =
        [
            EmulatorReply.Text("One two."), EmulatorReply.Refusal("No."), EmulatorReply.ToolCalls(("f", "{\"a\":1}"), ("g", "{}")), EmulatorReply.Truncated("One"), EmulatorReply.ContentFiltered(),
            EmulatorReply.NoChoices(), EmulatorReply.Text("One two.").ErrorAfter(2),
        ];
        foreach (EmulatorReply reply in replies)
        {
            string answer = await AskAsync(reply, stream);
            string[] events = [.. answer.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => line["data: ".Length..])];

            Assert.That(events, stream ? Is.Not.Empty : Is.Empty);
            Assert.That(stream ? events.SelectMany(sent => description.Check("ResponseStreamEvent", AsDescribed(sent))) : description.Check("Response", JsonElement.Parse(answer)), Is.Empty, answer);
        }
    }

    private static async Task<string> AskAsync(EmulatorReply reply, bool stream)
    {
        using var http = new HttpClient(new OpenAIEmulator().Enqueue(reply).CreateHandler());
        http.DefaultRequestHeaders.Authorization = new("Bearer", "key");
        using var body = new StringContent(
            $$"""{"model":"m","input":"Hi","include":["reasoning.encrypted_content"],"stream":{{(stream ? "true" : "false")}}}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await http.PostAsync(new Uri("https://api.openai.com/v1/responses"), body);
        return await response.Content.ReadAsStringAsync();
    }

    // Really sent, and not in the description: the padding of deltas, and the usage that is null until the end.
    private static JsonElement AsDescribed(string data)
    {
        JsonObject sent = JsonNode.Parse(data)!.AsObject();
        sent.Remove("obfuscation");
        if (sent["response"] is JsonObject response && response["usage"] is null)
        {
            response.Remove("usage");
        }

        return JsonElement.Parse(sent.ToJsonString());
    }
}
