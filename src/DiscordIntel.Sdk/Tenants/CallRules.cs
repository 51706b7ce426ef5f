using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Pipeline.Limits;

namespace DiscordIntel.Tenants;

/// <summary>What holds for a call: the configuration, with the tenant's own word over it.</summary>
internal sealed record CallRules
{
    public required string TextModel { get; init; }

    public required bool StructuredOutputs { get; init; }

    public required bool Streaming { get; init; }

    public required bool FunctionCalling { get; init; }

    /// <summary>The tools that the tenant may use; null: all.</summary>
    public required IReadOnlyCollection<string>? AllowedTools { get; init; }

    public required bool Consent { get; init; }

    public required long? BotLimitNanoUsd { get; init; }

    public required long? TenantLimitNanoUsd { get; init; }

    public required long? WorkspaceLimitNanoUsd { get; init; }

    public required long? UserLimitNanoUsd { get; init; }

    public required RateLimits Rates { get; init; }

    public static CallRules Of(DiscordIntelOptions options, TenantPolicy? policy) => new()
    {
        TextModel = policy?.TextModel ?? options.Models.Text,
        StructuredOutputs = policy?.StructuredOutputs ?? options.Features.StructuredOutputs,
        Streaming = policy?.Streaming ?? options.Features.Streaming,
        FunctionCalling = policy?.FunctionCalling ?? options.Features.FunctionCalling,
        AllowedTools = policy?.AllowedTools,
        Consent = policy?.Consent ?? true,
        BotLimitNanoUsd = BudgetOptions.Nano(options.Budget.MonthlyLimitUsd),
        TenantLimitNanoUsd = BudgetOptions.Nano(policy?.MonthlyLimitUsd ?? options.Budget.TenantMonthlyLimitUsd),
        WorkspaceLimitNanoUsd = BudgetOptions.Nano(policy?.WorkspaceMonthlyLimitUsd ?? options.Budget.WorkspaceMonthlyLimitUsd),
        UserLimitNanoUsd = BudgetOptions.Nano(policy?.UserMonthlyLimitUsd ?? options.Budget.UserMonthlyLimitUsd),
        Rates = new RateLimits(
            options.Limits.RequestsPerMinute,
            policy?.RequestsPerMinute ?? options.Limits.TenantRequestsPerMinute,
            policy?.UserRequestsPerMinute ?? options.Limits.UserRequestsPerMinute),
    };
}
