using System.Runtime.InteropServices;

namespace DiscordIntel.Pipeline.Budgets;

/// <summary>An open reservation: money that a request under way may take.</summary>
/// <param name="Id">The reservation in the ledger; null when the ledger could not be reached and the call goes on without it.</param>
/// <param name="BoundNanoUsd">The most that the request can cost; null when the model's price is not known.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BudgetHold(Guid? Id, long? BoundNanoUsd);
