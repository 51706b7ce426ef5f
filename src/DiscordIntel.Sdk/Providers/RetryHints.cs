using System.Globalization;
using System.Net.Http.Headers;

namespace DiscordIntel.Providers;

/// <summary>Reads when to come back. Order of trust, as in OpenAI's own Python client: <c>retry-after-ms</c>, then <c>Retry-After</c> in seconds or as a date.</summary>
internal static class RetryHints
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    public static TimeSpan? RetryAfter(string? milliseconds, string? retryAfter, DateTimeOffset now)
    {
        if (Positive(milliseconds, 1) is { } precise)
        {
            return precise;
        }

        if (Positive(retryAfter, 1000) is { } seconds)
        {
            return seconds;
        }

        // Strictly as HTTP writes dates: a lenient parser makes a date of "1.5.2" or "12:30", and of a past date no wait at all.
        return RetryConditionHeaderValue.TryParse(retryAfter, out RetryConditionHeaderValue? header) && header.Date is { } date
            ? TimeSpan.FromTicks(Math.Clamp((date - now).Ticks, 0, Longest.Ticks))
            : null;
    }

    private static TimeSpan? Positive(string? text, double unitInMilliseconds)
    {
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) && value >= 0
            ? TimeSpan.FromMilliseconds(Math.Min(value * unitInMilliseconds, Longest.TotalMilliseconds))
            : null;
    }
}
