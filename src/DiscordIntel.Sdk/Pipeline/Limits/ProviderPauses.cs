namespace DiscordIntel.Pipeline.Limits;

/// <summary>An account that a provider told "no more for now" about a model leaves that model alone, with every call, until the time is over.</summary>
internal sealed class ProviderPauses(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly SteadyClock _clock = new(time);
    private readonly Dictionary<(string Account, string Model), long> _until = [];

    /// <summary>The pauses held.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _until.Count;
            }
        }
    }

    /// <summary>Pauses the model for the account from now on, at most for the cap. A pause that ends later stays.</summary>
    public void Pause(string account, string model, TimeSpan pause, TimeSpan cap)
    {
        lock (_gate)
        {
            long now = _clock.Now();
            Forget(now);
            long until = now + Math.Min(pause.Ticks, cap.Ticks);
            if (until > now && until > _until.GetValueOrDefault((account, model)))
            {
                _until[(account, model)] = until;
            }
        }
    }

    /// <summary>What is left of the pause; null when there is none.</summary>
    public TimeSpan? Remaining(string account, string model)
    {
        lock (_gate)
        {
            if (_until.Count == 0)
            {
                return null;
            }

            long now = _clock.Now();
            Forget(now);
            return _until.TryGetValue((account, model), out long until) ? TimeSpan.FromTicks(until - now) : null;
        }
    }

    // Pauses are few: a look at all of them is cheaper than an order.
    private void Forget(long now)
    {
        foreach (((string, string) key, long until) in _until)
        {
            if (until <= now)
            {
                _until.Remove(key);
            }
        }
    }
}
