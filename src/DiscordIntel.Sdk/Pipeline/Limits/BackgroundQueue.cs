namespace DiscordIntel.Pipeline.Limits;

/// <summary>
/// Where background calls wait for a limit: in each tenant the oldest first, the tenants in turns, no more at once than the limit given. Who waits holds no
/// permit: an interactive call meanwhile takes what is free. A tenant or a user at a limit of its own holds up nobody else.
/// </summary>
internal sealed class BackgroundQueue : IDisposable
{
    private readonly Lock _gate = new();
    private readonly GcraLimiter _limiter;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly WaitingCalls _waiting;
    private bool _isClosed;

    public BackgroundQueue(GcraLimiter limiter, TimeProvider time)
    {
        _limiter = limiter;
        _time = time;
        _waiting = new WaitingCalls(limiter);
        _timer = time.CreateTimer(static queue => ((BackgroundQueue)queue!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Calls that wait, and tenants that have such.</summary>
    public (int Calls, int Tenants) Waiting
    {
        get
        {
            lock (_gate)
            {
                return (_waiting.Count, _waiting.Tenants);
            }
        }
    }

    /// <summary>
    /// Takes a permit, now or when there is one. Null: the call may go. Refused is a call that would wait as one too many, or longer than it has time left.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public ValueTask<LimitRefusal?> EnterAsync(
        IntelScope scope, RateLimits limits, int queueLimit, TimeSpan remaining, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<LimitRefusal?>(cancellationToken);
        }

        WaitingCall call;
        lock (_gate)
        {
            // Who waits already comes first; whoever cannot go now holds up nobody.
            TimeSpan wait = _waiting.Serve();
            LimitRefusal? refused = _limiter.TryAcquire(scope, limits);
            bool queueIsFull = _waiting.Count >= queueLimit;
            if (refused is not { } refusal || queueIsFull || _isClosed || refusal.RetryAfter >= remaining)
            {
                Arm(wait);
                return new(refused is null ? null : refused.Value with { QueueIsFull = queueIsFull });
            }

            call = new WaitingCall(scope, limits, refusal);
            _waiting.Add(call);
            Arm(wait < refusal.RetryAfter ? wait : refusal.RetryAfter);
        }

        return WaitAsync(call, remaining, cancellationToken);
    }

    /// <summary>Whoever waits is refused now: no timer will ring any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            _timer.Dispose();
            _waiting.RefuseAll();
        }
    }

    private async ValueTask<LimitRefusal?> WaitAsync(WaitingCall call, TimeSpan remaining, CancellationToken cancellationToken)
    {
        // A timer takes no more than 49 days; who has more time has all the time.
        TimeSpan timeout = remaining < TimeSpan.FromDays(49) ? remaining : Timeout.InfiniteTimeSpan;
        await call.Task.WaitAsync(timeout, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            if (call.Task.IsCompletedSuccessfully)
            {
                return null;
            }

            if (!call.Task.IsCompleted)
            {
                _waiting.Remove(call);
                if (_waiting.Count == 0)
                {
                    Arm(Timeout.InfiniteTimeSpan);
                }
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        return _limiter.Check(call.Scope, call.Limits) ?? call.Refusal with { RetryAfter = TimeSpan.Zero };
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            Arm(_waiting.Serve());
        }
    }

    // Whole milliseconds, rounded up: a timer drops the rest, and would ring too early.
    private void Arm(TimeSpan wait)
    {
        if (!_isClosed)
        {
            _timer.Change(
                _waiting.Count == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        }
    }
}
