namespace DiscordIntel.Discord.Streaming;

/// <summary>
/// Writes a draft into a sink until it has ended and stands there whole. One call at a time; after every wait the newest state is read, so what came between two
/// calls is shown by the later one.
/// </summary>
internal sealed class ReplyWriter(ReplyDraft draft, IReplySink sink, ReplyLimits limits, ReplyStreamerOptions options, RunClock clock)
{
    private static readonly TimeSpan FirstGap = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan GapGrowth = TimeSpan.FromMilliseconds(100);

    private readonly ReplyComposer _composer = new(draft, limits, options);
    private readonly CallPacer _pacer = new();
    private readonly SinkRules _rules = new(options.AckGrace);
    private readonly SinkCaller _caller = new(sink, clock);

    private ReplyMessageId? _id;
    private TimeSpan _gap = FirstGap;
    private TimeSpan _nextPreview;
    private long _shownBefore;
    private long _shownLive;
    private int _messages;
    private int _refused;
    private bool _isAttached;
    private Exception? _fault;

    /// <exception cref="OperationCanceledException">The run was given up.</exception>
    public async Task<ReplyOutcome> WriteAsync(CancellationToken abort)
    {
        while (true)
        {
            abort.ThrowIfCancellationRequested();
            TimeSpan now = clock.Now;
            if (now >= clock.FinishBy)
            {
                draft.Interrupt(ReplyEnd.Expired);
            }

            ReplyWrite? write;
            ReplyEnd? end;
            TimeSpan at;
            Task? change;
            lock (draft.Gate)
            {
                end = draft.End;
                write = _composer.Next(_id is not null, collapse: now >= clock.CollapseBy);
                at = write is null ? TimeSpan.MaxValue : Earliest(write.Kind);
                change = at > now ? draft.Listen(anything: write is null) : null;
            }

            if (write is null && end is { } done)
            {
                return Outcome(_composer.IsRejected ? ReplyEnd.Undeliverable : done);
            }

            if (now > clock.Deadline || _rules.NotBefore > clock.Deadline || (_rules.AwaitsAck && write is not null && (at > now ? at : now) > options.AckGrace))
            {
                return Outcome(ReplyEnd.Expired);
            }

            if (change is not null)
            {
                await clock.WaitAsync(change, Wake(at, now, end is not null), abort).ConfigureAwait(false);
            }
            else if (await CallAsync(write!, abort).ConfigureAwait(false) is { } stopped)
            {
                return Outcome(stopped);
            }
        }
    }

    private async Task<ReplyEnd?> CallAsync(ReplyWrite write, CancellationToken abort)
    {
        bool isPost = _id is null;
        TimeSpan start = clock.Now;
        _pacer.Note(start);
        _rules.Calling(isPost);
        (ReplyMessageId id, ReplySinkException? fault) = await _caller.CallAsync(_id, write.Message, abort).ConfigureAwait(false);
        if (fault is null)
        {
            Succeeded(write, id, isPost, start);
            return null;
        }

        _fault = fault.InnerException is { } inner && fault.Kind == ReplySinkFailure.Unavailable ? inner : fault;
        _refused += fault.Kind == ReplySinkFailure.RateLimited ? 1 : 0;
        switch (_rules.Failed(fault, write, isPost, _messages + (isPost ? 1 : 0) == 1, clock.Now))
        {
            case SinkVerdict.End:
                return _rules.End;
            case SinkVerdict.NextMessage:
                lock (draft.Gate)
                {
                    _composer.Skip(toTheEnd: false);
                }

                LeaveMessage(shown: 0);
                return null;
            case SinkVerdict.LeaveFilesOut:
                lock (draft.Gate)
                {
                    _composer.LeaveFilesOut();
                }

                return null;
            case SinkVerdict.Replace:
                if (_composer.IsRejected)
                {
                    return ReplyEnd.Undeliverable;
                }

                draft.Interrupt(ReplyEnd.ModelFailed);
                _composer.Reject();
                return null;
            default:
                return null;
        }
    }

    private void Succeeded(ReplyWrite write, ReplyMessageId id, bool isPost, TimeSpan start)
    {
        _rules.Succeeded();
        _id = id;
        _messages += isPost ? 1 : 0;
        _shownLive = write.BodyLength;
        _isAttached = write.Message.Files.Count > 0;
        _nextPreview = start + _gap;
        _gap = _gap < LongestGap ? _gap + GapGrowth : LongestGap;
        lock (draft.Gate)
        {
            _composer.Wrote(write);
        }

        if (write.Kind != ReplyWriteKind.Preview)
        {
            LeaveMessage(write.BodyLength);
        }
    }

    private void LeaveMessage(long shown)
    {
        (_id, _shownLive) = (null, 0);
        _shownBefore += shown;
    }

    private TimeSpan Earliest(ReplyWriteKind kind)
    {
        // While the acknowledgement is on its way nothing is shown yet, and every try counts.
        bool waits = kind == ReplyWriteKind.Preview && !_rules.AwaitsAck;
        TimeSpan at = _pacer.Earliest(kind == ReplyWriteKind.Preview && !waits ? ReplyWriteKind.Seal : kind);
        at = at > _rules.NotBefore ? at : _rules.NotBefore;
        return waits && _nextPreview > at ? _nextPreview : at;
    }

    // The time that changes what is to be done: the end of the pause, or the next of the moments before the deadline.
    private TimeSpan Wake(TimeSpan at, TimeSpan now, bool hasEnded)
    {
        TimeSpan moment = !hasEnded ? clock.FinishBy : now < clock.CollapseBy ? clock.CollapseBy : TimeSpan.MaxValue;
        return at < moment ? at : moment;
    }

    private ReplyOutcome Outcome(ReplyEnd end)
    {
        lock (draft.Gate)
        {
            return new()
            {
                End = end,
                Messages = _messages,
                SinkCalls = _pacer.Calls,
                RateLimited = _refused,
                CharsShown = _shownBefore + _shownLive,
                OverflowAttached = _isAttached,
                PossiblyDuplicated = _rules.PossiblyDuplicated,
                Receipt = draft.Receipt,
                Error = end == ReplyEnd.ModelFailed ? draft.Error : null,
                SinkFault = _fault,
            };
        }
    }
}
