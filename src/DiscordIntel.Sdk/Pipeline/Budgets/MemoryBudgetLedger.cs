using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace DiscordIntel.Pipeline.Budgets;

/// <summary>The ledger in this process: exact for all callers in it, forgotten when it ends.</summary>
internal sealed class MemoryBudgetLedger(TimeProvider time) : IBudgetLedger
{
    private const int KeptMonths = 12;

    // More than come in, so that the sweep never falls behind, and few enough that no caller pays for all others.
    private const int SweptPerReserve = 64;

    private static readonly TimeSpan LateSettle = TimeSpan.FromHours(24);
    private static readonly TimeSpan BetweenPrunes = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(BudgetMonth Month, BudgetAccount Account), AccountMonth> _accounts = [];
    private readonly Dictionary<Guid, Hold> _holds = [];

    // Every hold's id, once, by the time when something is to be done with it: an open one is forfeited, another one forgotten.
    private readonly PriorityQueue<Guid, long> _due = new();

    // Due and not given out yet: reading a balance can forfeit, but gives no alerts.
    private readonly List<BudgetAlert> _alerts = [];

    // A monotonic clock: a wall clock that is set must neither forfeit nor keep anything.
    private long _pruneAt = time.GetTimestamp();

    public ValueTask<BudgetDecision> ReserveAsync(BudgetReservation reservation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reservation);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<BudgetDecision>(cancellationToken);
        }

        lock (_lock)
        {
            return new(Reserve(reservation));
        }
    }

    // From here on the token is of no interest: there is nothing to wait for, and what was spent must be booked.
    public ValueTask<IReadOnlyList<BudgetAlert>> SettleAsync(Guid reservationId, long actualNanoUsd, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(actualNanoUsd);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(actualNanoUsd, BudgetLine.MaxNanoUsd);
        lock (_lock)
        {
            Close(reservationId, actualNanoUsd);
            return new(TakeAlerts());
        }
    }

    public ValueTask ReleaseAsync(Guid reservationId, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Close(reservationId, 0);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<BudgetAlert>> ForfeitExpiredAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Sweep(time.GetTimestamp(), int.MaxValue);
            return new(TakeAlerts());
        }
    }

    public ValueTask<BudgetBalance> ReadAsync(BudgetAccount account, BudgetMonth month, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Sweep(time.GetTimestamp(), int.MaxValue);
            return new(_accounts.TryGetValue((month, account), out AccountMonth? counted) ? counted.Balance : default);
        }
    }

    private BudgetDecision Reserve(BudgetReservation reservation)
    {
        long now = time.GetTimestamp();
        Sweep(now, SweptPerReserve);
        if (_holds.TryGetValue(reservation.Id, out Hold? known))
        {
            return known.Answer;
        }

        long amount = reservation.AmountNanoUsd;
        AccountMonth[] accounts = Accounts(reservation);
        if (!HaveRoom(reservation, accounts, out BudgetDecision? refusal))
        {
            return refusal;
        }

        foreach (AccountMonth account in accounts)
        {
            account.Reserve(amount);
        }

        BudgetDecision answer = _alerts.Count == 0 ? BudgetDecision.Reserved : new BudgetDecision { Alerts = TakeAlerts() };
        _holds.Add(reservation.Id, new Hold(amount, accounts, answer));
        _due.Enqueue(reservation.Id, After(now, reservation.TimeToLive));
        return answer;
    }

    private AccountMonth[] Accounts(BudgetReservation reservation)
    {
        var accounts = new AccountMonth[reservation.Lines.Count];
        for (int i = 0; i < accounts.Length; i++)
        {
            BudgetLine line = reservation.Lines[i];
            ref AccountMonth? account = ref CollectionsMarshal.GetValueRefOrAddDefault(_accounts, (reservation.Month, line.Account), out _);
            account ??= new AccountMonth(line.Account, reservation.Month);
            account.Limit(line.LimitNanoUsd, _alerts);
            accounts[i] = account;
        }

        return accounts;
    }

    private bool HaveRoom(BudgetReservation reservation, AccountMonth[] accounts, [NotNullWhen(false)] out BudgetDecision? refusal)
    {
        int first = -1;
        for (int i = accounts.Length - 1; i >= 0; i--)
        {
            if (!accounts[i].HasRoom(reservation.AmountNanoUsd))
            {
                accounts[i].Refuse(_alerts);
                first = i;
            }
        }

        refusal = first < 0 ? null : new BudgetDecision
        {
            RefusedBy = reservation.Lines[first],
            SpentNanoUsd = accounts[first].Spent,
            ReservedNanoUsd = accounts[first].Reserved,
            Alerts = TakeAlerts(),
        };
        return refusal is null;
    }

    /// <summary>Ends an attempt with its cost, once. A release is a cost of 0.</summary>
    private void Close(Guid id, long actual)
    {
        if (!_holds.TryGetValue(id, out Hold? hold) || hold.Accounts is not { } accounts)
        {
            return;
        }

        foreach (AccountMonth account in accounts)
        {
            if (hold.IsForfeited)
            {
                account.Correct(hold.Amount, actual, _alerts);
            }
            else
            {
                account.Settle(hold.Amount, actual, _alerts);
            }
        }

        // Known for as long as it can be asked for again, and mostly by its id alone: most holds are of this kind.
        hold.Close();
        if (ReferenceEquals(hold.Answer, Hold.Closed.Answer))
        {
            _holds[id] = Hold.Closed;
        }
    }

    private void Sweep(long now, int most)
    {
        for (; most > 0 && _due.TryPeek(out Guid id, out long due) && due <= now; most--)
        {
            Hold hold = _holds[id];
            if (hold is { IsForfeited: false, Accounts: { } accounts })
            {
                foreach (AccountMonth account in accounts)
                {
                    account.Forfeit(hold.Amount, _alerts);
                }

                hold.Forfeit();
                _due.DequeueEnqueue(id, After(now, LateSettle));
            }
            else
            {
                _due.Dequeue();
                _holds.Remove(id);
            }
        }

        Prune(now);
    }

    private void Prune(long now)
    {
        if (now < _pruneAt)
        {
            return;
        }

        _pruneAt = After(now, BetweenPrunes);
        var current = BudgetMonth.Of(time.GetUtcNow());
        foreach ((BudgetMonth Month, BudgetAccount Account) key in _accounts.Keys)
        {
            if (current.Since(key.Month) > KeptMonths)
            {
                // Removing does not disturb the enumeration of a dictionary.
                _accounts.Remove(key);
            }
        }
    }

    private BudgetAlert[] TakeAlerts()
    {
        if (_alerts.Count == 0)
        {
            return [];
        }

        BudgetAlert[] taken = [.. _alerts];
        _alerts.Clear();
        return taken;
    }

    private long After(long now, TimeSpan span) => now + (long)Math.Ceiling(span.TotalSeconds * time.TimestampFrequency);
}
