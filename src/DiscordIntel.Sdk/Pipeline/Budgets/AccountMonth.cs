using DiscordIntel.Models;

namespace DiscordIntel.Pipeline.Budgets;

/// <summary>The counters of one account in one month. Not safe for threads: the ledger's lock guards it.</summary>
internal sealed class AccountMonth(BudgetAccount account, BudgetMonth month)
{
    // Costs that cannot be (each at most MaxNanoUsd) end here, far from overflow.
    private const long Ceiling = long.MaxValue / 2;

    private long? _limit;
    private long _spent;
    private long _reserved;
    private long _forfeited;
    private long _overrun;
    private int _alerted;

    public long Spent => _spent;

    public long Reserved => _reserved;

    public BudgetBalance Balance =>
        new() { SpentNanoUsd = _spent, ReservedNanoUsd = _reserved, ForfeitedNanoUsd = _forfeited, OverrunNanoUsd = _overrun };

    private static ReadOnlySpan<int> Shares => [50, 80, 100];

    /// <summary>The limit from now on; a lower one may be reached at once.</summary>
    public void Limit(long? limit, List<BudgetAlert> alerts)
    {
        if (limit != _limit)
        {
            _limit = limit;
            Alert(alerts);
        }
    }

    // Nothing has room everywhere, also past the limit: a model that costs nothing harms no budget.
    public bool HasRoom(long amount) => amount == 0 || amount <= (_limit ?? BudgetLine.MaxNanoUsd) - _spent - _reserved;

    /// <summary>A reservation found no room: the limit counts as reached.</summary>
    public void Refuse(List<BudgetAlert> alerts) => Alert(Shares.Length - 1, alerts);

    public void Reserve(long amount) => _reserved += amount;

    public void Settle(long amount, long actual, List<BudgetAlert> alerts)
    {
        _reserved -= amount;
        Spend(actual, actual - amount, alerts);
    }

    public void Forfeit(long amount, List<BudgetAlert> alerts)
    {
        _reserved -= amount;
        _forfeited += amount;
        Spend(amount, 0, alerts);
    }

    /// <summary>The cost is known after all: it takes the place of what was forfeited.</summary>
    public void Correct(long amount, long actual, List<BudgetAlert> alerts)
    {
        _forfeited -= amount;
        Spend(actual - amount, actual - amount, alerts);
    }

    private void Spend(long more, long aboveReserved, List<BudgetAlert> alerts)
    {
        _spent = Math.Clamp(_spent + more, 0, Ceiling);
        _overrun = Math.Min(_overrun + Math.Max(aboveReserved, 0), Ceiling);
        Alert(alerts);
    }

    private void Alert(List<BudgetAlert> alerts)
    {
        for (int i = 0; i < Shares.Length && _limit is { } limit; i++)
        {
            // Rounded up, and never 0: nothing spent is no share of anything.
            if (_spent >= Math.Max(1, ((limit * Shares[i]) + 99) / 100))
            {
                Alert(i, alerts);
            }
        }
    }

    private void Alert(int share, List<BudgetAlert> alerts)
    {
        if (_limit is { } limit && (_alerted & (1 << share)) == 0)
        {
            _alerted |= 1 << share;
            alerts.Add(new BudgetAlert
            {
                Account = account,
                Month = month,
                Percent = Shares[share],
                Spent = ModelPrice.ToUsd(_spent),
                Limit = ModelPrice.ToUsd(limit),
            });
        }
    }
}
