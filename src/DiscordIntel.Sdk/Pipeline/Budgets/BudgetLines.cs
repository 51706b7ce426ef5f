using DiscordIntel.Tenants;

namespace DiscordIntel.Pipeline.Budgets;

/// <summary>The accounts that a call is charged to: the bot's and the tenant's always, the others where they have a limit.</summary>
internal static class BudgetLines
{
    public static BudgetLine[] Of(CallContext context)
    {
        CallRules rules = context.Rules!;
        long? featureLimit = FeatureLimit(context, out string feature);
        int count = 2 + (rules.WorkspaceLimitNanoUsd is null ? 0 : 1) + (rules.UserLimitNanoUsd is null ? 0 : 1) + (featureLimit is null ? 0 : 1);
        var lines = new BudgetLine[count];
        lines[0] = new BudgetLine(BudgetAccount.Bot, rules.BotLimitNanoUsd);
        lines[1] = new BudgetLine(BudgetAccount.OfTenant(context.Scope.Tenant), rules.TenantLimitNanoUsd);
        int next = 2;
        if (rules.WorkspaceLimitNanoUsd is { } workspace)
        {
            lines[next++] = new BudgetLine(BudgetAccount.OfWorkspace(context.Scope), workspace);
        }

        if (rules.UserLimitNanoUsd is { } user)
        {
            lines[next++] = new BudgetLine(BudgetAccount.OfUser(context.Scope), user);
        }

        if (featureLimit is not null)
        {
            lines[next] = new BudgetLine(BudgetAccount.OfFeature(feature), featureLimit);
        }

        return lines;
    }

    private static long? FeatureLimit(CallContext context, out string feature)
    {
        feature = "";
        IDictionary<string, decimal> limits = context.Options.Budget.FeatureMonthlyLimitsUsd;
        if (limits.Count == 0)
        {
            return null;
        }

        // Operations are named by their feature: "analysis.debate".
        string operation = context.Call.Operation;
        int dot = operation.IndexOf('.', StringComparison.Ordinal);
        feature = dot < 0 ? operation : operation[..dot];
        return limits.TryGetValue(feature, out decimal limit) ? BudgetOptions.Nano(limit) : null;
    }
}
