using System.Text;
using System.Text.Json;
using DiscordIntel.Providers.Wire;
using NUnit.Framework;

namespace DiscordIntel.Tests.Providers.Wire;

internal sealed class JsonTextTests
{
    [TestCase("\"\"", "")]
    [TestCase("\"plain é 👋\"", "plain é 👋")]
    [TestCase("\"\\ud83d\\udc4b\"", "👋")]
    [TestCase("\"\\ud83d\"", "\ufffd")]
    [TestCase("\"\\udc4b\\ud83d x\"", "\ufffd\ufffd x")]
    [TestCase("\"\\u00E9\\u00e9\\/\\\\\\\"\"", "éé/\\\"")]
    public void Read_TokenOrElement_GivesTheSameText(string json, string expected)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();

        Assert.That(JsonText.Read(ref reader), Is.EqualTo(expected));
        Assert.That(JsonText.Read(JsonElement.Parse(json)), Is.EqualTo(expected));
    }

    [Test]
    public void Read_BytesThatAreNotUtf8_BecomeReplacementCharacters()
    {
        byte[] json = [(byte)'"', 0xE9, (byte)'x', (byte)'"'];
        var reader = new Utf8JsonReader(json);
        reader.Read();

        Assert.That(JsonText.Read(ref reader), Is.EqualTo("\ufffdx"));
        Assert.That(JsonText.Read(JsonElement.Parse(json)), Is.EqualTo("\ufffdx"));
    }
}
