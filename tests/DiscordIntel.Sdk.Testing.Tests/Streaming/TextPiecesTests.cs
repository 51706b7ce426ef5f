using DiscordIntel.Testing.Tests.Support;
using NUnit.Framework;

#pragma warning disable NUnit1027 // The arguments come from FsCheck.

namespace DiscordIntel.Testing.Tests.Streaming;

internal sealed class TextPiecesTests
{
    [TestCase("This is a test.", null, "This| is| a| test.")]
    [TestCase("  two\n\nlines ", null, "  two|\n\nlines| ")]
    [TestCase("{\"summary\":\"The debate\"}", null, "{\"summary\":\"|The| debate\"}")]
    [TestCase("abcdefg", 3, "abc|def|g")]
    [TestCase("abc", 3, "abc")]
    [TestCase("a🙂b", 2, "a🙂|b")]
    [TestCase("🙂🙂", 1, "🙂|🙂")]
    [TestCase("", 1, "")]
    [TestCase("", null, "")]
    [TestCase("abc", int.MaxValue, "abc")]
    public async Task Of_Text_IsCutSo(string text, int? length, string expected) =>
        Assert.That(string.Join('|', await PiecesAsync(text, length)), Is.EqualTo(expected));

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public async Task Of_AnyText_LosesNothingAndCutsNoPair(string? text, byte length)
    {
        string whole = string.Concat((text + "🙂 a" + text).EnumerateRunes());

        string[] pieces = await PiecesAsync(whole, length == 0 ? null : length);

        Assert.That(string.Concat(pieces), Is.EqualTo(whole));
        Assert.That(pieces, Is.All.Not.Empty.And.All.Matches<string>(piece => !char.IsLowSurrogate(piece[0]) && !char.IsHighSurrogate(piece[^1])));
    }

    private static async Task<string[]> PiecesAsync(string text, int? length)
    {
        EmulatorReply reply = EmulatorReply.Text(text);
        await using StreamClient client = await StreamClient.OpenAsync(Form.InProcess, length is { } characters ? reply.InChunksOf(characters) : reply);
        return [.. (await client.ChunksAsync(StreamClient.Chat(usage: false)))
            .Select(chunk => chunk.GetProperty("choices")[0].GetProperty("delta"))
            .Where(delta => delta.TryGetProperty("content", out _) && !delta.TryGetProperty("role", out _))
            .Select(delta => delta.GetProperty("content").GetString()!)];
    }
}
