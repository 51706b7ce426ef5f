namespace DiscordIntel.Discord.Streaming;

/// <summary>What follows from a failed call, and when the next one may go. Every fault is tried again a limited number of times, so a run always ends.</summary>
internal sealed class SinkRules(TimeSpan ackGrace)
{
    private const int MostAttempts = 5;
    private const int MostRefusals = 10;

    // As long as the token of an interaction lives.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    private int _refusals;
    private int _notReady;
    private int _attempts;
    private int _previewFaults;
    private bool _wasAmbiguous;

    /// <summary>No call before this.</summary>
    public TimeSpan NotBefore { get; private set; }

    /// <summary>Whether the acknowledgement of the interaction is waited for.</summary>
    public bool AwaitsAck => _notReady > 0;

    /// <summary>Whether a new message was sent again that may have been there already.</summary>
    public bool PossiblyDuplicated { get; private set; }

    /// <summary>Why the reply ended, after <see cref="SinkVerdict.End"/>.</summary>
    public ReplyEnd End { get; private set; }

    /// <summary>Says that a call is made.</summary>
    public void Calling(bool isPost) => PossiblyDuplicated |= isPost && _wasAmbiguous;

    public void Succeeded()
    {
        _refusals = _notReady = _attempts = _previewFaults = 0;
        _wasAmbiguous = false;
        NotBefore = TimeSpan.Zero;
    }

    /// <param name="fault">How the call failed.</param>
    /// <param name="write">The call.</param>
    /// <param name="isPost">Whether it was a new message.</param>
    /// <param name="isFirst">Whether it was the first message.</param>
    /// <param name="now">The time.</param>
    public SinkVerdict Failed(ReplySinkException fault, ReplyWrite write, bool isPost, bool isFirst, TimeSpan now)
    {
        switch (fault.Kind)
        {
            case ReplySinkFailure.NotReady:
                NotBefore = now + AckWait(_notReady++);
                return NotBefore <= ackGrace ? SinkVerdict.Retry : EndWith(ReplyEnd.Expired);
            case ReplySinkFailure.RateLimited:
                TimeSpan wait = fault.RetryAfter is { } told && told > TimeSpan.Zero ? told : Backoff(_refusals, TimeSpan.FromSeconds(2));
                NotBefore = now + (wait < LongestWait ? wait : LongestWait);
                return ++_refusals <= MostRefusals && wait <= LongestWait ? SinkVerdict.Retry : EndWith(ReplyEnd.Undeliverable);
            case ReplySinkFailure.Unavailable:
                return Unavailable(isPost && fault.MayHaveApplied, write.Kind == ReplyWriteKind.Preview, now);
            case ReplySinkFailure.MessageGone:
                return !isFirst && !isPost && write.Kind == ReplyWriteKind.Seal ? SinkVerdict.NextMessage : EndWith(ReplyEnd.MessageGone);
            case ReplySinkFailure.TooLarge when write.Message.Files.Count > 0:
                return SinkVerdict.LeaveFilesOut;
            case ReplySinkFailure.TooLarge or ReplySinkFailure.Rejected:
                return SinkVerdict.Replace;
            default:
                return EndWith(fault.Kind == ReplySinkFailure.Expired ? ReplyEnd.Expired : ReplyEnd.Undeliverable);
        }
    }

    // A preview that fails is no reason to give up: the answer still comes. Posts that may have arrived are sent twice at most.
    private SinkVerdict Unavailable(bool isAmbiguous, bool isPreview, TimeSpan now)
    {
        if (isAmbiguous && _wasAmbiguous)
        {
            return EndWith(ReplyEnd.Undeliverable);
        }

        _wasAmbiguous |= isAmbiguous;
        NotBefore = now + Backoff(_previewFaults + _attempts, TimeSpan.FromMilliseconds(500));
        _attempts += isPreview ? 0 : 1;
        _previewFaults += isPreview ? 1 : 0;
        return _attempts < MostAttempts ? SinkVerdict.Retry : EndWith(ReplyEnd.Undeliverable);
    }

    private SinkVerdict EndWith(ReplyEnd end)
    {
        End = end;
        return SinkVerdict.End;
    }

    // 100, 200, 400, 800, 1600, then 2000 ms.
    private static TimeSpan AckWait(int times) => TimeSpan.FromMilliseconds(Math.Min(2_000, 100 << Math.Min(times, 5)));

    private static TimeSpan Backoff(int times, TimeSpan first) => TimeSpan.FromTicks(Math.Min(TimeSpan.FromSeconds(8).Ticks, first.Ticks << Math.Min(times, 5)));
}
