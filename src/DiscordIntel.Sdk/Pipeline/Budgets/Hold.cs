namespace DiscordIntel.Pipeline.Budgets;

/// <summary>What the memory ledger knows of one attempt.</summary>
internal sealed class Hold(long amount, AccountMonth[]? accounts, BudgetDecision answer)
{
    /// <summary>What is left of every hold that was closed and gave no alerts.</summary>
    public static readonly Hold Closed = new(0, null, BudgetDecision.Reserved);

    public long Amount => amount;

    /// <summary>The answer that a replay gets.</summary>
    public BudgetDecision Answer => answer;

    public bool IsForfeited { get; private set; }

    /// <summary>The accounts it is charged to, for as long as it can still be settled.</summary>
    public AccountMonth[]? Accounts { get; private set; } = accounts;

    public void Forfeit() => IsForfeited = true;

    public void Close() => Accounts = null;
}
