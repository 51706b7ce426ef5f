using DiscordIntel.Discord;
using DiscordIntel.Tests.Discord.Markup;
using FsCheck;

namespace DiscordIntel.Tests.Discord.Support;

/// <summary>The cases that all rules look at.</summary>
internal static class Trials
{
    public static Tally Texts(int count) => Tally.Of(TextCase.Any, count, (one, tally) =>
    {
        tally.Count("messages", TextCase.Contents(one.Cut(one.Chunks)).Count);
        tally.Count($"limit {one.MaxChars}");
        foreach ((string rule, Func<TextCase, string?> look) in TextInvariants.All)
        {
            tally.Judge(rule, look(one), one);
        }
    });

    public static Tally Replies(Gen<ReplyCase> cases, int count) => Tally.Of(cases, count, (one, tally) =>
    {
        ReplyLog log = one.Run();
        foreach ((string rule, Func<ReplyLog, string?> look) in ReplyInvariants.All)
        {
            tally.Judge(rule, look(log), log);
        }

        tally.Count("calls", log.Discord.Calls.Count);
        tally.Count("messages", log.Outcome.Messages);
        tally.Count($"limit {one.MaxChars}");
        tally.Count($"end {log.Outcome.End}");
        tally.Count("attached", log.Outcome.OverflowAttached ? 1 : 0);
        tally.Count("possibly duplicated", log.Outcome.PossiblyDuplicated ? 1 : 0);
        foreach (FakeCall call in log.Discord.Calls.Where(call => call.Failure is not null))
        {
            tally.Count($"fault {call.Failure}");
        }
    });
}
