using DiscordIntel.Pipeline.Budgets;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace DiscordIntel.Tests.Pipeline.Budgets;

/// <summary>Runs a sequence against a ledger and the model side by side.</summary>
internal sealed class LedgerRun(LedgerSequence sequence)
{
    // Ends of a month, of a leap February and of a year are near.
    private static readonly DateTimeOffset Start = new(2027, 11, 30, 23, 58, 0, TimeSpan.Zero);

    private static readonly BudgetAccount[] Accounts =
    [
        BudgetAccount.Bot, BudgetAccount.OfTenant("1"), BudgetAccount.OfTenant("2"), BudgetAccount.OfUser(IntelScope.Guild(1, 2, 3)), BudgetAccount.OfFeature("Text"),
    ];

    private static readonly int[][] Charged = [[0], [0, 1], [0, 2], [0, 1, 3], [4, 3, 1, 0]];
    private static readonly long?[] Limits = [null, 0, 1, 10, 40, 99, 1000];
    private static readonly TimeSpan[] Lives = [TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(30), TimeSpan.FromHours(1)];

    private readonly FakeTimeProvider _clock = new(Start);
    private readonly LedgerModel _model = new();
    private readonly long?[] _limits = [200, 120, null, 40, 60];
    private readonly Dictionary<(BudgetAccount Account, BudgetMonth Month), long> _highest = [];
    private readonly List<BudgetReservation> _asked = [];
    private MemoryBudgetLedger _ledger = null!;
    private int _months;

    /// <summary>How often things happened that a run is there for.</summary>
    public Dictionary<string, int> Seen { get; } = [];

    public async Task RunAsync()
    {
        _ledger = new MemoryBudgetLedger(_clock);
        foreach (LedgerStep step in sequence.Steps)
        {
            await DoAsync(step);
            if (sequence.Watched)
            {
                await CompareAsync();
            }
        }

        await CompareAsync();

        // Everybody is gone and the time is up: nothing is held any more.
        _clock.Advance(TimeSpan.FromHours(2));
        await ForfeitAsync();
        await CompareAsync();
        foreach ((BudgetAccount account, BudgetMonth month) in _model.Accounts)
        {
            Assert.That((await _ledger.ReadAsync(account, month, CancellationToken.None)).ReservedNanoUsd, Is.Zero);
        }

        (Seen["forfeits"], Seen["late ends"], Seen["replays"]) = (_model.Forfeits, _model.LateEnds, _model.Replays);
        foreach (IGrouping<int, ModelAlert> alerts in _model.Told.GroupBy(alert => alert.Percent))
        {
            Seen[$"alerts of {alerts.Key} %"] = alerts.Count();
        }
    }

    private async Task DoAsync(LedgerStep step)
    {
        Count(step.Kind.ToString());
        switch (step.Kind)
        {
            case StepKind.Reserve:
                _asked.Add(new BudgetReservation
                {
                    Id = Guid.NewGuid(),
                    Month = BudgetMonth.Of(_clock.GetUtcNow()),
                    AmountNanoUsd = step.Second % 41,
                    TimeToLive = Lives[step.Second % Lives.Length],
                    Lines = [.. Charged[step.First % Charged.Length].Select(i => new BudgetLine(Accounts[i], _limits[i]))],
                });
                await ReserveAsync(_asked[^1]);
                break;
            case StepKind.Replay when Pick(step.First) is { } asked:
                await ReserveAsync(asked);
                break;
            case StepKind.Settle:
                // Sometimes an id that nobody knows.
                Guid id = step.First < 20 || Pick(step.First) is not { } settled ? Guid.NewGuid() : settled.Id;
                long amount = _asked.Find(asked => asked.Id == id)?.AmountNanoUsd ?? 5;
                long actual = (step.Second % 5) switch { 0 => 0, 1 => amount / 2, 2 when !sequence.UpperBounds => amount + 7, _ => amount };
                Same(await _ledger.SettleAsync(id, actual, CancellationToken.None), _model.End(id, actual));
                break;
            case StepKind.Release when Pick(step.First) is { } released:
                await _ledger.ReleaseAsync(released.Id, CancellationToken.None);
                _model.Release(released.Id);
                break;
            case StepKind.Wait:
                Wait(step);
                break;
            case StepKind.ChangeLimit:
                _limits[step.First % Accounts.Length] = Limits[step.Second % Limits.Length];
                break;
            case StepKind.Forfeit:
                await ForfeitAsync();
                break;
            case StepKind.Read:
                await CompareAsync();
                break;
        }
    }

