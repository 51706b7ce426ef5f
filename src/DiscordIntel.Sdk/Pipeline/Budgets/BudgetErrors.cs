using System.Globalization;
using DiscordIntel.Models;
using DiscordIntel.Results;

namespace DiscordIntel.Pipeline.Budgets;

/// <summary>Why a request may not go out, in words that name the setting.</summary>
internal static class BudgetErrors
{
    public static StepError Exceeded(BudgetDecision decision, BudgetReservation reservation, DateTimeOffset now)
    {
        BudgetLine line = decision.RefusedBy!.Value;
        TimeSpan left = reservation.Month.ResetsAt - now;
        string never = reservation.AmountNanoUsd > (line.LimitNanoUsd ?? BudgetLine.MaxNanoUsd)
            ? " That is more than the whole limit: lower DiscordIntel:Generation:MaxOutputTokens, send less, or raise the limit."
            : "";
        return new StepError
        {
            Kind = StepErrorKind.BudgetExceeded,
            Message = string.Create(
                CultureInfo.InvariantCulture,
                $"T{NameOf(line.Account.Level)[1..]}'s budget for {reservation.Month} does not cover this call: of {Usd(line.LimitNanoUsd ?? BudgetLine.MaxNanoUsd)} USD {Usd(decision.SpentNanoUsd)} are spent and {Usd(decision.ReservedNanoUsd)} reserved by calls under way; this one may take up to {Usd(reservation.AmountNanoUsd)}.{never} The month resets at {reservation.Month.ResetsAt:yyyy-MM-dd HH:mm} UTC. The limit is {SettingOf(line.Account)}."),
            IsRetryable = true,
            RetryAfter = left > TimeSpan.Zero ? left : TimeSpan.Zero,
        };
    }

    public static StepError PriceUnknown(CallContext context, BudgetLine[] lines)
    {
        BudgetLine limited = Array.Find(lines, line => line.LimitNanoUsd is not null);
        return new StepError
        {
            Kind = StepErrorKind.PriceUnknown,
            Message = $"There is a budget ({SettingOf(limited.Account)}), and no price is known for the model '{context.Model}', so its calls cannot be held to it. "
                + $"Set {context.Options.Models.EntryPath(context.Model)}:Id = {context.Model} with InputPrice and OutputPrice (US dollars per one million tokens; 0 for a model that costs nothing), or remove every limit.",
        };
    }

    public static StepError Unbounded(CallContext context) => new()
    {
        Kind = StepErrorKind.InvalidRequest,
        Message = $"A message holds {context.Call.Messages.SelectMany(message => message.Contents).First(content => CostEstimator.Tokens(content, context.KnownModel) is null).GetType().Name}, and there is a budget while nobody can say beforehand what it may cost. "
            + "Send text, images with the detail 'low' or 'high', or calls of functions and their results.",
    };

    public static StepError StoreUnavailable(Exception fault) => new()
    {
        Kind = StepErrorKind.StoreUnavailable,
        Message = $"The budget ledger could not be reached ({fault.GetType().Name}), and without it no call goes out. DiscordIntel:Budget:AllowWhenStoreUnavailable would let it, without a limit.",
        IsRetryable = true,
        Exception = fault,
    };

    public static StepError LedgerUnreadable(Exception fault) => new()
    {
        Kind = StepErrorKind.StoreUnavailable,
        Message = $"The budget ledger could not be read ({fault.GetType().Name}).",
        IsRetryable = true,
        Exception = fault,
    };

    public static string NameOf(BudgetLevel level) => level switch
    {
        BudgetLevel.Tenant => "the tenant",
        BudgetLevel.Workspace => "the workspace",
        BudgetLevel.User => "the user",
        BudgetLevel.Feature => "the feature",
        _ => "the bot",
    };

    private static string SettingOf(BudgetAccount account) => account.Level switch
    {
        BudgetLevel.Tenant => "DiscordIntel:Budget:TenantMonthlyLimitUsd, or the tenant's policy",
        BudgetLevel.Workspace => "DiscordIntel:Budget:WorkspaceMonthlyLimitUsd, or the tenant's policy",
        BudgetLevel.User => "DiscordIntel:Budget:UserMonthlyLimitUsd, or the tenant's policy",
        BudgetLevel.Feature => $"DiscordIntel:Budget:FeatureMonthlyLimitsUsd:{account.Name}",
        _ => "DiscordIntel:Budget:MonthlyLimitUsd (OPENAI_MAX_MONTHLY_COST)",
    };

    private static string Usd(long nano) => ModelPrice.ToUsd(nano).ToString("0.#########", CultureInfo.InvariantCulture);
}
