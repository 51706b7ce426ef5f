using System.Globalization;
using DiscordIntel.Results;

namespace DiscordIntel.Providers;

/// <summary>Gives a fault its kind: by code, then status, then type; never by words in a message.</summary>
internal static class ErrorClassifier
{
    /// <summary>The kind, and whether our own loop may try again at once.</summary>
    public static (StepErrorKind Kind, bool IsTransient) Classify(ProviderFault fault)
    {
        int status = fault.Status is 0 or 200 && int.TryParse(fault.Code, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 400 and <= 599 ? number : fault.Status;
        StepErrorKind kind = fault.Kind ?? OfCode(fault.Code) ?? OfQuota(fault.Type) ?? OfStatus(status) ?? OfType(fault.Type) ?? StepErrorKind.ProviderUnavailable;
        bool transient = kind switch
        {
            StepErrorKind.RateLimited => true,
            StepErrorKind.Timeout => status is 408,
            StepErrorKind.ProviderUnavailable => status is 0 or 409 or >= 500 || fault.Type is "server_error" || fault.Code is "server_error",
            _ => false,
        };
        return (kind, transient ? fault.ShouldRetry ?? true : fault.ShouldRetry is true && kind is StepErrorKind.ProviderUnavailable);
    }

    /// <summary>Whether the host may hope that the same call succeeds later.</summary>
    public static bool IsRetryable(StepErrorKind kind) => kind is StepErrorKind.RateLimited or StepErrorKind.Timeout
        or StepErrorKind.ProviderUnavailable or StepErrorKind.StreamInterrupted or StepErrorKind.InvalidResponse;

    private static StepErrorKind? OfCode(string? code) => code switch
    {
        "rate_limit_exceeded" => StepErrorKind.RateLimited,
        "insufficient_quota" or "billing_hard_limit_reached" or "billing_not_active" => StepErrorKind.QuotaExhausted,
        "invalid_api_key" or "unsupported_country_region_territory" => StepErrorKind.Unauthorized,
        "model_not_found" or "model_deprecated" => StepErrorKind.ModelUnavailable,
        "context_length_exceeded" or "string_above_max_length" => StepErrorKind.ContextTooLong,
        "content_filter" or "content_policy_violation" or "moderation_blocked" => StepErrorKind.ContentFiltered,
        "server_error" => StepErrorKind.ProviderUnavailable,
        _ => null,
    };

    // Comes with status 429, which alone would say that waiting helps.
    private static StepErrorKind? OfQuota(string? type) => type is "insufficient_quota" ? StepErrorKind.QuotaExhausted : null;

    private static StepErrorKind? OfStatus(int status) => status switch
    {
        >= 300 and < 400 => StepErrorKind.ModelUnavailable,
        401 or 403 => StepErrorKind.Unauthorized,
        402 => StepErrorKind.QuotaExhausted,
        404 or 410 => StepErrorKind.ModelUnavailable,
        408 => StepErrorKind.Timeout,
        409 => StepErrorKind.ProviderUnavailable,
        413 => StepErrorKind.ContextTooLong,
        429 => StepErrorKind.RateLimited,
        >= 400 and < 500 => StepErrorKind.InvalidRequest,
        >= 500 => StepErrorKind.ProviderUnavailable,
        _ => null,
    };

    private static StepErrorKind? OfType(string? type) => type switch
    {
        "invalid_request_error" => StepErrorKind.InvalidRequest,
        "rate_limit_error" or "tokens" or "requests" => StepErrorKind.RateLimited,
        "authentication_error" or "permission_error" => StepErrorKind.Unauthorized,
        _ => null,
    };
}
