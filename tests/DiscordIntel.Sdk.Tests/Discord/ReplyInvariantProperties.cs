using DiscordIntel.Tests.Discord.Support;
using NUnit.Framework;

namespace DiscordIntel.Tests.Discord;

/// <summary>Each rule for replies over random documents with nothing going wrong, and over random faults of Discord, the model and the user.</summary>
internal sealed class ReplyInvariantProperties
{
    private const int Cases = 400;

    private static readonly Lazy<Tally> Calm = new(() => Trials.Replies(ReplyCase.Calm, Cases));
    private static readonly Lazy<Tally> Faulty = new(() => Trials.Replies(ReplyCase.Faulty, Cases));

    private static IEnumerable<string> Rules => ReplyInvariants.All.Keys;

    [TestCaseSource(nameof(Rules))]
    [CancelAfter(120_000)]
    public void RunAsync_AnyDocument_Keeps(string rule) => Check(rule, Calm.Value);

    [TestCaseSource(nameof(Rules))]
    [CancelAfter(120_000)]
    public void RunAsync_AnyFaults_Keeps(string rule) => Check(rule, Faulty.Value);

    private static void Check(string rule, Tally tally)
    {
        Assert.That(tally.Cases, Is.EqualTo(Cases));
        Assert.That(tally.Fault(rule), Is.Null);
    }
}
