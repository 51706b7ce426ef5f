namespace DiscordIntel.Pipeline.Budgets;

/// <summary>An account reached a share of its limit. Each share is told once per account and month, also when the limit changes afterwards.</summary>
public sealed record BudgetAlert
{
    /// <summary>Whose limit it is.</summary>
    public required BudgetAccount Account { get; init; }

    /// <summary>The month.</summary>
    public required BudgetMonth Month { get; init; }

    /// <summary>
    /// The share in percent: 50 and 80 when that much is spent; 100 when the limit is spent, or when a reservation was refused for the first time,
    /// which comes earlier: what is left may be less than a call can cost.
    /// </summary>
    /// <value>50, 80 or 100.</value>
    public required int Percent { get; init; }

    /// <summary>What was spent at that moment, in US dollars.</summary>
    public required decimal Spent { get; init; }

    /// <summary>The limit at that moment, in US dollars.</summary>
    public required decimal Limit { get; init; }

    /// <summary>The same for every delivery of this alert: a sink that acts twice on it can tell by this key. It holds no id in plain text.</summary>
    public string Key => $"{Account.Key}:{Month}:{Percent}";
}
