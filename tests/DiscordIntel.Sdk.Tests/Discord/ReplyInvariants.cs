using DiscordIntel.Discord;
using DiscordIntel.Tests.Discord.Support;

namespace DiscordIntel.Tests.Discord;

/// <summary>What holds for every reply, each rule by its own: null when it holds, else what is wrong.</summary>
internal static class ReplyInvariants
{
    private static readonly ReplyLines Lines = new();

    public static Dictionary<string, Func<ReplyLog, string?>> All { get; } = new()
    {
        ["R1 no content is longer than the limit"] = log => Found(log, "R1"),
        ["R2 blocks and spoilers are closed in every content"] = log => Found(log, "R2"),
        ["R3 the messages show the text, or the file holds it"] = TextIsThere,
        ["R4 a sealed message gets no more calls"] = log => Found(log, "R4"),
        ["R5 how the model cuts its text changes no message"] = PiecesDoNotMatter,
        ["R6 at most 4 calls in 5 seconds and 25 in a minute"] = log => Found(log, "R6"),
        ["R7 no call before a refusal's time is over"] = log => Found(log, "R7"),
        ["R8 no message is left half-finished"] = EveryMessageIsFinished,
        ["R9 one call at a time"] = log => Found(log, "R9"),
        ["R10 nothing blank is written and nothing twice"] = log => Found(log, "R10"),
        ["R11 files stay within the limit"] = log => Found(log, "files"),
        ["R12 no foreign link is live"] = log => log.Discord.Calls.Select(call => LiveLinks.Foreign(call.Message.Content)).FirstOrDefault(link => link is not null),
        ["R13 a message is posted after the one before is sealed"] = log => Found(log, "R13"),
        ["R14 no character is cut apart"] = log => Found(log, "R14"),
        ["R15 a fatal fault ends the run at once"] = FatalFaultsEndAtOnce,
        ["R16 not ready is retried within the grace only"] = NotReadyIsOverAfterTheGrace,
        ["R17 stopping keeps the text and cancels the model"] = StopKeepsTheText,
        ["R18 a failed model adds one line and no detail"] = ModelFailureAddsOneLine,
        ["R19 a post that may have arrived is repeated once"] = AmbiguousPostsAreRepeatedOnce,
        ["R20 the last write begins before the deadline"] = LastWriteIsInTime,
        ["R21 the outcome is what happened"] = OutcomeIsWhatHappened,
    };

    private static string? Found(ReplyLog log, string rule) =>
        log.Discord.Faults.Where(fault => fault.Rule == rule).Select(fault => fault.What).FirstOrDefault();

    private static string? TextIsThere(ReplyLog log)
    {
        if (!log.WasDelivered || log.Discord.Deleted.Count > 0)
        {
            return null;
        }

        string text = log.Text;
        int shown = new BodyOracle([.. log.Discord.Shown.Select(call => call.Message.Content)], text).Shown();
        if (shown < 0)
        {
            return "the messages do not show the text";
        }

        string rest = text[shown..];
        bool isTruncated = text.Length > log.Case.MaxAnswerChars;
        if (log.Outcome.OverflowAttached)
        {
            return log.File == text || (isTruncated && text.StartsWith(log.File!, StringComparison.Ordinal)) ? null : "the file is not the text";
        }

        bool said = log.Discord.Shown[^1].Message.Content.Contains(Lines.NotAttached[..10], StringComparison.Ordinal) || isTruncated;
        return string.IsNullOrWhiteSpace(rest) || said ? null : $"left out: {rest}";
    }

    private static string? EveryMessageIsFinished(ReplyLog log)
    {
        if (!log.WasDelivered)
        {
            return null;
        }

        return log.Discord.Shown.Where(call => !log.Discord.Deleted.Contains(call.Index)).FirstOrDefault(call =>
            call.Message.State is ReplyState.Working or ReplyState.Partial
            || call.Message.Controls == ReplyControls.Stop
            || call.Message.Content.Contains('▌', StringComparison.Ordinal))?.ToString();
    }

    private static string? PiecesDoNotMatter(ReplyLog log)
    {
        // Only where the text alone decides: nothing goes wrong, and nothing is cut off by the clock.
        if (log.Discord.Calls.Any(call => !call.Succeeded) || log.Outcome.End is not (ReplyEnd.Completed or ReplyEnd.Truncated) || log.Case.Deadline is not null)
        {
            return null;
        }

        ReplyLog other = (log.Case with
        {
            Chunks = [17, 5, 1200],
            Pauses = [TimeSpan.Zero],
            HasStatus = false,
            Script = new Dictionary<int, SinkAct>(),
            AckedAt = TimeSpan.Zero,
            ExpiresAt = TimeSpan.MaxValue,
        }).Run();
        return other.Discord.Shown.Select(call => call.Message.Content).SequenceEqual(log.Discord.Shown.Select(call => call.Message.Content)) && other.File == log.File
            ? null
            : $"by other pieces:\n{other}";
    }

