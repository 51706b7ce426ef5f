using DiscordIntel.Configuration;
using DiscordIntel.Models;
using DiscordIntel.Pipeline.Budgets;
using DiscordIntel.Pipeline.Routing;
using DiscordIntel.Results;
using DiscordIntel.Tenants;
using Microsoft.Extensions.AI;

namespace DiscordIntel.Pipeline;

/// <summary>
/// What is settled before anything is spent on a call: what holds for its tenant, that it is lawful and says something, and which model it goes to.
/// </summary>
internal sealed class AdmissionStage(TenantRules tenants, BudgetKeeper budgets, Router router) : PipelineStage
{
    public override async ValueTask<StepError?> EnterAsync(CallContext context)
    {
        (CallRules? rules, StepError? unknown) = await tenants.ForAsync(context.Scope.Tenant, context.Options, context.CallerToken).ConfigureAwait(false);
        if (rules is null)
        {
            context.CallerToken.ThrowIfCancellationRequested();
            return unknown;
        }

        context.Rules = rules;
        if (Fault(context, rules) is { } fault)
        {
            return fault;
        }

        router.Prepare(context, await ModelAsync(context, rules).ConfigureAwait(false));
        return null;
    }

    public override void End(CallContext context, in CallOutcome outcome)
    {
    }

    private async ValueTask<string> ModelAsync(CallContext context, CallRules rules)
    {
        string model = context.Generation.Model ?? rules.TextModel;
        if (context.Options.Budget.DegradeTo is { } cheaper && !string.Equals(cheaper, model, StringComparison.OrdinalIgnoreCase)
            && IsCheaper(context, cheaper, model) && await budgets.NearLimitAsync(context).ConfigureAwait(false) is { } whose)
        {
            context.Account.Adjust($"{cheaper} used in place of {model}: {whose}'s budget is spent to {context.Options.Budget.DegradeAtPercent} % or more.");
            return cheaper;
        }

        return model;
    }

    /// <summary>Whether this very call can cost less with that model. A named model may be cheaper already, or free.</summary>
    private bool IsCheaper(CallContext context, string cheaper, string model)
    {
        ModelCatalog catalog = router.CatalogOf(context.Options);
        return CostEstimator.InputTokens(context) is { } input && Most(cheaper) < Most(model);

        long? Most(string id) => Billing.PriceOf(context, catalog, id)?.UpperBoundInNanoUsd(input, CostEstimator.OutputTokens(context));
    }

    private static StepError? Fault(CallContext context, CallRules rules)
    {
        if (!rules.Consent)
        {
            return Error(StepErrorKind.FeatureDisabled, "The tenant has not agreed that its content is sent to a provider (TenantPolicy.Consent is false).");
        }

        if (context.Call.Feature is IntelFeature.StructuredOutputs && !rules.StructuredOutputs)
        {
            return Error(
                StepErrorKind.FeatureDisabled,
                "Structured outputs are switched off. Set DiscordIntel:Features:StructuredOutputs (ENABLE_OPENAI_STRUCTURED_OUTPUTS) to true, or see the tenant's policy.");
        }

        if (context.IsStreamed && !rules.Streaming)
        {
            return Error(
                StepErrorKind.FeatureDisabled, "Streaming is switched off. Set DiscordIntel:Features:Streaming (ENABLE_OPENAI_STREAMING) to true, or see the tenant's policy.");
        }

        if (context.Call.Fault is { } fault)
        {
            return fault;
        }

        if (context.Call.Generation is { } generation && string.Join(" ", generation.Faults("Generation")) is { Length: > 0 } faults)
        {
            return Error(StepErrorKind.InvalidRequest, faults);
        }

        if (context.Call.Spent > TimeSpan.Zero && context.Remaining <= TimeSpan.Zero)
        {
            return Error(StepErrorKind.Timeout, "The call's time ran out before it could ask again.") with { IsRetryable = true };
        }

        if (context.Call.TakesOnlyText && FirstOther(context.Call.Messages) is { } other)
        {
            return Error(StepErrorKind.InvalidRequest, $"A message holds {other}, which this call does not take. Send text.");
        }

        for (int i = 0; i < context.Call.Messages.Count; i++)
        {
            if (!string.IsNullOrWhiteSpace(context.Call.Messages[i].Text))
            {
                return null;
            }
        }

        return Error(StepErrorKind.InvalidRequest, "The request holds no text.");
    }

    // By index: the lists are interfaces, and their enumerators would be allocated on every call.
    private static string? FirstOther(IReadOnlyList<ChatMessage> messages)
    {
        for (int i = 0; i < messages.Count; i++)
        {
            IList<AIContent> contents = messages[i].Contents;
            for (int j = 0; j < contents.Count; j++)
            {
                if (contents[j] is not TextContent)
                {
                    return contents[j]?.GetType().Name ?? "a null";
                }
            }
        }

        return null;
    }

    private static StepError Error(StepErrorKind kind, string message) => new() { Kind = kind, Message = message };
}
