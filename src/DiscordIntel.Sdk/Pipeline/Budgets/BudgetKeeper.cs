using System.Runtime.CompilerServices;
using DiscordIntel.Pipeline.Telemetry;
using DiscordIntel.Providers;
using DiscordIntel.Results;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace DiscordIntel.Pipeline.Budgets;

/// <summary>
/// Stands before and after every request to a provider: reserves the most it can cost, and books what it did cost. No request goes out without an open
/// reservation; a ledger that cannot be reached refuses it, unless the options say otherwise.
/// </summary>
internal sealed class BudgetKeeper(IBudgetLedger ledger, AlertOutbox alerts, BudgetMetrics metrics, TimeProvider time, ILogger<BudgetKeeper> logger)
{
    // Past its deadline a call may still be on the wire for a moment: the reservation must not run out before the call does.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(13);

    // For giving a reservation back: it is under way by then, and nobody needs to know how it ends.
    private static readonly TimeSpan ReleasePatience = TimeSpan.FromSeconds(1);
    private readonly ReservationIds _ids = new();
    private int _warned;

    /// <summary>Opens the hold for one request, or says why it may not go out.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<StepError?> ReserveAsync(CallContext context)
    {
        long? bound = CostEstimator.Bound(context, Billing.PriceOf(context, context.Model));
        BudgetLine[] lines = BudgetLines.Of(context);
        if (bound is null && Array.Exists(lines, line => line.LimitNanoUsd is not null))
        {
            return CostEstimator.InputTokens(context) is null ? BudgetErrors.Unbounded(context) : BudgetErrors.PriceUnknown(context, lines);
        }

        WarnOnce(lines);
        TimeSpan remaining = context.Remaining;
        var reservation = new BudgetReservation
        {
            Id = _ids.Next(),
            Month = BudgetMonth.Of(time.GetUtcNow()),
            AmountNanoUsd = bound ?? 0,
            TimeToLive = TimeToLive(context, remaining),
            Lines = lines,
        };
        (BudgetDecision? decision, Exception? fault) = await DecisionAsync(context, reservation, Patience(remaining)).ConfigureAwait(false);
        if (decision is null)
        {
            return await WithoutLedgerAsync(context, reservation.Id, bound, fault ?? new InvalidOperationException("The ledger gave no decision."))
                .ConfigureAwait(false);
        }

        alerts.Post(decision.Alerts);
        if (!decision.IsReserved)
        {
            metrics.Refused(decision.RefusedBy!.Value.Account.Level);
            return BudgetErrors.Exceeded(decision, reservation, time.GetUtcNow());
        }

        context.Hold = new BudgetHold(reservation.Id, bound);
        metrics.Reserved(context.Call.Operation, reservation.AmountNanoUsd);
        return null;
    }

    /// <summary>Closes the hold of a request that ended with an attempt of its own.</summary>
    public ValueTask SettleAsync(CallContext context, in Attempt attempt) => CloseAsync(
        context,
        attempt.Reply is { } reply ? Billing.Of(context, reply)
        : attempt.BillIsUnknown ? Billing.MostOf(context)
        : null);

    /// <summary>Closes the hold of a stream by what it has shown, however it ended.</summary>
    public ValueTask SettleAsync(CallContext context, ChatResponse shown) => CloseAsync(context, Billing.OfStream(context, shown));

    /// <summary>Whether one of the limits is near enough to take the cheaper model.</summary>
    public async ValueTask<string?> NearLimitAsync(CallContext context)
    {
        foreach (BudgetLine line in BudgetLines.Of(context))
        {
            if (line.LimitNanoUsd is not { } limit)
            {
                continue;
            }

            (BudgetBalance balance, Exception? fault) = await HostCode.TryAsync(
                static (state, token) => state.ledger.ReadAsync(state.line.Account, state.month, token),
                (ledger, line, month: BudgetMonth.Of(time.GetUtcNow())),
                Patience(context.Remaining),
                time,
                context.CallerToken).ConfigureAwait(false);
            if (fault is not null)
            {
                // The reservation that follows meets the same ledger and says what is wrong.
                return null;
            }

            if ((decimal)balance.SpentNanoUsd + balance.ReservedNanoUsd >= limit * (context.Options.Budget.DegradeAtPercent / 100m))
            {
                return BudgetErrors.NameOf(line.Account.Level);
            }
        }

        return null;
    }

