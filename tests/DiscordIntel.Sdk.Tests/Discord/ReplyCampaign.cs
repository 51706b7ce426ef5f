using DiscordIntel.Discord;
using DiscordIntel.Tests.Discord.Markup;
using DiscordIntel.Tests.Discord.Support;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace DiscordIntel.Tests.Discord;

/// <summary>All rules at once, over many documents and many fault scripts; what must have happened is counted.</summary>
[Explicit("Long")]
[Category("Campaign")]
internal sealed class ReplyCampaign
{
    [Test]
    public void Documents_Many_KeepEveryRule()
    {
        Dictionary<string, int> seen = [];
        Prop.ForAll(TextCase.Any.ToArbitrary(), one =>
        {
            int messages = TextCase.Contents(one.Cut(one.Chunks)).Count;
            Count(seen, "documents");
            Count(seen, "messages", messages);
            Count(seen, $"at {one.MaxChars}");
            return TextInvariants.All.Select(rule => (rule.Key, Fault: rule.Value(one)))
                .Where(found => found.Fault is not null).Select(found => false.Label($"{found.Key}: {found.Fault}\n{one}"))
                .FirstOrDefault(true.ToProperty());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
        Report(seen);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen["documents"], Is.EqualTo(20_000));
            Assert.That(seen["at 64"], Is.GreaterThan(5_000));
            Assert.That(seen["messages"], Is.GreaterThan(100_000));
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Replies_Many_KeepEveryRule(bool faulty)
    {
        Dictionary<string, int> seen = [];
        Prop.ForAll((faulty ? ReplyCase.Faulty : ReplyCase.Calm).ToArbitrary(), one =>
        {
            ReplyLog log = one.Run();
            Tell(log, seen);
            return ReplyInvariants.All.Select(rule => (rule.Key, Fault: rule.Value(log)))
                .Where(found => found.Fault is not null).Select(found => false.Label($"{found.Key}: {found.Fault}\n{log}"))
                .FirstOrDefault(true.ToProperty());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));
        Report(seen);
        string[] mustHappen = faulty
            ? [.. Enum.GetNames<ReplyEnd>(), .. Enum.GetNames<ReplySinkFailure>(), "attached", "possibly duplicated"]
            : [nameof(ReplyEnd.Completed), nameof(ReplyEnd.Truncated), "attached"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen["replies"], Is.EqualTo(10_000));
            Assert.That(mustHappen.Where(what => seen.GetValueOrDefault(what) < 20), Is.Empty, "what hardly ever happened");
        }
    }

    private static void Tell(ReplyLog log, Dictionary<string, int> seen)
    {
        Count(seen, "replies");
        Count(seen, "calls", log.Discord.Calls.Count);
        Count(seen, log.Outcome.End.ToString());
        Count(seen, "attached", log.Outcome.OverflowAttached ? 1 : 0);
        Count(seen, "possibly duplicated", log.Outcome.PossiblyDuplicated ? 1 : 0);
        Count(seen, "messages", log.Outcome.Messages);
        foreach (FakeCall call in log.Discord.Calls.Where(call => call.Failure is not null))
        {
            Count(seen, call.Failure.ToString()!);
        }
    }

    private static void Count(Dictionary<string, int> seen, string what, int times = 1) => seen[what] = seen.GetValueOrDefault(what) + times;

    private static void Report(Dictionary<string, int> seen) =>
        TestContext.Out.WriteLine(string.Join(", ", seen.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}")));
}
