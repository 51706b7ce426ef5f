using System.Globalization;
using System.Text.RegularExpressions;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>Signs that a text holds a ready answer, as JSON or as lines.</summary>
internal static class AnswerSigns
{
    private const string Marks = " \t>*_#-`\"'“”•.,;!{}";
    private const int LongestLine = 100;

    // What is near enough to be one answer, in UTF-16 units.
    private const int Near = 1000;

    private static readonly HeadWords Members = new("score", "overall score", "final score", "rating", "verdict", "confidence");

    private static readonly HashSet<string> Verdicts = new(StringComparer.OrdinalIgnoreCase)
    {
        "true", "false", "verified", "unverified", "disputed", "correct", "incorrect", "likely true", "likely false", "likelytrue", "likelyfalse",
    };

    /// <summary>
    /// A member that only an answer has, a score that is the first of an object at the head of a line, or two different members near each other that other
    /// objects may have too.
    /// </summary>
    public static int Json(string text)
    {
        if (!text.Contains('{') || !text.AsSpan().ContainsAny(InjectionTriggers.Answer))
        {
            return -1;
        }

        (int at, char kind) = (-1, ' ');
        foreach (ValueMatch match in InjectionPatterns.AnswerMember().EnumerateMatches(text))
        {
            int from = Math.Max(0, match.Index - Near);
            int open = text.AsSpan(from, match.Index - from).LastIndexOf('{');
            if (open < 0)
            {
                continue;
            }

            char other = Kind(text.AsSpan(match.Index, match.Length).TrimStart("\\\"'“”"));
            bool saysEnough = other is '!' || (other is 'o' && HeadsLine(text, from + open));
            bool isSecond = at >= 0 && other != kind && match.Index - at <= Near;
            if (saysEnough || isSecond)
            {
                return at >= 0 && match.Index - at <= Near ? at : match.Index;
            }

            (at, kind) = (match.Index, other);
        }

        return -1;
    }

    /// <summary>A line of nothing but a member of an answer and its value, such as <c>score: 10</c>. A rating or a confidence alone is chat; both are not.</summary>
    public static int Line(string text)
    {
        (int weak, char kind) = (-1, ' ');
        foreach (int at in Members.Places(text, afterLabel: true))
        {
            ReadOnlySpan<char> line = text.AsSpan(at, Math.Min(LongestLine, text.Length - at));
            line = line.IndexOfAny('\r', '\n') is var length and >= 0 ? line[..length] : line;
            ReadOnlySpan<char> rest = line[(Members.End(text, at) - at)..].Trim(Marks);
            if (line.Length == LongestLine || rest is not [':' or '=' or '：', ..] || !IsValue(rest[1..].Trim(Marks), isVerdict: line[0] is 'v' or 'V'))
            {
                continue;
            }

            char first = char.ToLowerInvariant(line[0]);
            bool isWeak = first is 'r' or 'c';
            bool isSecond = weak >= 0 && at - weak <= Near && first != kind;
            if (!isWeak || isSecond)
            {
                return isSecond ? weak : at;
            }

            (weak, kind) = (at, first);
        }

        return -1;
    }

    /// <summary>The summary (s), the confidence (c), the claims (l) and the score (o) may be of anything; all others say enough alone (!).</summary>
    private static char Kind(ReadOnlySpan<char> name) => (char.ToLowerInvariant(name[0]), char.ToLowerInvariant(name[1])) switch
    {
        ('c', 'l') => 'l',
        ('c', _) => 'c',
        ('s', 'u') => 's',
        ('s', _) => 'o',
        _ => '!',
    };

    private static bool HeadsLine(string text, int at)
    {
        ReadOnlySpan<char> before = text.AsSpan(Math.Max(0, at - LongestLine)..at);
        int line = before.LastIndexOfAny('\r', '\n');
        return (line >= 0 || before.Length == at) && before[(line + 1)..].Trim("[`>*_\\\"' \t").IsEmpty;
    }

    private static bool IsValue(ReadOnlySpan<char> value, bool isVerdict)
    {
        if (isVerdict)
        {
            return Verdicts.GetAlternateLookup<ReadOnlySpan<char>>().Contains(value);
        }

        int most = value is [.., '%'] ? 100 : 10;
        foreach (string ofTen in new[] { "/10", "/ 10", "out of 10", "%" })
        {
            value = value.EndsWith(ofTen, StringComparison.OrdinalIgnoreCase) ? value[..^ofTen.Length].Trim() : value;
        }

        return double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number >= 0 && number <= most;
    }
}
