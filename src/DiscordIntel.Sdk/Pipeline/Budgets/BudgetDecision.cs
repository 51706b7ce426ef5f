using System.Diagnostics.CodeAnalysis;

namespace DiscordIntel.Pipeline.Budgets;

/// <summary>What a ledger answers to a reservation.</summary>
public sealed record BudgetDecision
{
    /// <summary>The common answer: the amount is held, and no alert is due.</summary>
    public static BudgetDecision Reserved { get; } = new();

    /// <summary>Whether the amount is held on every account; otherwise it is held on none.</summary>
    [MemberNotNullWhen(false, nameof(RefusedBy))]
    public bool IsReserved => RefusedBy is null;

    /// <summary>The first line, in the order of the reservation, whose account has no room for the amount; null when it is held.</summary>
    public BudgetLine? RefusedBy { get; init; }

    /// <summary>What the refusing account had spent, in nano-dollars; 0 when the amount is held.</summary>
    public long SpentNanoUsd { get; init; }

    /// <summary>What other attempts held on the refusing account, in nano-dollars; 0 when the amount is held.</summary>
    public long ReservedNanoUsd { get; init; }

    /// <summary>The alerts that became due, of whatever account; empty as a rule.</summary>
    public IReadOnlyList<BudgetAlert> Alerts { get; init; } = [];
}
