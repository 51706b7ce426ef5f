using DiscordIntel.Pipeline.Budgets;

namespace DiscordIntel.Tests.Pipeline.Budgets;

/// <summary>Short ways to reservations.</summary>
internal static class Charge
{
    public static readonly BudgetAccount Tenant = BudgetAccount.OfTenant("1");
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(90);

    /// <summary>A reservation with an id of its own.</summary>
    public static BudgetReservation Of(DateTimeOffset now, long amount, params BudgetLine[] lines) => new()
    {
        Id = Guid.NewGuid(),
        Month = BudgetMonth.Of(now),
        AmountNanoUsd = amount,
        TimeToLive = Life,
        Lines = lines,
    };

    /// <summary>A reservation on one tenant.</summary>
    public static BudgetReservation Of(DateTimeOffset now, long amount, long? limit) => Of(now, amount, new BudgetLine(Tenant, limit));

    /// <summary>Spent, reserved, forfeited, overrun.</summary>
    public static (long Spent, long Reserved, long Forfeited, long Overrun) Plain(this BudgetBalance balance) =>
        (balance.SpentNanoUsd, balance.ReservedNanoUsd, balance.ForfeitedNanoUsd, balance.OverrunNanoUsd);

    public static IEnumerable<int> Percents(this IEnumerable<BudgetAlert> alerts) => alerts.Select(alert => alert.Percent);
}
