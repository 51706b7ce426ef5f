namespace DiscordIntel.Pipeline.Limits;

/// <summary>The calls that wait: a line a tenant, and whose turn it is. Not thread-safe: its owner's lock guards it.</summary>
internal sealed class WaitingCalls(GcraLimiter limiter)
{
    private readonly Dictionary<string, LinkedListNode<LinkedList<WaitingCall>>> _tenants = [];

    // The tenant whose turn it is comes first.
    private readonly LinkedList<LinkedList<WaitingCall>> _turns = [];

    public int Count { get; private set; }

    public int Tenants => _tenants.Count;

    public void Add(WaitingCall call)
    {
        if (!_tenants.TryGetValue(call.Scope.Tenant, out LinkedListNode<LinkedList<WaitingCall>>? line))
        {
            _tenants[call.Scope.Tenant] = line = _turns.AddLast(new LinkedList<WaitingCall>());
        }

        call.Place = line.Value.AddLast(call);
        Count++;
    }

    public void Remove(WaitingCall call)
    {
        LinkedListNode<LinkedList<WaitingCall>> line = _tenants[call.Scope.Tenant];
        line.Value.Remove(call.Place!);
        Count--;
        if (line.Value.Count == 0)
        {
            _turns.Remove(line);
            _tenants.Remove(call.Scope.Tenant);
        }
    }

    /// <summary>Lets nobody go: each is told that it waited in vain.</summary>
    public void RefuseAll()
    {
        foreach (WaitingCall call in _turns.SelectMany(static line => line).ToArray())
        {
            Remove(call);
            call.SetCanceled(CancellationToken.None);
        }
    }

    /// <summary>Lets go who may, one of each tenant in turn. Gives the time until the next one may.</summary>
    public TimeSpan Serve()
    {
        TimeSpan wait = TimeSpan.MaxValue;
        for (int refused = 0; refused < _turns.Count;)
        {
            LinkedListNode<LinkedList<WaitingCall>> turn = _turns.First!;
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
    private LimitLevel? ServeOne(LinkedList<WaitingCall> line, ref TimeSpan wait)
    {
        var level = LimitLevel.User;
        for (LinkedListNode<WaitingCall>? place = line.First; place is not null && level is LimitLevel.User; place = place.Next)
        {
            WaitingCall call = place.Value;
            if (limiter.TryAcquire(call.Scope, call.Limits) is not { } refusal)
            {
                Remove(call);
                call.SetResult();
                return null;
            }

            wait = refusal.RetryAfter < wait ? refusal.RetryAfter : wait;
            level = refusal.Level;
        }

        return level;
    }
}
