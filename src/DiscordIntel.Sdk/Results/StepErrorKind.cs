namespace DiscordIntel.Results;

/// <summary>Why a step did not succeed. The set is owned by this library and may grow: give a <c>switch</c> over it a default branch.</summary>
public enum StepErrorKind
{
    /// <summary>Something the library did not foresee. The log has the detail.</summary>
    Unexpected,

    /// <summary>The request itself is wrong: empty text, an unlawful schema, a parameter that the model refuses. Repeating it does not help.</summary>
    InvalidRequest,

    /// <summary>The feature is switched off in the configuration.</summary>
    FeatureDisabled,

    /// <summary>The provider does not accept the key, or the key may not do this (401, 403).</summary>
    Unauthorized,

    /// <summary>A monthly limit does not cover the call; <see cref="StepError.RetryAfter"/> says when the month resets.</summary>
    BudgetExceeded,

    /// <summary>There is a limit on spending and no price is known for the model. The message names the setting that gives it one.</summary>
    PriceUnknown,

    /// <summary>A store that the call depends on (the budget ledger, the tenants' policies) could not be reached, and without it nothing goes out.</summary>
    StoreUnavailable,

    /// <summary>Too many requests; <see cref="StepError.RetryAfter"/> says when to come back, if that is known.</summary>
    RateLimited,

    /// <summary>The model declined. Its own words, if any, are in <see cref="StepError.Partial"/>.</summary>
    Refused,

    /// <summary>A content filter of the provider stopped the request or the answer.</summary>
    ContentFiltered,

    /// <summary>The answer was cut off at the output limit. What came is in <see cref="StepError.Partial"/>.</summary>
    Truncated,

    /// <summary>The answer could not be read, was empty, or broke its schema.</summary>
    InvalidResponse,

    /// <summary>A stream ended before it was complete. What came is in <see cref="StepError.Partial"/>.</summary>
    StreamInterrupted,

    /// <summary>The request is longer than the model's context window.</summary>
    ContextTooLong,

    /// <summary>The model does not exist, has been shut down, or this key has no access to it.</summary>
    ModelUnavailable,

    /// <summary>The account at the provider has no credit or quota left.</summary>
    QuotaExhausted,

    /// <summary>The model called tools up to one of the run's caps without an answer. The calls so far are in <see cref="StepReceipt.ToolSteps"/>.</summary>
    ToolLimitReached,

    /// <summary>No answer came in time.</summary>
    Timeout,

    /// <summary>The provider could not be reached or answered with a fault of its own (5xx).</summary>
    ProviderUnavailable,
}
