using System.Globalization;
using DiscordIntel.Models;

namespace DiscordIntel.Pipeline.Budgets;

/// <summary>
/// What may be spent in a calendar month (UTC). Every request reserves the most it can cost before it is sent and is refused
/// (<see cref="Results.StepErrorKind.BudgetExceeded"/>) where that does not fit; afterwards what it really cost is booked.
/// </summary>
public sealed class BudgetOptions
{
    internal const decimal MostUsd = 9_000_000m;
    internal static readonly string[] Features = ["text", "structured", "analysis", "functions"];

    /// <summary>The most that the whole bot may spend (<c>OPENAI_MAX_MONTHLY_COST</c>); null for no limit.</summary>
    /// <value>0 to 9,000,000 US dollars. Default: 1000.</value>
    public decimal? MonthlyLimitUsd { get; set; } = 1000;

    /// <summary>The most that one tenant (server) may spend; null for no limit.</summary>
    /// <value>0 to 9,000,000 US dollars. Default: null.</value>
    public decimal? TenantMonthlyLimitUsd { get; set; }

    /// <summary>The most that one workspace (channel) may spend; null for no limit. Counted from the moment the limit is set.</summary>
    /// <value>0 to 9,000,000 US dollars. Default: null.</value>
    public decimal? WorkspaceMonthlyLimitUsd { get; set; }

    /// <summary>The most that one user may spend in one tenant; null for no limit. Counted from the moment the limit is set.</summary>
    /// <value>0 to 9,000,000 US dollars. Default: null.</value>
    public decimal? UserMonthlyLimitUsd { get; set; }

    /// <summary>
    /// The most that a feature may spend in the whole bot: <c>text</c>, <c>structured</c>, <c>analysis</c> or <c>functions</c>, such as
    /// <c>DiscordIntel:Budget:FeatureMonthlyLimitsUsd:analysis = 50</c>. Counted from the moment the limit is set.
    /// </summary>
    /// <value>0 to 9,000,000 US dollars each. Default: none.</value>
    public IDictionary<string, decimal> FeatureMonthlyLimitsUsd { get; } = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// A cheaper model for calls made when spending has reached <see cref="DegradeAtPercent"/> of one of their limits, also in place of a model named with the
    /// request, unless that costs no more; <see cref="Results.StepReceipt.Adjustments"/> tells of it. Null: none.
    /// </summary>
    /// <value>The id of a model whose price is known. Default: null.</value>
    public string? DegradeTo { get; set; }

    /// <summary>From which share of a limit, spent and reserved, <see cref="DegradeTo"/> takes over.</summary>
    /// <value>1 to 99 percent. Default: 80.</value>
    public int DegradeAtPercent { get; set; } = 80;

    /// <summary>
    /// Whether calls go on, unlimited and uncounted, while the ledger cannot be reached. Otherwise they are a <see cref="Results.StepErrorKind.StoreUnavailable"/>.
    /// </summary>
    /// <value>Default: false.</value>
    public bool AllowWhenStoreUnavailable { get; set; }

    internal IEnumerable<string> Faults(string path)
    {
        (string Name, decimal? Value)[] limits =
        [
            (nameof(MonthlyLimitUsd), MonthlyLimitUsd),
            (nameof(TenantMonthlyLimitUsd), TenantMonthlyLimitUsd),
            (nameof(WorkspaceMonthlyLimitUsd), WorkspaceMonthlyLimitUsd),
            (nameof(UserMonthlyLimitUsd), UserMonthlyLimitUsd),
            .. FeatureMonthlyLimitsUsd.Select(limit => ($"{nameof(FeatureMonthlyLimitsUsd)}:{limit.Key}", (decimal?)limit.Value)),
        ];
        foreach ((string name, decimal? value) in limits)
        {
            if (value is < 0 or > MostUsd)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture, $"{path}:{name} is {value}. Set US dollars a month, from 0 to {MostUsd}, or remove the setting.");
            }
        }

        foreach (string unknown in FeatureMonthlyLimitsUsd.Keys.Except(Features, StringComparer.OrdinalIgnoreCase))
        {
            yield return $"{path}:{nameof(FeatureMonthlyLimitsUsd)}:{unknown} names no feature. Use one of: {string.Join(", ", Features)}.";
        }

        if (DegradeTo is { } model && string.IsNullOrWhiteSpace(model))
        {
            yield return $"{path}:{nameof(DegradeTo)} is empty. Name a cheaper model or remove the setting.";
        }

        if (DegradeAtPercent is < 1 or > 99)
        {
            yield return $"{path}:{nameof(DegradeAtPercent)} is {DegradeAtPercent}. Set a whole number from 1 to 99.";
        }
    }

    internal static long? Nano(decimal? usd) => usd is { } limit ? ModelPrice.ToNanoUsd(limit) : null;
}
