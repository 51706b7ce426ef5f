using System.Diagnostics;
using DiscordIntel.Discord;
using DiscordIntel.Tests.Discord.Markup;
using DiscordIntel.Tests.Discord.Support;
using NUnit.Framework;

namespace DiscordIntel.Tests.Discord;

/// <summary>All rules over many documents and many fault scripts; what must have happened is counted.</summary>
[Explicit("Takes minutes")]
[Category("Campaign")]
internal sealed class ReplyCampaign
{
    // In four parts, so that none takes long.
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void Documents_Many_KeepEveryRule(int part)
    {
        Tally tally = Report($"documents, part {part}", () => Trials.Texts(5_000), TextInvariants.All.Keys);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tally.Cases, Is.EqualTo(5_000));
            Assert.That(new[] { 64, 200, 2000 }.Select(limit => tally.Seen($"limit {limit}")), Is.All.GreaterThan(1_500));
            Assert.That(tally.Seen("messages"), Is.GreaterThan(25_000));
        }
    }

    [Test]
    public void CalmReplies_Many_KeepEveryRule()
    {
        Tally tally = Report("calm replies", () => Trials.Replies(ReplyCase.Calm, 5_000), ReplyInvariants.All.Keys);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tally.Cases, Is.EqualTo(5_000));
            Assert.That(tally.Seen("attached"), Is.GreaterThan(200));
        }
    }

    [Test]
    public void FaultyReplies_Many_KeepEveryRule()
    {
        Tally tally = Report("faulty replies", () => Trials.Replies(ReplyCase.Faulty, 10_000), ReplyInvariants.All.Keys);
        string[] mustHappen =
            [.. Enum.GetNames<ReplyEnd>().Select(end => $"end {end}"), .. Enum.GetNames<ReplySinkFailure>().Select(fault => $"fault {fault}"), "attached", "possibly duplicated"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tally.Cases, Is.EqualTo(10_000));
            Assert.That(mustHappen.Where(what => tally.Seen(what) < 50), Is.Empty, "what hardly ever happened");
        }
    }

    private static Tally Report(string what, Func<Tally> run, IEnumerable<string> rules)
    {
        long start = Stopwatch.GetTimestamp();
        Tally tally = run();
        TestContext.Out.WriteLine($"{what}, {tally} in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
        foreach (string rule in rules)
        {
            Assert.That(tally.Fault(rule), Is.Null, rule);
        }

        return tally;
    }
}
