using DiscordIntel.Tests.Discord.Support;
using NUnit.Framework;

namespace DiscordIntel.Tests.Discord.Markup;

/// <summary>Each rule for texts over random documents, at limits small enough to hit every border.</summary>
internal sealed class TextInvariantProperties
{
    private const int Cases = 400;

    private static readonly Lazy<Tally> Texts = new(() => Trials.Texts(Cases));

    private static IEnumerable<string> Rules => TextInvariants.All.Keys;

    [TestCaseSource(nameof(Rules))]
    [CancelAfter(120_000)]
    public void Cut_AnyDocument_Keeps(string rule)
    {
        Assert.That(Texts.Value.Cases, Is.EqualTo(Cases));
        Assert.That(Texts.Value.Fault(rule), Is.Null);
    }
}
