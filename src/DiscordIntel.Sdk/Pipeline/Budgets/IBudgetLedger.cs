namespace DiscordIntel.Pipeline.Budgets;

/// <summary>
/// Counts what accounts spend in a month and holds back what running attempts may still cost, so that no limit is passed however many callers there are.
/// An attempt is reserved before it is sent, then settled with its cost, or released when it certainly cost nothing; if neither happens within its
/// time to live, it is forfeited: its whole amount counts as spent.
/// </summary>
/// <remarks>
/// What every implementation promises, for any number of callers and processes that share its store:
/// <list type="bullet">
/// <item>A reservation is held on all its accounts or on none. It is held exactly when spent + reserved + amount is at most the limit on each of them, judged
/// and booked in one step: a caller never sees another's amount that is not held in the end. An amount of 0 is always held, also where a limit is overspent. An account without a limit ends at
/// <see cref="BudgetLine.MaxNanoUsd"/>.</item>
/// <item>So spent + reserved stays at or below a limit that is not lowered, but for costs above their reservation: those are counted in full, never cut, and
/// summed in <see cref="BudgetBalance.OverrunNanoUsd"/>.</item>
/// <item>Reserved is the sum of the open reservations, spent the sum of the settled costs and of what was forfeited.</item>
/// <item>The month is the reservation's own: it is settled, released and forfeited there, whatever the time is by then.</item>
/// <item>Everything goes by the attempt's id. A second settle or release does nothing: the first of them counts. An id that was held is known for its time to
/// live at least, and to reserve it again gives the first answer without holding anything again, also when it has been settled since. A refused id is not kept:
/// to reserve it again is a new try.</item>
/// <item>A settle or a release after the forfeit corrects what was spent, for 24 hours at least. An id that is not known, or no more, is passed over.</item>
/// <item>The limit of an account in a month is the one that the last reservation (also a refused one) gave. Alerts follow it as <see cref="BudgetAlert"/> says;
/// each is given out once, by the call that caused it or by the next call that can give alerts.</item>
/// <item>Time to live runs by the store's clock. What has expired is forfeited by the calls that come next, all of it at the latest by
/// <see cref="ForfeitExpiredAsync"/> and <see cref="ReadAsync"/>.</item>
/// </list>
/// A store that does not answer throws what it likes; the SDK makes a failed call of it and sends nothing. It waits 10 seconds at most, and what comes later
/// is passed over. As the store may have booked all the same, the call may be repeated with the same id, or released; a release may overtake its reservation.
/// A cancelled token ends the waiting; it takes nothing back.
/// </remarks>
public interface IBudgetLedger
{
    /// <summary>Holds an amount on accounts, if all of them have room.</summary>
    /// <exception cref="ArgumentNullException">The reservation is null.</exception>
    ValueTask<BudgetDecision> ReserveAsync(BudgetReservation reservation, CancellationToken cancellationToken);

    /// <summary>Books the cost of an attempt in place of its reservation and gives the alerts that became due.</summary>
    /// <param name="reservationId">The attempt's id.</param>
    /// <param name="actualNanoUsd">The cost in nano-dollars, rounded up: 0 to <see cref="BudgetLine.MaxNanoUsd"/>. It may be above the reservation.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ArgumentOutOfRangeException">The cost is out of range.</exception>
    ValueTask<IReadOnlyList<BudgetAlert>> SettleAsync(Guid reservationId, long actualNanoUsd, CancellationToken cancellationToken);

    /// <summary>Gives a reservation back. Only for an attempt that certainly was not sent or is not billed.</summary>
    ValueTask ReleaseAsync(Guid reservationId, CancellationToken cancellationToken);

    /// <summary>Counts every reservation beyond its time to live as spent and gives the alerts that became due.</summary>
    ValueTask<IReadOnlyList<BudgetAlert>> ForfeitExpiredAsync(CancellationToken cancellationToken);

    /// <summary>What an account has spent and holds in a month; zeros for an account or a month that is not known, or too long ago to be kept.</summary>
    ValueTask<BudgetBalance> ReadAsync(BudgetAccount account, BudgetMonth month, CancellationToken cancellationToken);
}
