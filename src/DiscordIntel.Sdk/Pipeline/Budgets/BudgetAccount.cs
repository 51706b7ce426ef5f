using System.Security.Cryptography;

namespace DiscordIntel.Pipeline.Budgets;

/// <summary>
/// An account of a budget ledger: who spends. Accounts are compared by their parts as they are, ordinal. The default value is <see cref="Bot"/>.
/// </summary>
public readonly record struct BudgetAccount
{
    private BudgetAccount(BudgetLevel level, string tenant, string name = "") => (Level, Tenant, Name) = (level, tenant, name);

    /// <summary>The account of the whole bot.</summary>
    public static BudgetAccount Bot => default;

    /// <summary>Whose spending it counts.</summary>
    public BudgetLevel Level { get; }

    /// <summary>The tenant; empty for the bot and for a feature.</summary>
    public string Tenant { get => field ?? ""; }

    /// <summary>The workspace, the user (an id: never for a log) in the tenant, or the feature; empty for the bot and for a tenant.</summary>
    public string Name { get => field ?? ""; }

    /// <summary>
    /// A key for a store that outlives the process: a SHA-256 over the length-prefixed parts, 64 hexadecimal digits, as <see cref="IntelScope.TenantKey"/> is.
    /// Different accounts never share it. It is computed anew at every call.
    /// </summary>
    public string Key
    {
        get
        {
            string kind = Level switch
            {
                BudgetLevel.Bot => "budget-bot",
                BudgetLevel.Tenant => "budget-tenant",
                BudgetLevel.Workspace => "budget-workspace",
                BudgetLevel.User => "budget-user",
                _ => "budget-feature",
            };
            byte[] canonical = new byte[IntelScope.CanonicalBound(kind, Tenant, Name)];
            int length = IntelScope.WriteCanonical(canonical, kind, Tenant, Name);
            return Convert.ToHexStringLower(SHA256.HashData(canonical.AsSpan(0, length)));
        }
    }

    /// <summary>The account of a tenant.</summary>
    /// <exception cref="ArgumentException">The tenant is null, empty or white space.</exception>
    public static BudgetAccount OfTenant(string tenant)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tenant);
        return new(BudgetLevel.Tenant, tenant);
    }

    /// <summary>The account of the scope's workspace.</summary>
    /// <exception cref="ArgumentNullException">The scope is null.</exception>
    public static BudgetAccount OfWorkspace(IntelScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return new(BudgetLevel.Workspace, scope.Tenant, scope.Workspace);
    }

    /// <summary>The account of the scope's user, in the scope's tenant only.</summary>
    /// <exception cref="ArgumentNullException">The scope is null.</exception>
    public static BudgetAccount OfUser(IntelScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return new(BudgetLevel.User, scope.Tenant, scope.User);
    }

    /// <summary>The account of a feature in the whole bot.</summary>
    /// <exception cref="ArgumentException">The feature is null, empty or white space.</exception>
    public static BudgetAccount OfFeature(string feature)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(feature);
        return new(BudgetLevel.Feature, "", feature);
    }

    /// <summary>The account for a log; it never shows a user's id.</summary>
    public override string ToString() => Level switch
    {
        BudgetLevel.Bot => "the bot",
        BudgetLevel.Tenant => $"tenant {IntelScope.Shown(Tenant)}",
        BudgetLevel.Workspace => $"workspace {Name} of tenant {IntelScope.Shown(Tenant)}",
        BudgetLevel.User => $"a user of tenant {IntelScope.Shown(Tenant)}",
        _ => $"feature {Name}",
    };
}
