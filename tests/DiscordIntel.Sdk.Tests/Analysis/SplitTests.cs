using DiscordIntel.Analysis;
using DiscordIntel.Analysis.Details;
using DiscordIntel.Tests.Structured;
using NUnit.Framework;

namespace DiscordIntel.Tests.Analysis;

/// <summary>The split that an analysis would make, without an analysis.</summary>
internal sealed class SplitTests : ClientFixture
{
    private static string Long { get; } = string.Concat(Enumerable.Range(1, 60).Select(i => $"{(i % 2 == 1 ? "Mara" : "Jonas")}: Sentence {i} is about the buses. And it has a second one.\n"));

    private AnalysisClient Client => Get<AnalysisClient>();

    [Test]
    public void Split_ShortText_IsOnePart() =>
        Assert.That(Client.Split("Mara: Hi.\nJonas: Ho."), Is.EqualTo(new[] { new AnalysisPart { Number = 1, Offset = 0, Length = 20, Line = 1, Tokens = 5 } }));

    [Test]
    public void Split_EmptyText_IsOneEmptyPart() => Assert.That(Client.Split("").Single(), Is.EqualTo(new AnalysisPart { Number = 1, Offset = 0, Length = 0, Line = 1, Tokens = 0 }));

    [Test]
    public void Split_Null_Throws() => Assert.That(() => Client.Split(null!), Throws.ArgumentNullException);

    [Test]
    public void Split_LongText_CoversItOnceInTurns()
    {
        Configure(options => (options.Analysis.PartTokens, options.Analysis.OverlapTokens) = (200, 20));

        IReadOnlyList<AnalysisPart> parts = Client.Split(Long);

        Assert.That(parts, Has.Count.GreaterThan(4));
        Assert.That(string.Concat(parts.Select(part => Long.Substring(part.Offset, part.Length))), Is.EqualTo(Long));
        Assert.That(parts.Select(part => part.Number), Is.EqualTo(Enumerable.Range(1, parts.Count)));
        Assert.That(parts.Select(part => part.Tokens), Is.All.InRange(1, 200));
        Assert.That(parts.Select(part => part.Line), Is.EqualTo(parts.Select(part => 1 + Long[..part.Offset].Count(c => c == '\n'))));
        Assert.That(parts.Select(part => part.ContinuedSpeaker), Is.All.Null, "every turn is short enough to stay whole");
        Assert.That(Emulator.Requests, Is.Empty, "nobody is asked");
    }

    [Test]
    public void Split_OneLongTurn_NamesWhoGoesOn()
    {
        Configure(options => (options.Analysis.PartTokens, options.Analysis.OverlapTokens) = (100, 0));
        string content = $"Mara: {string.Concat(Enumerable.Repeat("It goes on and on without an end. ", 60))}\nJonas: Yes.";

        Assert.That(Client.Split(content).Select(part => part.ContinuedSpeaker), Is.EqualTo(new string?[] { null }.Concat(Enumerable.Repeat("Mara", Client.Split(content).Count - 1))));
    }

    [Test]
    public void Split_TextAtTheLimit_IsOnePartAndOneByteMoreIsTwo()
    {
        Configure(options => (options.Analysis.PartTokens, options.Analysis.OverlapTokens) = (100, 0));
        string content = string.Concat(Enumerable.Repeat("Four words stand here. ", 18))[..400];

        Assert.That((Client.Split(content).Count, Client.Split(content + "x").Count), Is.EqualTo((1, 2)));
    }
}
