using System.Globalization;

namespace DiscordIntel.Pipeline.Budgets;

/// <summary>A calendar month in UTC: what a budget is counted by.</summary>
public readonly record struct BudgetMonth : IComparable<BudgetMonth>
{
    // Months since January of the year 1, so that the default value is a month, too.
    private readonly int _index;

    private BudgetMonth(int index) => _index = index;

    /// <summary>The year, 1 to 9999.</summary>
    public int Year => 1 + (_index / 12);

    /// <summary>The month, 1 to 12.</summary>
    public int Month => 1 + (_index % 12);

    /// <summary>The first instant of the next month, in UTC: from then on a fresh budget counts.</summary>
    public DateTimeOffset ResetsAt => _index == Index(9999, 12) ? DateTimeOffset.MaxValue : new DateTimeOffset(Year, Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);

    /// <summary>The month in which an instant falls in UTC, whatever its offset.</summary>
    public static BudgetMonth Of(DateTimeOffset instant)
    {
        DateTime utc = instant.UtcDateTime;
        return new(Index(utc.Year, utc.Month));
    }

    /// <summary>Whether one month comes before another.</summary>
    public static bool operator <(BudgetMonth left, BudgetMonth right) => left._index < right._index;

    /// <summary>Whether one month comes after another.</summary>
    public static bool operator >(BudgetMonth left, BudgetMonth right) => left._index > right._index;

    /// <summary>Whether one month comes before another or is the same.</summary>
    public static bool operator <=(BudgetMonth left, BudgetMonth right) => left._index <= right._index;

    /// <summary>Whether one month comes after another or is the same.</summary>
    public static bool operator >=(BudgetMonth left, BudgetMonth right) => left._index >= right._index;

    /// <summary>Compares by time.</summary>
    public int CompareTo(BudgetMonth other) => _index.CompareTo(other._index);

    /// <summary>Year and month, as in <c>2026-11</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}");

    /// <summary>How many months this one comes after another.</summary>
    internal int Since(BudgetMonth other) => _index - other._index;

    private static int Index(int year, int month) => ((year - 1) * 12) + month - 1;
}
