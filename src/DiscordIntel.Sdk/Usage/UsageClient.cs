using DiscordIntel.Models;
using DiscordIntel.Pipeline;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Pipeline.Caching;
using DiscordIntel.Pipeline.Telemetry;
using DiscordIntel.Results;

namespace DiscordIntel.Usage;

/// <summary>Tells what was used and spent, and forgets a tenant. Safe for concurrent use; inject it as a singleton.</summary>
public class UsageClient
{
    private const int Top = 10;
    private readonly IBudgetLedger _ledger;
    private readonly UsageBook _book;
    private readonly ReplyCache _cache;
    private readonly TimeProvider _time;

    internal UsageClient(IBudgetLedger ledger, UsageBook book, ReplyCache cache, TimeProvider time) =>
        (_ledger, _book, _cache, _time) = (ledger, book, cache, time);

    /// <summary>For a substitute in a bot's own tests.</summary>
    protected UsageClient() => (_ledger, _book, _cache, _time) = (null!, null!, null!, null!);

    /// <summary>The usage of one tenant.</summary>
    /// <param name="tenant">The tenant as <see cref="IntelScope.Tenant"/> has it.</param>
    /// <param name="month">The month; null for the current one.</param>
    /// <param name="cancellationToken">Gives the call up; then <see cref="OperationCanceledException"/> is thrown.</param>
    /// <returns>The report, or <see cref="StepErrorKind.StoreUnavailable"/> when the ledger cannot be reached.</returns>
    /// <exception cref="ArgumentException"><paramref name="tenant"/> is null, empty or white space.</exception>
    public virtual async Task<StepResult<UsageReport>> GetAsync(string tenant, BudgetMonth? month = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tenant);
        BudgetMonth of = month ?? BudgetMonth.Of(_time.GetUtcNow());
        return await ReportAsync(BudgetAccount.OfTenant(tenant), of, _book.Of(tenant, of), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The usage of the whole bot, without its users.</summary>
    /// <param name="month">The month; null for the current one.</param>
    /// <param name="cancellationToken">Gives the call up; then <see cref="OperationCanceledException"/> is thrown.</param>
    /// <returns>The report, or <see cref="StepErrorKind.StoreUnavailable"/> when the ledger cannot be reached.</returns>
    public virtual async Task<StepResult<UsageReport>> GetBotAsync(BudgetMonth? month = null, CancellationToken cancellationToken = default)
    {
        BudgetMonth of = month ?? BudgetMonth.Of(_time.GetUtcNow());
        return await ReportAsync(BudgetAccount.Bot, of, _book.OfAll(of), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Erases what is kept of a tenant's content and people: its cached answers, also those of calls under way, and the detail of its usage (users, features,
    /// counts). The sums that its budget is held to stay, or forgetting would be a way around the limit.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="tenant"/> is null, empty or white space.</exception>
    public virtual Task ForgetAsync(string tenant, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tenant);
        cancellationToken.ThrowIfCancellationRequested();
        _cache.Forget(tenant);
        _book.Forget(tenant);
        return Task.CompletedTask;
    }

    private async Task<StepResult<UsageReport>> ReportAsync(BudgetAccount account, BudgetMonth month, UsageSnapshot counted, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        (BudgetBalance balance, Exception? fault) = await HostCode.TryAsync(
            static (state, token) => state.ledger.ReadAsync(state.account, state.month, token), (ledger: _ledger, account, month), HostCode.Patience, _time, cancellationToken).ConfigureAwait(false);
        if (fault is not null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return StepResult.Failure<UsageReport>(BudgetErrors.LedgerUnreadable(fault));
        }

        long failed = counted.Errors.Values.Sum();
        return StepResult.Success(new UsageReport
        {
            Month = month,
            Spent = ModelPrice.ToUsd(balance.SpentNanoUsd),
            Reserved = ModelPrice.ToUsd(balance.ReservedNanoUsd),
            Calls = counted.Succeeded + counted.Cancelled + failed,
            Succeeded = counted.Succeeded,
            Failed = failed,
            Cancelled = counted.Cancelled,
            CacheHits = counted.CacheHits,
            InputTokens = counted.InputTokens,
            OutputTokens = counted.OutputTokens,
            AverageDuration = counted.AverageDuration,
            Percentile95Duration = counted.Percentile95Duration,
            Errors = counted.Errors,
            TopUsers = TopOf(counted.Users),
            TopFeatures = TopOf(counted.Operations),
        });
    }

    private static UsageLine[] TopOf(IReadOnlyDictionary<string, UsageShare> shares) =>
    [
        .. shares.OrderByDescending(pair => pair.Value.NanoUsd).ThenByDescending(pair => pair.Value.Calls).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(Top)
            .Select(pair => new UsageLine { Name = pair.Key, Calls = pair.Value.Calls, Cost = ModelPrice.ToUsd(pair.Value.NanoUsd) }),
    ];
}
