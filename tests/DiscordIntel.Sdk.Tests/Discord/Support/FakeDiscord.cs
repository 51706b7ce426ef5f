using DiscordIntel.Discord;

namespace DiscordIntel.Tests.Discord.Support;

/// <summary>
/// A Discord that keeps what users would see, in virtual time, and does as its script says. It looks at every call by the rules of Discord and of the contract;
/// what it finds wrong is in <see cref="Faults"/>.
/// </summary>
internal sealed class FakeDiscord(VirtualTime time, ReplyLimits limits, IReadOnlyDictionary<int, SinkAct> script) : IReplySink
{
    private readonly long _start = time.GetTimestamp();
    private readonly HashSet<int> _deleted = [];
    private int _posted;
    private bool _inFlight;
    private bool _expired;

    public ReplyLimits Limits => limits;

    /// <summary>Until when the acknowledgement has not arrived.</summary>
    public TimeSpan AckedAt { get; init; }

    /// <summary>When the token becomes void.</summary>
    public TimeSpan ExpiresAt { get; init; } = TimeSpan.MaxValue;

    /// <summary>How long a call takes that is accepted.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(80);

    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1.5);

    public List<FakeCall> Calls { get; } = [];

    /// <summary>Broken rules, each with the number of its invariant.</summary>
    public List<(string Rule, string What)> Faults { get; } = [];

    /// <summary>Messages that stand there unknown to the streamer, because the answer to their post was lost.</summary>
    public int Orphans { get; private set; }

    public IReadOnlySet<int> Deleted => _deleted;

    public Action<FakeCall>? Called { get; set; }

    public TimeSpan Now => time.GetElapsedTime(_start);

    /// <summary>The last successful call to each message.</summary>
    public IReadOnlyList<FakeCall> Shown =>
        [.. Calls.Where(call => call.Succeeded).GroupBy(call => call.Index).OrderBy(group => group.Key).Select(group => group.Last())];

    public async ValueTask<ReplyMessageId> PostAsync(ReplyMessage message, CancellationToken cancellationToken)
    {
        await CallAsync(_posted, isPost: true, message, cancellationToken);
        return new ReplyMessageId((_posted++).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    public async ValueTask EditAsync(ReplyMessageId id, ReplyMessage message, CancellationToken cancellationToken) =>
        await CallAsync(int.Parse(id.Value, System.Globalization.CultureInfo.InvariantCulture), isPost: false, message, cancellationToken);

    private async Task CallAsync(int index, bool isPost, ReplyMessage message, CancellationToken cancellationToken)
    {
        var call = new FakeCall(Calls.Count, Now, index, isPost, message);
        Check(call);
        Calls.Add(call);
        Called?.Invoke(call);
        _inFlight = true;
        try
        {
            await ActAsync(call, cancellationToken);
        }
        catch (ReplySinkException e)
        {
            (call.Failure, call.RetryAfter, call.MayHaveApplied) = (e.Kind, e.RetryAfter, e.MayHaveApplied);
            throw;
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException)
        {
            (call.Failure, call.MayHaveApplied) = (ReplySinkFailure.Unavailable, true);
            throw;
        }
        finally
        {
            call.EndedAt = Now;
            _inFlight = false;
        }
    }

    private async Task ActAsync(FakeCall call, CancellationToken cancellationToken)
    {
        SinkAct act = script.GetValueOrDefault(call.Number);
        TimeSpan latency = act switch
        {
            SinkAct.AcceptSlowly => TimeSpan.FromSeconds(3.1),
            SinkAct.Stall => TimeSpan.FromSeconds(20),
            SinkAct.Hang or SinkAct.HangForGood => Timeout.InfiniteTimeSpan,
            _ => Latency,
        };
        await time.DelayAsync(latency, act == SinkAct.HangForGood ? CancellationToken.None : cancellationToken);
        _expired |= act == SinkAct.Expire || Now >= ExpiresAt;
        if (_expired)
        {
            throw new ReplySinkException(ReplySinkFailure.Expired);
        }

        if (Now < AckedAt)
        {
            throw new ReplySinkException(ReplySinkFailure.NotReady);
        }

        switch (act)
        {
            case SinkAct.DeleteFirst when _posted > 0:
                _deleted.Add(0);
                break;
            case SinkAct.DeleteThis when !call.IsPost:
                _deleted.Add(call.Index);
                break;
        }

        if (_deleted.Contains(call.Index))
        {
            throw new ReplySinkException(ReplySinkFailure.MessageGone);
        }

        switch (act)
        {
            case SinkAct.RateLimit:
                throw new ReplySinkException(ReplySinkFailure.RateLimited) { RetryAfter = RetryAfter };
            case SinkAct.RateLimitWithoutDelay:
                throw new ReplySinkException(ReplySinkFailure.RateLimited);
            case SinkAct.FailBefore:
                throw new ReplySinkException(ReplySinkFailure.Unavailable);
            case SinkAct.FailAfter:
                Orphans += call.IsPost ? 1 : 0;
                throw new ReplySinkException(ReplySinkFailure.Unavailable) { MayHaveApplied = true };
            case SinkAct.ThrowAnything:
                throw new HttpRequestException("connection reset by token-of-the-interaction");
            case SinkAct.Forbid:
                throw new ReplySinkException(ReplySinkFailure.Forbidden);
            case SinkAct.Reject:
                throw new ReplySinkException(ReplySinkFailure.Rejected);
            case SinkAct.TooLarge:
                throw new ReplySinkException(ReplySinkFailure.TooLarge);
            case SinkAct.Quota when call.IsPost:
                throw new ReplySinkException(ReplySinkFailure.QuotaReached);
        }
    }

    private void Check(FakeCall call)
    {
        ReplyMessage message = call.Message;
        FakeCall? last = Calls.LastOrDefault(earlier => earlier.Index == call.Index && earlier.Succeeded);
        Expect("R1", message.Content.Length <= limits.MaxChars, call);
        Expect("R2", MarkupOracle.IsBalanced(message.Content), call);
        Expect("R4", call.IsPost || last is { Message.State: ReplyState.Working or ReplyState.Partial }, call);
        Expect("R6", Calls.Count(earlier => call.At - earlier.At <= TimeSpan.FromSeconds(5)) < 4, call);
        Expect("R6", Calls.Count(earlier => call.At - earlier.At <= TimeSpan.FromSeconds(60)) < 25, call);
        Expect("R9", !_inFlight, call);
        Expect("R10", !string.IsNullOrWhiteSpace(message.Content) && last?.Message != message, call);
        Expect("R14", MarkupOracle.HasWholeCharacters(message.Content), call);
        Expect("R13", !call.IsPost || call.Index == 0 || _deleted.Contains(call.Index - 1)
            || Calls.Last(earlier => earlier.Index == call.Index - 1 && earlier.Succeeded).Message.State == ReplyState.Final, call);
        Expect("files", message.Files.Sum(file => (long)file.Content.Length) <= limits.MaxFileBytes && message.Files.Count <= 1, call);
        if (Calls.Count > 0 && Calls[^1] is { Failure: ReplySinkFailure.RateLimited, RetryAfter: { } wait } blocked)
        {
            Expect("R7", call.At >= blocked.EndedAt + wait, call);
        }

        Expect("R15", !Calls.Any(earlier =>
            earlier.Failure is ReplySinkFailure.Expired or ReplySinkFailure.Forbidden or ReplySinkFailure.QuotaReached
            || (earlier.Failure == ReplySinkFailure.MessageGone && (earlier.Index == call.Index || earlier.Index == 0))), call);
        Expect("R20", limits.Deadline is not { } deadline || time.GetUtcNow() <= deadline, call);
    }

    private void Expect(string rule, bool holds, FakeCall call)
    {
        if (!holds)
        {
            Faults.Add((rule, call.ToString()));
        }
    }
}
