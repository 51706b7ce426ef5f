namespace DiscordIntel.Pipeline.Budgets;

/// <summary>Whose spending an account counts.</summary>
public enum BudgetLevel
{
    /// <summary>The whole bot: everything it spends, for everybody.</summary>
    Bot,

    /// <summary>One tenant: a server, or the direct messages of one user.</summary>
    Tenant,

    /// <summary>One workspace of a tenant: a channel.</summary>
    Workspace,

    /// <summary>One user inside a tenant.</summary>
    User,

    /// <summary>One feature, such as the analysis, in the whole bot.</summary>
    Feature,
}
