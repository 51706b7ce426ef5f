using DiscordIntel.Providers;
using DiscordIntel.Results;
using NUnit.Framework;

namespace DiscordIntel.Tests.Providers;

internal sealed class ErrorClassifierTests
{
    [TestCase(400, null, null, StepErrorKind.InvalidRequest, false)]
    [TestCase(400, "unsupported_value", "invalid_request_error", StepErrorKind.InvalidRequest, false)]
    [TestCase(400, "context_length_exceeded", "invalid_request_error", StepErrorKind.ContextTooLong, false)]
    [TestCase(400, "string_above_max_length", null, StepErrorKind.ContextTooLong, false)]
    [TestCase(400, "content_filter", null, StepErrorKind.ContentFiltered, false)]
    [TestCase(400, "billing_hard_limit_reached", null, StepErrorKind.QuotaExhausted, false)]
    [TestCase(401, "invalid_api_key", "invalid_request_error", StepErrorKind.Unauthorized, false)]
    [TestCase(401, null, null, StepErrorKind.Unauthorized, false)]
    [TestCase(402, "402", null, StepErrorKind.QuotaExhausted, false)]
    [TestCase(403, "unsupported_country_region_territory", "request_forbidden", StepErrorKind.Unauthorized, false)]
    [TestCase(403, "model_not_found", null, StepErrorKind.ModelUnavailable, false)]
    [TestCase(404, null, null, StepErrorKind.ModelUnavailable, false)]
    [TestCase(404, "model_not_found", "invalid_request_error", StepErrorKind.ModelUnavailable, false)]
    [TestCase(408, null, null, StepErrorKind.Timeout, true)]
    [TestCase(409, null, null, StepErrorKind.ProviderUnavailable, true)]
    [TestCase(410, "model_deprecated", null, StepErrorKind.ModelUnavailable, false)]
    [TestCase(413, null, "server_error", StepErrorKind.ContextTooLong, false)]
    [TestCase(415, null, null, StepErrorKind.InvalidRequest, false)]
    [TestCase(422, null, null, StepErrorKind.InvalidRequest, false)]
    [TestCase(429, null, null, StepErrorKind.RateLimited, true)]
    [TestCase(429, "rate_limit_exceeded", "tokens", StepErrorKind.RateLimited, true)]
    [TestCase(429, "429", null, StepErrorKind.RateLimited, true)]
    [TestCase(429, "insufficient_quota", "insufficient_quota", StepErrorKind.QuotaExhausted, false)]
    [TestCase(429, null, "insufficient_quota", StepErrorKind.QuotaExhausted, false)]
    [TestCase(500, null, "server_error", StepErrorKind.ProviderUnavailable, true)]
    [TestCase(502, null, null, StepErrorKind.ProviderUnavailable, true)]
    [TestCase(503, null, null, StepErrorKind.ProviderUnavailable, true)]
    [TestCase(504, null, null, StepErrorKind.ProviderUnavailable, true)]
    [TestCase(520, null, null, StepErrorKind.ProviderUnavailable, true)]
    [TestCase(302, null, null, StepErrorKind.ModelUnavailable, false)]
    [TestCase(200, null, null, StepErrorKind.ProviderUnavailable, false)]
    [TestCase(200, "502", null, StepErrorKind.ProviderUnavailable, true)]
    [TestCase(200, "429", null, StepErrorKind.RateLimited, true)]
    [TestCase(200, "401", null, StepErrorKind.Unauthorized, false)]
    [TestCase(200, "7", null, StepErrorKind.ProviderUnavailable, false)]
    [TestCase(200, null, "server_error", StepErrorKind.ProviderUnavailable, true)]
    [TestCase(200, null, "invalid_request_error", StepErrorKind.InvalidRequest, false)]
    [TestCase(200, null, "insufficient_quota", StepErrorKind.QuotaExhausted, false)]
    [TestCase(200, null, "rate_limit_error", StepErrorKind.RateLimited, true)]
    [TestCase(200, null, "authentication_error", StepErrorKind.Unauthorized, false)]
    public void Classify_StatusCodeType_GivesKindAndWhetherToRetry(int status, string? code, string? type, StepErrorKind kind, bool transient) =>
        Assert.That(ErrorClassifier.Classify(new ProviderFault { Status = status, Code = code, Type = type }), Is.EqualTo((kind, transient)));

    [TestCase(429, false, false)]
    [TestCase(503, false, false)]
    [TestCase(503, true, true)]
    [TestCase(302, true, false)]
    [TestCase(400, true, false)]
    [TestCase(401, true, false)]
    public void Classify_ProviderSaysWhetherToRetry_IsObeyedWhereARetryCanHelp(int status, bool word, bool transient) =>
        Assert.That(ErrorClassifier.Classify(new ProviderFault { Status = status, ShouldRetry = word }).IsTransient, Is.EqualTo(transient));

    [Test]
    public void Classify_KindKnown_IsKept() =>
        Assert.That(
            ErrorClassifier.Classify(new ProviderFault { Status = 200, Kind = StepErrorKind.InvalidResponse, Code = "502" }),
            Is.EqualTo((StepErrorKind.InvalidResponse, false)));

    [Test]
    public void Classify_WordsInTheMessage_AreNotRead() =>
        Assert.That(
            ErrorClassifier.Classify(new ProviderFault { Status = 400, Message = "timeout: rate limit, invalid api key, quota, content filter" }).Kind,
            Is.EqualTo(StepErrorKind.InvalidRequest));

    [Test]
    public void IsRetryable_EveryKind_IsTrueForThoseThatPass()
    {
        StepErrorKind[] retryable =
        [
            StepErrorKind.RateLimited, StepErrorKind.InvalidResponse, StepErrorKind.StreamInterrupted, StepErrorKind.Timeout, StepErrorKind.ProviderUnavailable,
        ];

        Assert.That(Enum.GetValues<StepErrorKind>().Where(ErrorClassifier.IsRetryable), Is.EquivalentTo(retryable));
    }
}
