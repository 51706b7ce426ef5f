using System.Runtime.InteropServices;

namespace DiscordIntel.Pipeline.Budgets;

/// <summary>What an account has spent and holds in a month, in nano-dollars.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BudgetBalance
{
    /// <summary>What was settled, and what was forfeited and not corrected since.</summary>
    public long SpentNanoUsd { get; init; }

    /// <summary>What open reservations hold.</summary>
    public long ReservedNanoUsd { get; init; }

    /// <summary>The part of <see cref="SpentNanoUsd"/> whose attempts never told their cost: the full reservation stands for it.</summary>
    public long ForfeitedNanoUsd { get; init; }

    /// <summary>By how much costs went above their reservations, in all. Above 0, an estimate was no upper bound.</summary>
    public long OverrunNanoUsd { get; init; }
}
