using System.Buffers;
using System.Globalization;

namespace DiscordIntel.Providers;

/// <summary>
/// Reads <c>x-ratelimit-{limit,remaining,reset}-{requests,tokens}</c> of OpenAI and of servers like it. Only a plain "nothing left until then" is a pause:
/// while something remains nobody waits, and what cannot be read is passed over.
/// </summary>
internal static class RateLimitHeaders
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    // More is no duration but a point in time, which some servers send.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>How long the provider wants no more requests; null: it did not say so.</summary>
    /// <param name="headers">The reply's headers.</param>
    /// <param name="read">The value of a header, null when it is not there.</param>
    public static TimeSpan? Pause<THeaders>(THeaders headers, Func<THeaders, string, string?> read)
    {
        TimeSpan? requests = read(headers, "x-ratelimit-remaining-requests") is { } someRequests
            ? Pause(read(headers, "x-ratelimit-limit-requests"), someRequests, read(headers, "x-ratelimit-reset-requests"))
            : null;
        TimeSpan? tokens = read(headers, "x-ratelimit-remaining-tokens") is { } someTokens
            ? Pause(read(headers, "x-ratelimit-limit-tokens"), someTokens, read(headers, "x-ratelimit-reset-tokens"))
            : null;
        return requests is null || tokens > requests ? tokens : requests;
    }

    /// <summary>The same for one kind, requests or tokens. A limit of 0 or less is Azure's way to say that it does not know.</summary>
    public static TimeSpan? Pause(string? limit, string? remaining, string? reset) =>
        Whole(remaining) == 0 && Whole(limit) is null or > 0 && Duration(reset) is { Ticks: > 0 } pause ? pause : null;

    private static long? Whole(string? text) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long value) ? value : null;

    /// <summary>A duration as Go writes it (<c>1h2m3.5s</c>, <c>12ms</c>), or plain seconds.</summary>
    private static TimeSpan? Duration(string? text)
    {
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        if (Number(rest) is { } plain)
        {
            return Ticks(plain * TimeSpan.TicksPerSecond);
        }

        double ticks = 0;
        while (!rest.IsEmpty)
        {
            int number = rest.IndexOfAnyExcept(Digits);
            if (number <= 0 || Number(rest[..number]) is not { } value)
            {
                return null;
            }

            rest = rest[number..];
            int letters = rest.IndexOfAny(Digits);
            ReadOnlySpan<char> unit = letters < 0 ? rest : rest[..letters];
            double? size = unit switch
            {
                "h" => TimeSpan.TicksPerHour,
                "m" => TimeSpan.TicksPerMinute,
                "s" => TimeSpan.TicksPerSecond,
                "ms" => TimeSpan.TicksPerMillisecond,
                "us" or "\u00b5s" or "\u03bcs" => TimeSpan.TicksPerMicrosecond,
                "ns" => 1d / TimeSpan.NanosecondsPerTick,
                _ => null,
            };
            if (size is null)
            {
                return null;
            }

            ticks += value * size.Value;
            rest = rest[unit.Length..];
        }

        return Ticks(ticks);
    }

    private static double? Number(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) ? value : null;

    private static TimeSpan? Ticks(double ticks) => ticks <= Longest.Ticks ? TimeSpan.FromTicks((long)Math.Round(ticks)) : null;
}
