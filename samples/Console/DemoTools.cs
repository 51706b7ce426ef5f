using System.ComponentModel;
using System.Globalization;
using System.Security.Cryptography;

namespace DiscordIntel.Samples.Terminal;

/// <summary>Three functions such as a bot may have. What they are given comes from a model: they say what is wrong with it in words that it can use.</summary>
internal sealed class DemoTools(TimeProvider time)
{
    private static readonly Dictionary<string, (string Kind, double Factor, double Offset)> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        ["mm"] = ("length", 0.001, 0), ["cm"] = ("length", 0.01, 0), ["m"] = ("length", 1, 0), ["km"] = ("length", 1000, 0),
        ["in"] = ("length", 0.0254, 0), ["ft"] = ("length", 0.3048, 0), ["mi"] = ("length", 1609.344, 0),
        ["g"] = ("mass", 0.001, 0), ["kg"] = ("mass", 1, 0), ["oz"] = ("mass", 0.028349523125, 0), ["lb"] = ("mass", 0.45359237, 0),
        ["C"] = ("temperature", 1, 0), ["K"] = ("temperature", 1, -273.15), ["F"] = ("temperature", 5 / 9d, -160 / 9d),
    };

    [Description("The date and time now in a time zone.")]
    public string CurrentTime([Description("An IANA name, such as Europe/Berlin or UTC.")] string timeZone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out TimeZoneInfo? zone)
            ? TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).ToString("dddd, yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture)
            : "There is no such time zone. Give an IANA name.";

    [Description("Rolls dice.")]
    public static string RollDice([Description("How many, 1 to 20.")] int count, [Description("Sides of each, 2 to 100.")] int sides)
    {
        if (count is < 1 or > 20 || sides is < 2 or > 100)
        {
            return "Roll 1 to 20 dice of 2 to 100 sides.";
        }

        int[] rolls = [.. Enumerable.Range(0, count).Select(_ => RandomNumberGenerator.GetInt32(1, sides + 1))];
        return $"{string.Join(" + ", rolls)} = {rolls.Sum()}";
    }

    [Description("Converts lengths (mm cm m km in ft mi), masses (g kg oz lb) and temperatures (C F K).")]
    public static string ConvertUnits(double value, [Description("The unit of the value.")] string from, [Description("The unit that is wanted.")] string to)
    {
        if (!Units.TryGetValue(from, out var source) || !Units.TryGetValue(to, out var target) || source.Kind != target.Kind)
        {
            return $"That cannot be converted. Give two units of one kind out of {string.Join(' ', Units.Keys)}.";
        }

        double inBase = (value * source.Factor) + source.Offset;
        return string.Create(CultureInfo.InvariantCulture, $"{value:G10} {from} = {(inBase - target.Offset) / target.Factor:G10} {to}");
    }
}
