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
    private readonly Dictionary<string, LinkedListNode<LinkedList<Waiter>>> _tenants = [];

    // The tenant whose turn it is comes first.
    private readonly LinkedList<LinkedList<Waiter>> _turns = [];
    private int _waiting;

    public BackgroundQueue(GcraLimiter limiter, TimeProvider time)
    {
        _limiter = limiter;
        _time = time;
        _timer = time.CreateTimer(static queue => ((BackgroundQueue)queue!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Calls that wait, and tenants that have such.</summary>
    public (int Calls, int Tenants) Waiting
    {
        get
        {
            lock (_gate)
            {
                return (_waiting, _tenants.Count);
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

        Waiter waiter;
        lock (_gate)
        {
            // Who waits already comes first; whoever cannot go now holds up nobody.
            TimeSpan wait = Serve();
            LimitRefusal? refused = _limiter.TryAcquire(scope, limits);
            bool queueIsFull = _waiting >= queueLimit;
            if (refused is not { } refusal || queueIsFull || refusal.RetryAfter >= remaining)
            {
                Arm(wait);
                return new(refused is null ? null : refused.Value with { QueueIsFull = queueIsFull });
            }

            waiter = Add(new Waiter(scope, limits, refusal));
            Arm(wait < refusal.RetryAfter ? wait : refusal.RetryAfter);
        }

        return WaitAsync(waiter, remaining, cancellationToken);
    }

    public void Dispose() => _timer.Dispose();

    private async ValueTask<LimitRefusal?> WaitAsync(Waiter waiter, TimeSpan remaining, CancellationToken cancellationToken)
    {
        // A timer takes no more than 49 days; who has more time has all the time.
        TimeSpan timeout = remaining < TimeSpan.FromDays(49) ? remaining : Timeout.InfiniteTimeSpan;
        await waiter.Task.WaitAsync(timeout, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            if (waiter.Task.IsCompleted)
            {
                return null;
            }

            Remove(waiter);
            if (_waiting == 0)
            {
                Arm(Timeout.InfiniteTimeSpan);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        return _limiter.Check(waiter.Scope, waiter.Limits) ?? waiter.Refusal with { RetryAfter = TimeSpan.Zero };
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            Arm(Serve());
        }
    }

    /// <summary>Lets go who may, one of each tenant in turn. Gives the time until the next one may.</summary>
    private TimeSpan Serve()
    {
        TimeSpan wait = TimeSpan.MaxValue;
        for (int refused = 0; refused < _turns.Count;)
        {
            LinkedListNode<LinkedList<Waiter>> turn = _turns.First!;
            LimitLevel? level = ServeOne(turn.Value, ref wait);
            if (level is LimitLevel.Bot)
            {
                // Nobody else may go either, and it is still this tenant's turn.
                break;
            }

            refused = level is null ? 0 : refused + 1;
            if (turn.List is not null)
            {
                _turns.RemoveFirst();
                _turns.AddLast(turn);
            }
        }

        return wait;
    }

    /// <summary>Lets the tenant's oldest go that may. Otherwise gives the level of the limit that stops the rest.</summary>
    private LimitLevel? ServeOne(LinkedList<Waiter> line, ref TimeSpan wait)
    {
        var level = LimitLevel.User;
        for (LinkedListNode<Waiter>? place = line.First; place is not null && level is LimitLevel.User; place = place.Next)
        {
            Waiter waiter = place.Value;
            if (_limiter.TryAcquire(waiter.Scope, waiter.Limits) is not { } refusal)
            {
                Remove(waiter);
                waiter.SetResult();
                return null;
            }

            wait = refusal.RetryAfter < wait ? refusal.RetryAfter : wait;
            level = refusal.Level;
        }

        return level;
    }

    private Waiter Add(Waiter waiter)
    {
        if (!_tenants.TryGetValue(waiter.Scope.Tenant, out LinkedListNode<LinkedList<Waiter>>? line))
        {
            _tenants[waiter.Scope.Tenant] = line = _turns.AddLast(new LinkedList<Waiter>());
        }

        waiter.Place = line.Value.AddLast(waiter);
        _waiting++;
        return waiter;
    }

    private void Remove(Waiter waiter)
    {
        LinkedListNode<LinkedList<Waiter>> line = _tenants[waiter.Scope.Tenant];
        line.Value.Remove(waiter.Place!);
        _waiting--;
        if (line.Value.Count == 0)
        {
            _turns.Remove(line);
            _tenants.Remove(waiter.Scope.Tenant);
        }
    }

    // Whole milliseconds, rounded up: a timer drops the rest, and would ring too early.
    private void Arm(TimeSpan wait) => _timer.Change(
        _waiting == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);

    private sealed class Waiter(IntelScope scope, RateLimits limits, LimitRefusal refusal)
        : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public IntelScope Scope { get; } = scope;

        public RateLimits Limits { get; } = limits;

        public LimitRefusal Refusal { get; } = refusal;

        public LinkedListNode<Waiter>? Place { get; set; }
    }
}
