using DiscordIntel.Pipeline.Budgets;

namespace DiscordIntel.Tests.Pipeline.Budgets;

/// <summary>
/// What a ledger has to do, said as simply as can be: it keeps every attempt for ever and adds them up anew for each question.
/// </summary>
internal sealed class LedgerModel
{
    private static readonly int[] Shares = [50, 80, 100];

    private readonly List<Attempt> _attempts = [];
    private readonly Dictionary<(BudgetAccount Account, BudgetMonth Month), long?> _limits = [];
    private readonly HashSet<ModelAlert> _told = [];
    private List<ModelAlert> _due = [];

    public IEnumerable<(BudgetAccount Account, BudgetMonth Month)> Accounts => _limits.Keys;

    public int Forfeits { get; private set; }

    public int LateEnds { get; private set; }

    public int Replays { get; private set; }

    public IEnumerable<ModelAlert> Told => _told;

    /// <summary>The refusing line with what was spent and reserved on it, or none; and the alerts.</summary>
    public ModelAnswer Reserve(BudgetReservation reservation, DateTimeOffset now)
    {
        Sweep(now);
        if (_attempts.Find(attempt => attempt.Reservation.Id == reservation.Id && attempt.IsKnown) is { } known)
        {
            Replays++;
            return known.Answer;
        }

        BudgetMonth month = reservation.Month;
        foreach (BudgetLine line in reservation.Lines)
        {
            _limits[(line.Account, month)] = line.LimitNanoUsd;
        }

        Tell();
        BudgetLine[] full =
        [
            .. reservation.Lines.Where(line => reservation.AmountNanoUsd > 0 && line.LimitNanoUsd is { } limit && Read(line.Account, month) is var balance
                && balance.SpentNanoUsd + balance.ReservedNanoUsd + reservation.AmountNanoUsd > limit),
        ];
        foreach (BudgetLine line in full)
        {
            Tell(new ModelAlert(line.Account, month, 100));
        }

        if (full.Length > 0)
        {
            BudgetBalance balance = Read(full[0].Account, month);
            return new ModelAnswer(full[0], balance.SpentNanoUsd, balance.ReservedNanoUsd, TakeAlerts());
        }

        var answer = new ModelAnswer(null, 0, 0, TakeAlerts());
        _attempts.Add(new Attempt { Reservation = reservation, Due = now + reservation.TimeToLive, Answer = answer });
        return answer;
    }

    public List<ModelAlert> End(Guid id, long actual)
    {
        if (_attempts.Find(attempt => attempt.Reservation.Id == id && attempt is { IsKnown: true, Actual: null }) is { } ended)
        {
            ended.Actual = actual;
            LateEnds += ended.IsForfeited ? 1 : 0;
        }

        Tell();
        return TakeAlerts();
    }

    /// <summary>A release gives no alerts: what is due waits for the next call.</summary>
    public void Release(Guid id)
    {
        List<ModelAlert> due = End(id, 0);
        _due = due;
    }

    public void Sweep(DateTimeOffset now)
    {
        foreach (Attempt attempt in _attempts.Where(attempt => attempt.IsKnown && attempt.Due <= now))
        {
            if (attempt is { Actual: null, IsForfeited: false })
            {
                attempt.IsForfeited = true;
                attempt.Due = now + TimeSpan.FromHours(24);
                Forfeits++;
            }
            else
            {
                attempt.IsKnown = false;
            }
        }

        Tell();
    }

    public BudgetBalance Read(BudgetAccount account, BudgetMonth month)
    {
        Attempt[] own = [.. _attempts.Where(attempt => attempt.Reservation.Month == month && attempt.Reservation.Lines.Any(line => line.Account == account))];
        long forfeited = own.Where(attempt => attempt is { Actual: null, IsForfeited: true }).Sum(attempt => attempt.Reservation.AmountNanoUsd);
        return new BudgetBalance
        {
            ReservedNanoUsd = own.Where(attempt => attempt is { Actual: null, IsForfeited: false }).Sum(attempt => attempt.Reservation.AmountNanoUsd),
            ForfeitedNanoUsd = forfeited,
            SpentNanoUsd = forfeited + own.Sum(attempt => attempt.Actual ?? 0),
            OverrunNanoUsd = own.Sum(attempt => Math.Max(0, (attempt.Actual ?? 0) - attempt.Reservation.AmountNanoUsd)),
        };
    }

    public List<ModelAlert> TakeAlerts()
    {
        List<ModelAlert> taken = _due;
        _due = [];
        return taken;
    }

    private void Tell()
    {
        foreach (((BudgetAccount account, BudgetMonth month), long? limit) in _limits)
        {
            long spent = Read(account, month).SpentNanoUsd;
            foreach (int share in Shares.Where(share => spent > 0 && spent * 100 >= limit * share))
            {
                Tell(new ModelAlert(account, month, share));
            }
        }
    }

    private void Tell(ModelAlert alert)
    {
        if (_told.Add(alert))
        {
            _due.Add(alert);
        }
    }

    private sealed class Attempt
    {
        public required BudgetReservation Reservation { get; init; }

        public required ModelAnswer Answer { get; init; }

        public required DateTimeOffset Due { get; set; }

        public bool IsKnown { get; set; } = true;

        public bool IsForfeited { get; set; }

        public long? Actual { get; set; }
    }
}

internal sealed record ModelAlert(BudgetAccount Account, BudgetMonth Month, int Percent);

internal sealed record ModelAnswer(BudgetLine? RefusedBy, long Spent, long Reserved, List<ModelAlert> Alerts);
