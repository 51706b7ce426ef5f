using System.Globalization;
using DiscordIntel.Pipeline.Budgets;

namespace DiscordIntel.Tenants;

/// <summary>What holds for one tenant. What is null is as the configuration says.</summary>
public sealed record TenantPolicy
{
    /// <summary>Whether the tenant agreed that its content is sent to the provider. False: every call is a <see cref="Results.StepErrorKind.FeatureDisabled"/>.</summary>
    /// <value>Default: true.</value>
    public bool Consent { get; init; } = true;

    /// <summary>The model for text, structured outputs and analysis, in place of <c>DiscordIntel:Models:Text</c>. A model named with a request beats it.</summary>
    /// <value>A model's id. Default: null.</value>
    public string? TextModel { get; init; }

    /// <summary>Whether schema-checked answers and the content analysis are on.</summary>
    /// <value>Default: null.</value>
    public bool? StructuredOutputs { get; init; }

    /// <summary>Whether answers may be handed on as they come.</summary>
    /// <value>Default: null.</value>
    public bool? Streaming { get; init; }

    /// <summary>Whether the model may call tools.</summary>
    /// <value>Default: null.</value>
    public bool? FunctionCalling { get; init; }

    /// <summary>The names of the tools that the tenant may use; a call's own allow-list can only narrow it.</summary>
    /// <value>Default: null, all tools.</value>
    public IReadOnlyCollection<string>? AllowedTools { get; init; }

    /// <summary>The most that the tenant may spend in a calendar month (UTC). 0 lets nothing through that costs.</summary>
    /// <value>0 to 9,000,000 US dollars. Default: null.</value>
    public decimal? MonthlyLimitUsd { get; init; }

    /// <summary>The most that one channel of the tenant may spend in a month, counted from the moment the limit is set.</summary>
    /// <value>0 to 9,000,000 US dollars. Default: null.</value>
    public decimal? WorkspaceMonthlyLimitUsd { get; init; }

    /// <summary>The most that one user of the tenant may spend in a month, counted from the moment the limit is set.</summary>
    /// <value>0 to 9,000,000 US dollars. Default: null.</value>
    public decimal? UserMonthlyLimitUsd { get; init; }

    /// <summary>Calls a minute for the whole tenant.</summary>
    /// <value>1 to 1,000,000. Default: null.</value>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Calls a minute for one user of the tenant.</summary>
    /// <value>1 to 1,000,000. Default: null.</value>
    public int? UserRequestsPerMinute { get; init; }

    internal IEnumerable<string> Faults()
    {
        foreach ((string name, decimal? limit) in new[]
        {
            (nameof(MonthlyLimitUsd), MonthlyLimitUsd), (nameof(WorkspaceMonthlyLimitUsd), WorkspaceMonthlyLimitUsd), (nameof(UserMonthlyLimitUsd), UserMonthlyLimitUsd),
        })
        {
            if (limit is < 0 or > BudgetOptions.MostUsd)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{name} is {limit}. Give US dollars a month, from 0 to {BudgetOptions.MostUsd}.");
            }
        }

        foreach ((string name, int? rate) in new[] { (nameof(RequestsPerMinute), RequestsPerMinute), (nameof(UserRequestsPerMinute), UserRequestsPerMinute) })
        {
            if (rate is < 1 or > 1_000_000)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{name} is {rate}. Give a whole number from 1 to 1000000.");
            }
        }

        if (TextModel is { } model && string.IsNullOrWhiteSpace(model))
        {
            yield return $"{nameof(TextModel)} is empty. Name a model, or leave it null.";
        }
    }
}
