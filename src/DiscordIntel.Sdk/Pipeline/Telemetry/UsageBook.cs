using System.Collections.Concurrent;
using DiscordIntel.Pipeline.Budgets;

namespace DiscordIntel.Pipeline.Telemetry;

/// <summary>Usage by tenant and month, in memory: it begins anew with the process. Sums of money are the ledger's; this is the detail beside them.</summary>
internal sealed class UsageBook
{
    private const int MonthsKept = 12;
    private readonly ConcurrentDictionary<(string Tenant, BudgetMonth Month), UsageCount> _counts = new();
    private BudgetMonth _newest;

    public void Add(CallContext context, in CallOutcome outcome)
    {
        var month = BudgetMonth.Of(context.Time.GetUtcNow());
        if (month.CompareTo(_newest) > 0)
        {
            _newest = month;
            DropBefore(month);
        }

        _counts.GetOrAdd((context.Scope.Tenant, month), static _ => new UsageCount()).Add(context, outcome);
    }

    public UsageSnapshot Of(string tenant, BudgetMonth month) => (_counts.TryGetValue((tenant, month), out UsageCount? count) ? count : new UsageCount()).Read();

    /// <summary>Of all tenants together, without their users.</summary>
    public UsageSnapshot OfAll(BudgetMonth month)
    {
        var sum = new UsageCount();
        foreach (((_, BudgetMonth of), UsageCount count) in _counts)
        {
            if (of == month)
            {
                sum.Add(count);
            }
        }

        return sum.Read();
    }

    public void Forget(string tenant)
    {
        foreach ((string Tenant, BudgetMonth Month) key in _counts.Keys)
        {
            if (string.Equals(key.Tenant, tenant, StringComparison.Ordinal))
            {
                _counts.TryRemove(key, out _);
            }
        }
    }

    private void DropBefore(BudgetMonth month)
    {
        foreach ((string Tenant, BudgetMonth Month) key in _counts.Keys)
        {
            if (((month.Year - key.Month.Year) * 12) + month.Month - key.Month.Month >= MonthsKept)
            {
                _counts.TryRemove(key, out _);
            }
        }
    }
}
