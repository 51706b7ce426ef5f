using System.Globalization;

namespace DiscordIntel.Providers;

/// <summary>Reads when to come back. Order of trust, as in OpenAI's own Python client: <c>retry-after-ms</c>, then <c>Retry-After</c> in seconds or as a date.</summary>
internal static class RetryHints
{
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

        return DateTimeOffset.TryParse(retryAfter, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            ? date > now ? date - now : TimeSpan.Zero
            : null;
    }

    private static TimeSpan? Positive(string? text, double unitInMilliseconds)
    {
        const double mostMilliseconds = 365d * 24 * 60 * 60 * 1000;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= 0
            ? TimeSpan.FromMilliseconds(Math.Min(value * unitInMilliseconds, mostMilliseconds))
            : null;
    }
}
