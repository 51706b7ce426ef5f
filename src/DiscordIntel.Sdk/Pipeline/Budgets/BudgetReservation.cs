namespace DiscordIntel.Pipeline.Budgets;

/// <summary>An upper bound of what one attempt may cost, to be held on its accounts before the request is sent. What exists is lawful: the members check themselves.</summary>
public sealed record BudgetReservation
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(7);

    /// <summary>The id of the attempt. Each retry, re-ask, tool turn and fallback is an attempt and has an id of its own.</summary>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public required Guid Id
    {
        get;
        init => field = value != Guid.Empty ? value : throw new ArgumentException("An attempt needs an id of its own.", nameof(value));
    }

    /// <summary>The month that pays, whenever the attempt ends: the month of its start.</summary>
    public required BudgetMonth Month { get; init; }

    /// <summary>The upper bound of the cost, in nano-dollars, rounded up.</summary>
    /// <value>0 to <see cref="BudgetLine.MaxNanoUsd"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The amount is out of range.</exception>
    public required long AmountNanoUsd
    {
        get;
        init
        {
            field = value is >= 0 and <= BudgetLine.MaxNanoUsd
                ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(AmountNanoUsd)} is 0 to {BudgetLine.MaxNanoUsd}.");
        }
    }

    /// <summary>After this time an amount that is still held is forfeited: counted as spent. Longer than the attempt can take, with a reserve.</summary>
    /// <value>Above zero, at most 7 days.</value>
    /// <exception cref="ArgumentOutOfRangeException">The time is out of range.</exception>
    public required TimeSpan TimeToLive
    {
        get;
        init
        {
            field = value > TimeSpan.Zero && value <= LongestLife
                ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(TimeToLive)} is above zero and at most {LongestLife.TotalDays} days.");
        }
    }

    /// <summary>The accounts to charge, each with the whole amount. The list is kept, not copied: it must not change afterwards.</summary>
    /// <value>At least one line, no account twice.</value>
    /// <exception cref="ArgumentException">The list is null or empty, or names an account twice.</exception>
    public required IReadOnlyList<BudgetLine> Lines
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Count == 0)
            {
                throw new ArgumentException("A reservation charges at least one account.", nameof(value));
            }

            for (int i = 1; i < value.Count; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    if (value[i].Account == value[j].Account)
                    {
                        throw new ArgumentException($"A reservation charges an account once: {value[i].Account}.", nameof(value));
                    }
                }
            }

            field = value;
        }
    }
}
