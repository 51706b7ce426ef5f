using System.Text.Json;
using NUnit.Framework;

namespace DiscordIntel.TestKit.Tests;

[TestFixture]
internal sealed class TrafficRecordTests
{
    private string _file = "";

    [SetUp]
    public void NameFile() => _file = Path.Combine(TestContext.CurrentContext.WorkDirectory, TestContext.CurrentContext.Test.ID + ".json");

    [TearDown]
    public void RemoveFile() => File.Delete(_file);

    [TestCase("""{"status": 200, "headers": {}, "body": {"a": "ü<", "n": 1.50}}""", ExpectedResult = """{"a":"ü<","n":1.50}""")]
    [TestCase("""{"status": 200, "headers": {}, "body": "<html>\n"}""", ExpectedResult = "<html>\n")]
    [TestCase("""{"status": 520, "headers": {}, "body": ""}""", ExpectedResult = "")]
    [TestCase("""{"status": 200, "headers": {}, "sse": ["data: {}", "", ""]}""", ExpectedResult = "data: {}\n\n")]
    [TestCase("""{"status": 200, "headers": {}, "bodyBase64": "T2dnUw=="}""", ExpectedResult = "OggS")]
    public string Read_EachFormOfBody_GivesItsText(string response) => Read(response).ResponseText;

    [Test]
    public void Read_Record_GivesRequestAndResponse()
    {
        TrafficRecord record = Read("""{"status": 429, "headers": {"retry-after": "2"}, "sse": [""]}""");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.Name, Is.EqualTo("01-a"));
            Assert.That(record.Kinds, Is.EqualTo(["x", "y"]));
            Assert.That((record.Method, record.Host, record.Path), Is.EqualTo(("POST", "api.openai.com", "/v1/chat/completions")));
            Assert.That(record.RequestBody!.Value.GetProperty("model").GetString(), Is.EqualTo("m"));
            Assert.That(record.Status, Is.EqualTo(429));
            Assert.That(record.IsStream, Is.True);
            Assert.That(record.ResponseHeaders["Retry-After"], Is.EqualTo("2"));
            Assert.That(record.Expect.GetProperty("id").GetInt32(), Is.EqualTo(1));
        }
    }

    [Test]
    public void All_SharedTraffic_AgreesWithTheIndex()
    {
        if (SharedMaterial.Find("traffic/index.tsv") is not { } index)
        {
            Assert.Ignore("shared/traffic is absent");
            return;
        }

        TrafficRecord[] records = [.. TrafficRecord.All()];
        IEnumerable<(string, string, bool)> rows = File.ReadLines(index).Skip(1).Where(line => line.Length > 0)
            .Select(line => line.Split('\t')).Select(cells => (cells[1], cells[5], cells[6] == "sse"));
        Assert.That(records.Select(record => (record.Name, $"{record.Status}", record.IsStream)), Is.EquivalentTo(rows));

        TrafficRecord[] speech = [.. records.Where(record => record.Name.Contains("-tts-", StringComparison.Ordinal))];
        Assert.That(speech, Is.Not.Empty);
        Assert.That(speech.Select(record => record.ResponseBytes.Length), Is.All.GreaterThan(1000));
    }

    private TrafficRecord Read(string response)
    {
        File.WriteAllText(_file, $$$"""
            {"name": "01-a", "kinds": ["x", "y"], "source": "s", "licence": "MIT", "authenticity": "recorded",
             "request": {"method": "POST", "host": "api.openai.com", "path": "/v1/chat/completions", "headers": {}, "body": {"model": "m"}},
             "response": {{{response}}}, "expect": {"id": 1}}
            """);
        return TrafficRecord.Read(_file);
    }
}
