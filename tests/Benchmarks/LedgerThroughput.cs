using BenchmarkDotNet.Attributes;
using DiscordIntel.Pipeline.Budgets;
using Microsoft.Extensions.DependencyInjection;

namespace DiscordIntel.Benchmarks;

/// <summary>
/// The time of one reserve and its settle on the ledger in memory, with many callers at once: a billion divided by the mean in nanoseconds is the pairs per
/// second. Several callers yield between the two, as if they were sending. Ids are remembered for a tenth of a second, so that the ledger remembers as many
/// as under a steady load, and sweeps.
/// </summary>
[MemoryDiagnoser]
#pragma warning disable CA1001 // BenchmarkDotNet calls the cleanup.
public class LedgerThroughput
#pragma warning restore CA1001
{
    private const int Pairs = 256_000;

    private readonly BudgetMonth _month = BudgetMonth.Of(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero));
    private ServiceProvider _services = null!;
    private IBudgetLedger _ledger = null!;
    private BudgetLine[] _lines = [];
    private int _run;

    [Params(1, 64, 1000)]
    public int Callers { get; set; }

    /// <summary>1: the bot. 3: the bot, a tenant and a user.</summary>
    [Params(1, 3)]
    public int Accounts { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var services = new ServiceCollection();
        services.AddDiscordIntel(options => options.OpenAI.ApiKey = "sk-benchmark");
        _services = services.BuildServiceProvider();
        _ledger = _services.GetRequiredService<IBudgetLedger>();
        IntelScope scope = IntelScope.Guild(112233445566778899, 2, 998877665544332211);
        BudgetAccount[] accounts = [BudgetAccount.Bot, BudgetAccount.OfTenant(scope.Tenant), BudgetAccount.OfUser(scope)];
        _lines = [.. accounts.Take(Accounts).Select(account => new BudgetLine(account, BudgetLine.MaxNanoUsd))];
    }

    [GlobalCleanup]
    public void Cleanup() => _services.Dispose();

    [Benchmark(OperationsPerInvoke = Pairs)]
    public async Task ReserveAndSettle()
    {
        int run = ++_run;
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task[] callers = [.. Enumerable.Range(0, Callers).Select(caller => CallAsync(gate.Task, run, caller))];
        gate.SetResult();
        await Task.WhenAll(callers);
    }

    private async Task CallAsync(Task gate, int run, int caller)
    {
        await gate;
        for (int i = 0; i < Pairs / Callers; i++)
        {
            var reservation = new BudgetReservation
            {
                Id = new Guid(run, (short)caller, (short)(i >> 16), 1, 0, 0, 0, (byte)(i >> 24), (byte)(i >> 16), (byte)(i >> 8), (byte)i),
                Month = _month,
                AmountNanoUsd = 1000,
                TimeToLive = TimeSpan.FromSeconds(0.1),
                Lines = _lines,
            };
            BudgetDecision decision = await _ledger.ReserveAsync(reservation, CancellationToken.None);
            if (!decision.IsReserved)
            {
                throw new InvalidOperationException("There has to be room.");
            }

            if (Callers > 1)
            {
                await Task.Yield();
            }

            await _ledger.SettleAsync(reservation.Id, 900, CancellationToken.None);
        }
    }
}
