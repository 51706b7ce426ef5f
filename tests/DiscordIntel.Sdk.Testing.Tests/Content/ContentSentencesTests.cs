using System.Text.Json;
using DiscordIntel.Testing.Tests.Support;
using NUnit.Framework;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

#pragma warning disable NUnit1027 // The arguments come from FsCheck.

namespace DiscordIntel.Testing.Tests.Content;

/// <summary>Which sentences of a content a reply is made of, seen in a list of texts that asks for many.</summary>
[TestFixture]
internal sealed class ContentSentencesTests
{
    [Test]
    public async Task Read_SpeakersAndStamps_AreLeftOut() => Assert.That(
        await SentencesAsync("[12:01] Ann Lee: We should build the bridge. It costs too much money!\r\n**Bob:** \"Nobody will ever use it.\" And so what of it?"),
        Is.EqualTo(new[] { "We should build the bridge.", "It costs too much money!", "\"Nobody will ever use it.\"", "And so what of it?" }));

    [Test]
    public async Task Read_ShortSentencesBesideLongOnes_AreLeftOut() => Assert.That(
        await SentencesAsync("No. Yes, really. The long one is this. Ok"), Is.EqualTo(new[] { "The long one is this." }));

    [Test]
    public async Task Read_OnlyShortSentences_AreUsed() => Assert.That(await SentencesAsync("No way. Yes. 🙂"), Is.EqualTo(new[] { "No way.", "Yes." }));

    [Test]
    public async Task Read_DotsInsideWords_DoNotEndASentence() => Assert.That(
        await SentencesAsync("It grew by 3.5 per cent at example.com in a year... Then it shrank again, didn't it?!"),
        Is.EqualTo(new[] { "It grew by 3.5 per cent at example.com in a year...", "Then it shrank again, didn't it?!" }));

    [Test]
    public async Task Read_WideFullStops_EndASentence() => Assert.That(
        await SentencesAsync("今日は天気がいいです。散歩に行きましょう！"), Is.EqualTo(new[] { "今日は天気がいいです。", "散歩に行きましょう！" }));

    [Test]
    public async Task Read_MarkerLines_AreLeftOut() => Assert.That(
        await SentencesAsync("<tag> this line is no text\n[[ neither is this line ]]\n```\nd41d8cd98f00b204\nOnly this line is text."),
        Is.EqualTo(new[] { "Only this line is text." }));

    [TestCase("<<<CONTENT-9f86d081884c7d65>>>", "<<<END-9f86d081884c7d65>>>")]
    [TestCase("[[9f86d081884c7d65", "9f86d081884c7d65]]")]
    [TestCase("---- 9f86d081884c7d65 ----", "---- 9f86d081884c7d65 ----")]
    public async Task Read_Fence_LeavesOutWhatIsAround(string open, string close) => Assert.That(
        await SentencesAsync($"Analyse the text between the lines 9f86d081884c7d65.\n{open}\nThe bridge opens at nine tomorrow.\n{close}\nAnswer as the schema says please."),
        Is.EqualTo(new[] { "The bridge opens at nine tomorrow." }));

    [Test]
    public async Task Read_RepeatedMention_IsNoFence() => Assert.That(
        await SentencesAsync("<@123456789012345678> hello\nThis is said between the mentions.\n<@123456789012345678> bye\nAnd this is said after them."),
        Is.EqualTo(new[] { "This is said between the mentions.", "And this is said after them." }));

    [Test]
    public async Task Read_SeveralParts_AreOneContent()
    {
        using var client = new EmulatorClient();
        string reply = await client.AskAsync(
            """{"model":"emulator","messages":[{"role":"user","content":"An earlier message to be ignored."},{"role":"assistant","content":"And an answer to that one."},{"role":"user","content":[{"type":"text","text":"The first part of it."},{"type":"text","text":"The second part of it."}]}]}""");
        Assert.That(reply, Does.EndWith("\"The first part of it.\""));
    }

    [Property(MaxTest = 300)]
    public async Task Read_AnyText_GivesPartsOfIt(string?[] lines)
    {
        string content = string.Join('\n', lines.Select(line => new string([.. (line ?? "").Where(letter => !char.IsSurrogate(letter))])));
        foreach (string sentence in await SentencesAsync(content))
        {
            Assert.That(content.Contains(sentence, StringComparison.Ordinal) || sentence == "The emulator found no text to quote.", Is.True, sentence);
        }
    }

    private static async Task<string[]> SentencesAsync(string content)
    {
        using var client = new EmulatorClient();
        JsonElement reply = EmulatorClient.Parse(await client.AskAsync(EmulatorClient.ChatWithSchema(
            """{"type":"object","properties":{"all":{"type":"array","items":{"type":"string"},"minItems":12,"maxItems":12}},"required":["all"],"additionalProperties":false}""", content)));
        return [.. reply.GetProperty("all").EnumerateArray().Select(text => text.GetString()!).Distinct()];
    }
}