    private async Task ReserveAsync(BudgetReservation reservation)
    {
        BudgetDecision decision = await _ledger.ReserveAsync(reservation, CancellationToken.None);
        ModelAnswer expected = _model.Reserve(reservation, _clock.GetUtcNow());
        Assert.That((decision.RefusedBy, decision.SpentNanoUsd, decision.ReservedNanoUsd), Is.EqualTo((expected.RefusedBy, expected.Spent, expected.Reserved)));
        Same(decision.Alerts, expected.Alerts);
        Count(decision.IsReserved ? "held" : "refused");
        foreach (BudgetLine line in reservation.Lines)
        {
            (BudgetAccount, BudgetMonth) key = (line.Account, reservation.Month);
            _highest[key] = Math.Max(_highest.GetValueOrDefault(key), line.LimitNanoUsd ?? BudgetLine.MaxNanoUsd);
        }
    }

    private async Task ForfeitAsync()
    {
        IReadOnlyList<BudgetAlert> alerts = await _ledger.ForfeitExpiredAsync(CancellationToken.None);
        _model.Sweep(_clock.GetUtcNow());
        Same(alerts, _model.TakeAlerts());
    }

    private async Task CompareAsync()
    {
        _model.Sweep(_clock.GetUtcNow());
        foreach ((BudgetAccount Account, BudgetMonth Month) key in _model.Accounts)
        {
            BudgetBalance balance = await _ledger.ReadAsync(key.Account, key.Month, CancellationToken.None);
            Assert.That(balance.Plain(), Is.EqualTo(_model.Read(key.Account, key.Month).Plain()), $"{key}");

            // Said once more without the model: no limit is passed but by costs above their reservations.
            Assert.That(balance.SpentNanoUsd + balance.ReservedNanoUsd, Is.LessThanOrEqualTo(_highest[key] + balance.OverrunNanoUsd), $"{key}");
            Assert.That(sequence.UpperBounds && balance.OverrunNanoUsd > 0, Is.False);
        }
    }

    private void Wait(LedgerStep step)
    {
        DateTimeOffset reset = BudgetMonth.Of(_clock.GetUtcNow()).ResetsAt;
        switch (step.First % 8)
        {
            case 0 or 1 or 2:
                _clock.Advance(TimeSpan.FromSeconds(step.Second % 40));
                break;
            case 3 or 4:
                _clock.Advance(Lives[step.Second % Lives.Length]);
                break;
            case 5:
                _clock.Advance(TimeSpan.FromHours(23 + (step.Second % 3)));
                break;

            // Not further than a ledger remembers.
            case 6 or 7 when _months < 10:
                _months++;
                Count("months");
                _clock.Advance(reset - _clock.GetUtcNow() + TimeSpan.FromSeconds((step.Second % 3) - 1));
                break;
        }
    }

    /// <summary>One of the last reservations asked for, refused or not.</summary>
    private BudgetReservation? Pick(int number) => _asked.Count == 0 ? null : _asked[_asked.Count - 1 - (number % Math.Min(_asked.Count, 6))];

    private static void Same(IEnumerable<BudgetAlert> alerts, IEnumerable<ModelAlert> expected) =>
        Assert.That(alerts.Select(alert => new ModelAlert(alert.Account, alert.Month, alert.Percent)), Is.EquivalentTo(expected));

    private void Count(string what) => Seen[what] = Seen.GetValueOrDefault(what) + 1;
}
