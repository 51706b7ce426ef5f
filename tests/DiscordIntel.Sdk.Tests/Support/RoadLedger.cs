using System.Collections.Concurrent;
using DiscordIntel.Pipeline.Budgets;
using Microsoft.Extensions.DependencyInjection;

namespace DiscordIntel.Tests.Support;

/// <summary>A ledger of the host's own: keeps books as the memory ledger does, writes down what it is asked, and misbehaves where the test says so.</summary>
internal sealed class RoadLedger(TimeProvider time) : IBudgetLedger
{
    public const string Reserve = "reserve";
    public const string Settle = "settle";
    public const string Release = "release";
    public const string Read = "read";
    private readonly MemoryBudgetLedger _books = new(time);

    /// <summary>Everything that was booked, in order; a refused reservation is not.</summary>
    public ConcurrentQueue<(string What, Guid Id, long NanoUsd)> Journal { get; } = [];

    /// <summary>Runs before a command is booked: may throw, hang, move the clock.</summary>
    public Func<string, CancellationToken, Task> Before { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>Runs after it was booked, before the answer.</summary>
    public Func<string, CancellationToken, Task> After { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>The commands that answer with null.</summary>
    public HashSet<string> GivesNull { get; } = [];

    public static void Register(IServiceCollection services)
    {
        services.AddSingleton<RoadLedger>();
        services.AddSingleton<IBudgetLedger>(provider => provider.GetRequiredService<RoadLedger>());
    }

    public static RoadLedger Of(RoadHost host) => host.Services.GetRequiredService<RoadLedger>();

    /// <summary>The amounts of one kind of command, in order.</summary>
    public IEnumerable<long> All(string what) => Journal.Where(entry => entry.What == what).Select(entry => entry.NanoUsd);

    public async Task<(long Spent, long Reserved, long Forfeited, long Overrun)> BalanceAsync(BudgetAccount account, BudgetMonth? month = null)
    {
        BudgetBalance balance = await _books.ReadAsync(account, month ?? BudgetMonth.Of(time.GetUtcNow()), CancellationToken.None);
        return (balance.SpentNanoUsd, balance.ReservedNanoUsd, balance.ForfeitedNanoUsd, balance.OverrunNanoUsd);
    }

    public async ValueTask<BudgetDecision> ReserveAsync(BudgetReservation reservation, CancellationToken cancellationToken)
    {
        await Before(Reserve, cancellationToken);
        BudgetDecision decision = await _books.ReserveAsync(reservation, CancellationToken.None);
        if (decision.IsReserved)
        {
            Journal.Enqueue((Reserve, reservation.Id, reservation.AmountNanoUsd));
        }

        await After(Reserve, cancellationToken);
        return GivesNull.Contains(Reserve) ? null! : decision;
    }

    public async ValueTask<IReadOnlyList<BudgetAlert>> SettleAsync(Guid reservationId, long actualNanoUsd, CancellationToken cancellationToken)
    {
        await Before(Settle, cancellationToken);
        Journal.Enqueue((Settle, reservationId, actualNanoUsd));
        IReadOnlyList<BudgetAlert> alerts = await _books.SettleAsync(reservationId, actualNanoUsd, CancellationToken.None);
        await After(Settle, cancellationToken);
        return GivesNull.Contains(Settle) ? null! : alerts;
    }

    public async ValueTask ReleaseAsync(Guid reservationId, CancellationToken cancellationToken)
    {
        await Before(Release, cancellationToken);
        Journal.Enqueue((Release, reservationId, 0));
        await _books.ReleaseAsync(reservationId, CancellationToken.None);
        await After(Release, cancellationToken);
    }

    public ValueTask<IReadOnlyList<BudgetAlert>> ForfeitExpiredAsync(CancellationToken cancellationToken) => _books.ForfeitExpiredAsync(cancellationToken);

    public async ValueTask<BudgetBalance> ReadAsync(BudgetAccount account, BudgetMonth month, CancellationToken cancellationToken)
    {
        await Before(Read, cancellationToken);
        return await _books.ReadAsync(account, month, CancellationToken.None);
    }
}
