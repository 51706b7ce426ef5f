namespace DiscordIntel.Pipeline.Budgets;

/// <summary>An account that a reservation charges, and the limit that holds for it in this call.</summary>
public readonly record struct BudgetLine
{
    /// <summary>The largest limit, and the largest amount: 9 million US dollars in nano-dollars, below which every store counts exactly.</summary>
    public const long MaxNanoUsd = 9_000_000_000_000_000;

    /// <summary>A line that charges an account.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative or above <see cref="MaxNanoUsd"/>.</exception>
    public BudgetLine(BudgetAccount account, long? limitNanoUsd)
    {
        if (limitNanoUsd is { } limit)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(limit, nameof(limitNanoUsd));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxNanoUsd, nameof(limitNanoUsd));
        }

        (Account, LimitNanoUsd) = (account, limitNanoUsd);
    }

    /// <summary>The account to charge.</summary>
    public BudgetAccount Account { get; }

    /// <summary>The most that the account may spend in the month, in nano-dollars.</summary>
    /// <value>0 to <see cref="MaxNanoUsd"/>; null: the account is counted, not limited.</value>
    public long? LimitNanoUsd { get; }
}
