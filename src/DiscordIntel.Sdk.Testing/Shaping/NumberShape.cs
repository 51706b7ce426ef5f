using System.Text.Json;

namespace DiscordIntel.Testing.Shaping;

/// <summary>Picks a number within the bounds of a schema. Without bounds an integer lies in 0 to 100 and another number in 0 to 1.</summary>
internal static class NumberShape
{
    private const int Steps = 100;

    public static decimal Pick(JsonElement schema, bool integer, uint hash)
    {
        decimal? minimum = schema.NumberKeyword("minimum");
        decimal? above = schema.NumberKeyword("exclusiveMinimum");
        decimal? maximum = schema.NumberKeyword("maximum");
        decimal? below = schema.NumberKeyword("exclusiveMaximum");
        decimal? multiple = schema.NumberKeyword("multipleOf") is { } given and > 0 ? given : null;

        decimal span = Math.Max(integer || multiple is not null ? Steps : 1, Steps * (multiple ?? 0));
        decimal? low = Larger(minimum, above);
        decimal? high = Smaller(maximum, below);
        decimal from = low ?? (high is { } top ? Math.Min(0, top - span) : 0);
        decimal to = high ?? from + span;
        bool openLow = above == from && !(minimum > above);
        bool openHigh = below == to && !(maximum < below);

        decimal value = multiple is not null || integer
            ? OnGrid(multiple ?? 1, from, openLow, to, openHigh, integer, hash)
            : Between(from, to, hash);

        // Readers of integers do not take 5.0.
        return decimal.IsInteger(value) ? decimal.Truncate(value) : value;
    }

    /// <summary>A multiple of <paramref name="step"/>; when no multiple lies within the bounds, the nearest one.</summary>
    private static decimal OnGrid(decimal step, decimal from, bool openLow, decimal to, bool openHigh, bool integer, uint hash)
    {
        decimal first = decimal.Ceiling(from / step);
        decimal last = decimal.Floor(to / step);
        first += openLow && first * step == from ? 1 : 0;
        last -= openHigh && last * step == to ? 1 : 0;
        decimal count = Math.Max(1, last - first + 1);
        for (decimal attempt = 0; attempt < Math.Min(count, 10_000); attempt++)
        {
            decimal value = (first + ((hash + attempt) % count)) * step;
            if (!integer || decimal.IsInteger(value))
            {
                return value;
            }
        }

        return first * step;
    }

    private static decimal Between(decimal from, decimal to, uint hash)
    {
        // Never a bound itself, which may be excluded.
        decimal value = from + ((to - from) / Steps * (1 + (hash % (Steps - 1))));
        decimal rounded = Math.Round(value, 4);
        return rounded > from && rounded < to ? rounded : value;
    }

    private static decimal? Larger(decimal? one, decimal? other) => one is null || other > one ? other : one;

    private static decimal? Smaller(decimal? one, decimal? other) => one is null || other < one ? other : one;
}
