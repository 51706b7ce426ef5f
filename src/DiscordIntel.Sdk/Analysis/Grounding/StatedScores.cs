using System.Globalization;
using System.Text.RegularExpressions;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>Scores that a summary states in words: "8/10", "nine out of ten", "Score: 90%". English and German.</summary>
#pragma warning disable MA0009 // A timeout for patterns that could take long: every repetition is bounded.
internal static partial class StatedScores
{
    private static readonly char[] SentenceEnds = ['.', '!', '?', ';', '\n'];

    private static readonly string[] Numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    /// <summary>The scores, 0 to 10.</summary>
    public static IEnumerable<double> In(string summary)
    {
        foreach (Match match in OutOfTen().Matches(summary))
        {
            // Neither part of a date, a fraction or a range ("8/10/2024", "1.8/10"), nor a share of things ("8 out of 10 drivers"), nor somebody's word.
            string before = summary[..match.Index];
            string sentence = before[(before.LastIndexOfAny(SentenceEnds) + 1)..];
            if ((before is "" or [.., '(' or '*' or ':' or '"' or '“'] || char.IsWhiteSpace(before[^1]))
                && EndsPhrase(summary[(match.Index + match.Length)..])
                && !Reported().IsMatch(sentence)
                && Number(match) is <= 10 and var score)
            {
                yield return score;
            }
        }

        foreach (Match match in Labelled().Matches(summary))
        {
            // Not "Score: 3-1" or "Score: 3 goals".
            if (EndsPhrase(summary[(match.Index + match.Length)..]) && Number(match) is <= 10 and var score)
            {
                yield return score;
            }
        }
    }

    private static bool EndsPhrase(string after) =>
        after.TrimStart('*', ' ') is "" or ['\n' or '\r' or ',' or ';' or ')' or '!' or '"' or '”' or '–' or '—', ..] or ['.'] or ['.', not (>= '0' and <= '9'), ..];

    private static double Number(Match match)
    {
        if (match.Groups["word"] is { Success: true } word)
        {
            return Array.FindIndex(Numbers, number => number.Equals(word.Value, StringComparison.OrdinalIgnoreCase));
        }

        double number = double.Parse(match.Groups["number"].Value.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        return match.Groups["percent"].Success ? number / 10 : number;
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"\b(rates|gives|gave|says|said|calls|called|gibt|gab|nennt|nannte)\b|\b(on|since|by|until|am|vom|seit|bis)\s{1,3}$", Options)]
    private static partial Regex Reported();

    [GeneratedRegex(
        @"(?<number>\d{1,2}([.,]\d{1,2})?)(\s?/\s?|\s{1,3}out\s{1,3}of\s{1,3}|\s{1,3}von\s{1,3})10"
        + @"|\b(?<word>zero|one|two|three|four|five|six|seven|eight|nine|ten)\s{1,3}out\s{1,3}of\s{1,3}(ten|10)",
        Options)]
    private static partial Regex OutOfTen();

    [GeneratedRegex(@"\b(score|bewertung|punktzahl|gesamtwertung)\*{0,2}\s?[:=]\*{0,2}\s?\*{0,2}(?<number>\d{1,3}([.,]\d{1,2})?)(?<percent>\s?%)?", Options)]
    private static partial Regex Labelled();
}