    private static string? FatalFaultsEndAtOnce(ReplyLog log)
    {
        FakeCall? last = log.Discord.Calls.LastOrDefault();
        bool isFatal = last?.Failure is ReplySinkFailure.Expired or ReplySinkFailure.Forbidden or ReplySinkFailure.QuotaReached or ReplySinkFailure.MessageGone;
        return Found(log, "R15")
            ?? (isFatal && log.EndedAt - last!.EndedAt > TimeSpan.FromSeconds(1) ? "the run went on" : null)
            ?? (log.Model.Started && log.Model.EndedAt is null ? "the stream was not disposed" : null);
    }

    private static string? NotReadyIsOverAfterTheGrace(ReplyLog log)
    {
        FakeCall[] calls = [.. log.Discord.Calls];
        for (int i = 1; i < calls.Length; i++)
        {
            if (calls[i - 1].Failure == ReplySinkFailure.NotReady && calls[i].At > TimeSpan.FromSeconds(10))
            {
                return calls[i].ToString();
            }
        }

        return null;
    }

    private static string? StopKeepsTheText(ReplyLog log)
    {
        if (log.Case.StopAt is not { } stop)
        {
            return null;
        }

        if (log.Model.TakenAt.Count(at => at > stop) > 1 || (log.Model.EndedAt is { } end && end > stop && !log.Model.WasCancelled))
        {
            return "the model went on";
        }

        int finals = log.Discord.Calls.Count(call => call.Succeeded && call.Message.State == ReplyState.Stopped);
        return log.Outcome.End != ReplyEnd.Stopped || (finals == 1 && log.Discord.Shown[^1].Message.Content.Contains(Lines.Stopped[..8], StringComparison.Ordinal))
            ? null
            : $"{finals} final writes";
    }

    private static string? ModelFailureAddsOneLine(ReplyLog log)
    {
        FakeCall? leak = log.Discord.Calls.FirstOrDefault(call =>
            call.Message.Content.Contains(ScriptedModel.Secret, StringComparison.Ordinal) || call.Message.Content.Contains("token-of", StringComparison.Ordinal));
        if (leak is not null || log.Outcome.End != ReplyEnd.ModelFailed)
        {
            return leak?.ToString();
        }

        ReplyMessage last = log.Discord.Shown[^1].Message;
        int lines = last.Content.Split('\n').Count(line => line.StartsWith("-# ", StringComparison.Ordinal));
        int overflow = new[] { Lines.Attached, Lines.NotAttached }.Any(line => last.Content.Contains(line[..10], StringComparison.Ordinal)) ? 1 : 0;
        return lines - overflow == 1 && log.Outcome.Error is not null ? null : last.Content;
    }

    private static string? AmbiguousPostsAreRepeatedOnce(ReplyLog log)
    {
        foreach (IGrouping<int, FakeCall> posts in log.Discord.Calls.Where(call => call.IsPost).GroupBy(call => call.Index))
        {
            FakeCall[] unsure = [.. posts.Where(call => call.Failure == ReplySinkFailure.Unavailable && call.MayHaveApplied)];
            bool again = unsure.Length > 0 && posts.Last() != unsure[0];
            if (unsure.Length > 2 || (unsure.Length == 2 && posts.Last() != unsure[1]) || (again && !log.Outcome.PossiblyDuplicated))
            {
                return posts.Last().ToString();
            }
        }

        return log.Outcome.PossiblyDuplicated && !log.Discord.Calls.Any(call => call.IsPost && call.MayHaveApplied) ? "nothing can be there twice" : null;
    }

    private static string? LastWriteIsInTime(ReplyLog log) =>
        Found(log, "R20") ?? (log.Outcome.End == ReplyEnd.Expired && log.Discord.Calls.All(call => call.Succeeded) && log.Case.Deadline > TimeSpan.FromSeconds(30) && !log.WasDelivered
            ? "the text so far was not written"
            : null);

    private static string? OutcomeIsWhatHappened(ReplyLog log)
    {
        ReplyOutcome outcome = log.Outcome;
        bool fits = outcome.SinkCalls == log.Discord.Calls.Count
            && outcome.RateLimited == log.Discord.Calls.Count(call => call.Failure == ReplySinkFailure.RateLimited)
            && outcome.Messages == log.Discord.Shown.Count
            && (outcome.SinkFault is null) == log.Discord.Calls.All(call => call.Succeeded)
            && (outcome.End != ReplyEnd.Completed || outcome.Receipt == ScriptedModel.Receipt)
            && outcome.CharsShown <= log.Text.Length
            && (outcome.End is not (ReplyEnd.Completed or ReplyEnd.Stopped or ReplyEnd.ModelFailed) || log.Discord.Shown.Count > 0);
        return fits ? null : "the outcome says something else";
    }
}
