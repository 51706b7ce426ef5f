using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DiscordIntel.Testing.Shaping;

/// <summary>The length of a text that a schema asks for: by keyword, or in its description, because strict schemas have no keyword for it.</summary>
internal static partial class DescribedLength
{
    private const int Longest = 200;

    /// <summary>The shortest and the longest allowed text, in characters; the longest is at most 200 unless more is required.</summary>
    public static (int Minimum, int Maximum) Of(JsonElement schema)
    {
        string description = schema.TextKeyword("description") ?? "";
        int minimum = schema.CountKeyword("minLength") ?? Number(Least().Match(description)) ?? 0;
        int maximum = schema.CountKeyword("maxLength") ?? Number(Most().Match(description)) ?? Longest;
        return (minimum, Math.Max(minimum, Math.Min(maximum, Longest)));
    }

    private static int? Number(Match match) =>
        match.Success && int.TryParse(match.Groups["n"].ValueSpan, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out int number) ? number : null;

    [GeneratedRegex(
        @"\b(?:at most|no more than|not more than|up to|max(?:imum)?(?: of| length(?: of)?)?:?|exceed|within|exactly|between \d[\d,]* and|\d[\d,]*\s?(?:-|–|to))\s*(?<n>\d[\d,]*)\s+char|\b(?<n>\d[\d,]*) characters (?:or (?:fewer|less)|at most|max)|\bmax(?:imum)?[ _]?length(?: of|:|=)?\s?(?<n>\d[\d,]*)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Most();

    [GeneratedRegex(
        @"\b(?:at least|no fewer than|not fewer than|no less than|min(?:imum)?(?: of| length(?: of)?)?:?|exactly)\s*(?<n>\d[\d,]*)\s+char|\bbetween (?<n>\d[\d,]*) and \d[\d,]*\s+char|\b(?<n>\d[\d,]*)\s?(?:-|–|to)\s*\d[\d,]*\s+char|\b(?<n>\d[\d,]*) characters or more|\bmin(?:imum)?[ _]?length(?: of|:|=)?\s?(?<n>\d[\d,]*)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Least();
}