    // A stream goes on for as long as it is read, whatever the call's deadline.
    private static TimeSpan TimeToLive(CallContext context, TimeSpan remaining) =>
        context.IsStreamed || remaining >= Longest ? Longest : TimeSpan.FromTicks(Math.Max(0, remaining.Ticks)) + Grace;

    private static TimeSpan Patience(TimeSpan remaining) =>
        remaining < HostCode.Patience ? TimeSpan.FromTicks(Math.Max(0, remaining.Ticks)) : HostCode.Patience;

    private async ValueTask<(BudgetDecision? Decision, Exception? Fault)> DecisionAsync(CallContext context, BudgetReservation reservation, TimeSpan patience)
    {
        try
        {
            return await HostCode.TryAsync(
                static (state, token) => state.ledger.ReserveAsync(state.reservation, token), (ledger, reservation), patience, time, context.CallerToken)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException givenUp)
        {
            // The ledger may have booked all the same: its reservation is given back before the caller hears of it.
            return (null, givenUp);
        }
    }

    private void WarnOnce(BudgetLine[] lines)
    {
        if (ledger is MemoryBudgetLedger && Array.Exists(lines, line => line.LimitNanoUsd is not null) && Interlocked.Exchange(ref _warned, 1) == 0)
        {
            Log.MemoryOnly(logger);
        }
    }

    private async ValueTask CloseAsync(CallContext context, Billing.Bill? bill)
    {
        (Guid? id, long held) = (context.Hold?.Id, context.Hold?.BoundNanoUsd ?? 0);
        context.Hold = null;
        if (bill is { } due)
        {
            context.Account.Charge(due.NanoUsd, due.IsEstimated);
        }

        if (id is not { } open)
        {
            return;
        }

        // Whether the caller is still there or not: what was spent is booked.
        (IReadOnlyList<BudgetAlert>? crossed, Exception? fault) = await HostCode.TryAsync(
            static async (state, token) =>
            {
                if (state.actual is { } actual)
                {
                    return await state.ledger.SettleAsync(state.open, actual, token).ConfigureAwait(false);
                }

                await state.ledger.ReleaseAsync(state.open, token).ConfigureAwait(false);
                return [];
            },
            (ledger, open, actual: bill?.NanoUsd),
            HostCode.Patience,
            time,
            CancellationToken.None).ConfigureAwait(false);
        if (fault is not null)
        {
            // The answer is there and is given; the reservation runs out in the ledger and counts in full.
            Log.SettleFailed(logger, context.Call.Operation, bill?.NanoUsd, fault);
            metrics.Lost(context.Call.Operation, held);
        }
        else
        {
            metrics.Closed(context.Call.Operation, held, bill?.NanoUsd);
        }

        alerts.Post(crossed ?? []);
    }

    private async ValueTask<StepError?> WithoutLedgerAsync(CallContext context, Guid reservation, long? bound, Exception fault)
    {
        // The reservation may have been made all the same, and certainly nothing was sent on it.
        await HostCode.TryAsync(
            static async (state, token) =>
            {
                await state.ledger.ReleaseAsync(state.reservation, token).ConfigureAwait(false);
                return true;
            },
            (ledger, reservation),
            ReleasePatience,
            time,
            CancellationToken.None).ConfigureAwait(false);
        if (context.CallerToken.IsCancellationRequested)
        {
            return BudgetErrors.StoreUnavailable(fault);
        }

        Log.LedgerUnavailable(logger, context.Call.Operation, context.Options.Budget.AllowWhenStoreUnavailable ? "goes on without a limit" : "is refused", fault);
        if (!context.Options.Budget.AllowWhenStoreUnavailable)
        {
            return BudgetErrors.StoreUnavailable(fault);
        }

        context.Hold = new BudgetHold(null, bound);
        return null;
    }
}
