using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DiscordIntel.Testing.Content;

namespace DiscordIntel.Testing.Shaping;

/// <summary>
/// Picks a text: a value of the format, a text that matches the pattern, else a sentence. For a pattern that neither a sentence nor
/// <see cref="PatternSample"/> meets, a sentence is given though it does not match.
/// </summary>
internal sealed class StringShape(SentenceWalk walk, IReadOnlyList<string> speakers)
{
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    public string Pick(JsonElement schema, Place place, string? neighbour, uint hash)
    {
        if (schema.TextKeyword("format") is { } format && Formatted(format, hash) is { } value)
        {
            return value;
        }

        (int minimum, int maximum) = DescribedLength.Of(schema);
        if (schema.TextKeyword("pattern") is { } pattern && Matching(pattern, minimum, maximum) is { } match)
        {
            return match;
        }

        if (place.IsSpeaker && speakers.Count > 0)
        {
            // Side by side in a list of speakers, spread elsewhere.
            string[] steps = place.Path.Split('/');
            int index = place.Name == "name" ? int.Parse(steps[^2], CultureInfo.InvariantCulture) : (int)(hash % (uint)speakers.Count);
            return speakers[index % speakers.Count];
        }

        // One word, such as the name of a speaker, stands in many places: nobody quotes it.
        return place.IsQuote && neighbour?.Contains(' ', StringComparison.Ordinal) == true && neighbour.Length >= minimum && neighbour.Length <= maximum
            ? neighbour
            : walk.Next(maximum, minimum);
    }

    private string? Matching(string pattern, int minimum, int maximum)
    {
        Regex regex;
        try
        {
            regex = new Regex(pattern, RegexOptions.CultureInvariant, PatternTimeout);
        }
        catch (RegexParseException)
        {
            // A pattern of another dialect: nothing here can tell what would match.
            return null;
        }

        return walk.NextWhere(sentence => Fits(sentence)) ?? (PatternSample.Of(pattern) is { } sample && Fits(sample) ? sample : null);

        bool Fits(string text)
        {
            try
            {
                return text.Length >= minimum && text.Length <= maximum && regex.IsMatch(text);
            }
            catch (RegexMatchTimeoutException)
            {
                return false;
            }
        }
    }

    /// <summary>A value of a format that strict schemas know, and of <c>uri</c>, which others use; null for any other format.</summary>
    private static string? Formatted(string format, uint hash)
    {
        uint day = 1 + (hash % 28);
        return format switch
        {
            "date" => Text($"2026-01-{day:00}"),
            "time" => Text($"{hash % 24:00}:00:00Z"),
            "date-time" => Text($"2026-01-{day:00}T{hash % 24:00}:00:00Z"),
            "duration" => Text($"PT{1 + (hash % 59)}M"),
            "email" => Text($"reader{hash % 100}@example.com"),
            "hostname" => Text($"host{hash % 100}.example.com"),
            "ipv4" => Text($"192.0.2.{1 + (hash % 254)}"),
            "ipv6" => Text($"2001:db8::{1 + (hash % 0xfffe):x}"),
            "uuid" => Text($"{hash:x8}-0000-4000-8000-{hash:x12}"),
            "uri" or "url" => Text($"https://example.com/{hash % 100}"),
            _ => null,
        };

        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
