namespace DiscordIntel.Results;

/// <summary>One sentence a kind, fit to be shown to the members of a server: no detail, no blame, no secret.</summary>
internal static class UserMessages
{
    public static string For(StepErrorKind kind) => kind switch
    {
        StepErrorKind.InvalidRequest => "I can't process this request as it is.",
        StepErrorKind.FeatureDisabled => "This feature is switched off here.",
        StepErrorKind.Unauthorized => "I'm not set up correctly to answer. Please tell the bot's owner.",
        StepErrorKind.BudgetExceeded => "This month's AI budget is used up. It will be renewed next month.",
        StepErrorKind.PriceUnknown => "The AI model is not fully set up here. Please tell the bot's owner.",
        StepErrorKind.StoreUnavailable => "I can't answer right now. Please try again in a moment.",
        StepErrorKind.RateLimited => "Too many requests right now. Please try again in a moment.",
        StepErrorKind.Refused => "The AI model declined to answer this.",
        StepErrorKind.ContentFiltered => "The AI provider's content filter blocked this.",
        StepErrorKind.Truncated => "The answer became too long and was cut off.",
        StepErrorKind.InvalidResponse => "The AI model gave an answer I couldn't use. Please try again.",
        StepErrorKind.StreamInterrupted => "The answer was interrupted before it was complete.",
        StepErrorKind.ContextTooLong => "This is too long for me to process at once.",
        StepErrorKind.ModelUnavailable => "The AI model is not available. Please tell the bot's owner.",
        StepErrorKind.QuotaExhausted => "The AI service has no credit left. Please tell the bot's owner.",
        StepErrorKind.ToolLimitReached => "I couldn't finish this in the steps I'm allowed. Please ask for less at once.",
        StepErrorKind.Timeout => "The AI service took too long to answer. Please try again.",
        StepErrorKind.ProviderUnavailable => "The AI service is not reachable right now. Please try again later.",
        _ => "Something went wrong. Please try again later.",
    };
}
