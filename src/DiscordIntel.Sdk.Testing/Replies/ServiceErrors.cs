using System.Globalization;
using DiscordIntel.Testing.Checks;

namespace DiscordIntel.Testing.Replies;

/// <summary>Errors that do not come from a faulty request, in the words of OpenAI's error guide.</summary>
internal static class ServiceErrors
{
    public const string BadGatewayPage =
        "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n";

    public static readonly ApiError RateLimited = new(
        429, "Rate limit reached for requests. Visit https://platform.openai.com/account/rate-limits to learn more.", "requests", null, "rate_limit_exceeded");

    public static readonly ApiError QuotaExhausted = new(
        429,
        "You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.",
        "insufficient_quota",
        null,
        "insufficient_quota");

    public static readonly ApiError Internal = new(
        500, "The server had an error while processing your request. Sorry about that!", "server_error", null, null);

    public static readonly ApiError Overloaded = new(
        503, "The engine is currently overloaded, please try again later", "server_error", null, null);

    public static readonly ApiError Unauthorized = new(
        401,
        "Incorrect API key provided: sk-***. You can find your API key at https://platform.openai.com/account/api-keys.",
        ApiError.InvalidRequest,
        null,
        "invalid_api_key");

    public static readonly ApiError ContextTooLong = new(
        400,
        "This model's maximum context length is 128000 tokens. However, your messages resulted in 131072 tokens. Please reduce the length of the messages.",
        ApiError.InvalidRequest,
        "messages",
        "context_length_exceeded");

    public static ApiError ModelNotFound(string model) => new(
        404, $"The model `{model}` does not exist or you do not have access to it.", ApiError.InvalidRequest, null, "model_not_found");

    public static (string Name, string Value)[] RetryHeaders(TimeSpan? retryAfter) => retryAfter is not { } wait
        ? []
        : [
            ("retry-after", Math.Ceiling(wait.TotalSeconds).ToString("F0", CultureInfo.InvariantCulture)),
            ("retry-after-ms", Math.Ceiling(wait.TotalMilliseconds).ToString("F0", CultureInfo.InvariantCulture)),
        ];
}
