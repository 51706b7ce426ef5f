using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace DiscordIntel.TestKit.Tests;

/// <summary>Is the oracle to be trusted? No false alarm on what OpenAI accepted, no miss on what was made wrong from it.</summary>
[TestFixture]
internal sealed class OpenApiDescriptionTrafficTests
{
    private const string Chat = "CreateChatCompletionRequest";
    private OpenApiDescription _description = null!;
    private TrafficRecord[] _accepted = [];

    [OneTimeSetUp]
    public void ReadMaterial()
    {
        if (OpenApiDescription.Load() is not { } description || SharedMaterial.Find("traffic") is null)
        {
            Assert.Ignore("shared/openapi or shared/traffic is absent");
            return;
        }

        _description = description;
        _accepted = [.. TrafficRecord.All().Where(record => record is { Host: "api.openai.com", Status: 200, RequestBody: not null })];
    }

    [Test]
    public void Check_ChatRequestsThatOpenAiAccepted_AreValid()
    {
        TrafficRecord[] chats = Chats();
        Assert.That(chats, Has.Length.GreaterThan(30));
        Assert.That(
            chats.SelectMany(chat => _description.Check(Chat, chat.RequestBody!.Value).Select(error => $"{chat}: {error}")), Is.Empty);
    }

    [Test]
    public void Check_SpeechRequestsThatOpenAiAccepted_AreValid()
    {
        TrafficRecord[] speech = Accepted("/audio/speech");
        Assert.That(speech, Has.Length.GreaterThanOrEqualTo(3));
        Assert.That(speech.SelectMany(record => _description.Check("CreateSpeechRequest", record.RequestBody!.Value)), Is.Empty);
    }

    [Test]
    public void Check_TranscriptionRequestsThatOpenAiAccepted_AreValid()
    {
        TrafficRecord[] transcriptions = Accepted("/audio/transcriptions");
        Assert.That(transcriptions, Has.Length.GreaterThanOrEqualTo(8));
        Assert.That(transcriptions.SelectMany(record => _description.Check("CreateTranscriptionRequest", FieldsAsJson(record))), Is.Empty);
    }

    [Test]
    public void Check_RenamedMembers_AreAllCaught() => AssertCaught(Mutant.Renamed, atLeast: 400);

    [Test]
    public void Check_WrongTypes_AreAllCaught() => AssertCaught(Mutant.Retyped, atLeast: 400);

    [Test]
    public void Check_WrongEnumValues_AreAllCaught() => AssertCaught(Mutant.WrongValues, atLeast: 100);

    [Test]
    public void Check_ErrorsThatOpenAiSent_AreValid()
    {
        TrafficRecord[] errors = [.. TrafficRecord.All().Where(record => record is { Host: "api.openai.com", Status: >= 400 })];
        Assert.That(errors, Has.Length.GreaterThanOrEqualTo(3));
        Assert.That(errors.SelectMany(record => _description.Check("ErrorResponse", JsonElement.Parse(record.ResponseText))), Is.Empty);
    }

    // No Responses request was recorded: this one is written after OpenAI's guide, in the shape that its .NET library sends.
    [TestCase("input", ExpectedResult = "")]
    [TestCase("inputs", ExpectedResult = "$.inputs: is not a known member")]
    public string Check_ResponsesRequest_FindsTheMisspeltMember(string input)
    {
        JsonElement body = JsonElement.Parse($$"""
            {
              "model": "gpt-5.4", "store": false, "max_output_tokens": 100,
              "{{input}}": [{"type": "message", "role": "user", "content": [{"type": "input_text", "text": "Hello"}]}],
              "text": {"format": {"type": "json_schema", "name": "x", "strict": true, "schema": {"type": "object"} } }
            }
            """);
        return string.Join('|', _description.Check("CreateResponse", body));
    }

    private TrafficRecord[] Chats() => Accepted("/chat/completions");

    private TrafficRecord[] Accepted(string path) => [.. _accepted.Where(record => record.Path.EndsWith(path, StringComparison.Ordinal))];

    // A form knows only text: the description's numbers, flags and lists are written as such.
    private static JsonElement FieldsAsJson(TrafficRecord record)
    {
        JsonObject body = [];
        foreach (JsonProperty field in record.RequestBody!.Value.GetProperty("multipart").EnumerateObject())
        {
            string text = field.Value[0].GetString()!;
            if (field.Name.EndsWith("[]", StringComparison.Ordinal))
                body[field.Name[..^2]] = JsonNode.Parse(field.Value.GetRawText());
            else
                body[field.Name] = field.Name is "temperature" or "stream" ? JsonNode.Parse(text) : text;
        }

        return JsonElement.Parse(body.ToJsonString());
    }

    private void AssertCaught(Func<JsonElement, IEnumerable<Mutant>> mutate, int atLeast)
    {
        (TrafficRecord Record, Mutant Mutant)[] all =
            [.. Chats().SelectMany(chat => mutate(chat.RequestBody!.Value).Select(mutant => (chat, mutant)))];
        string[] missed =
            [.. all.Where(one => _description.Check(Chat, one.Mutant.Body).Count == 0).Select(one => $"{one.Record}: {one.Mutant.Place}")];
        TestContext.Out.WriteLine($"{all.Length - missed.Length} of {all.Length} caught");
        Assert.That(all, Has.Length.GreaterThanOrEqualTo(atLeast));
        Assert.That(missed, Is.Empty);
    }
}
