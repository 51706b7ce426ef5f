using System.Globalization;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>Signs that are lines: turns of a conversation with a model, a bare answer, a heading that says that the content ends. They are read without patterns.</summary>
internal static class LineSigns
{
    private const string Marks = " \t>*_#-`\"'“”•.,;!{}";
    private const int LongestLine = 100;

    private static readonly HeadWords Person = new("human", "user");
    private static readonly HeadWords Human = new("human");
    private static readonly HeadWords Model = new("ai");
    private static readonly HeadWords Members = new("score", "overall score", "final score", "rating", "verdict", "confidence");

    private static readonly HeadWords Ends = new(
        [.. new[] { "transcript", "content", "input", "document", "user message", "user input", "prompt", "context", "data", "text", "debate" }
            .SelectMany(what => new[] { $"end of {what}", $"end of the {what}" })]);

    private static readonly HashSet<string> Verdicts = new(StringComparer.OrdinalIgnoreCase)
    {
        "true", "false", "verified", "unverified", "disputed", "correct", "incorrect", "likely true", "likely false", "likelytrue", "likelyfalse",
    };

    /// <summary>Turns of both sides, or one of a person that stands apart as in a prompt: "Human:" after a blank line. One "AI:" may be a heading.</summary>
    public static int ModelTurns(string text)
    {
        int person = Person.FirstRole(text);
        if (person < 0)
        {
            return -1;
        }

        int model = Model.FirstRole(text);
        if (model >= 0)
        {
            return Math.Min(person, model);
        }

        int human = Human.FirstRole(text);
        return human >= 0 && StandsApart(text.AsSpan(0, human)) ? human : -1;
    }

    /// <summary>A line of nothing but a member of an answer and its value, such as <c>score: 10</c>.</summary>
    public static int Answer(string text)
    {
        foreach (int at in Members.Places(text, afterLabel: true))
        {
            ReadOnlySpan<char> line = text.AsSpan(at, Math.Min(LongestLine, text.Length - at));
            line = line.IndexOfAny('\r', '\n') is var length and >= 0 ? line[..length] : line;
            ReadOnlySpan<char> rest = line[(Members.End(text, at) - at)..].Trim(Marks);
            if (line.Length < LongestLine && rest is [':' or '=' or '：', ..] && IsValue(rest[1..].Trim(Marks), isVerdict: line[0] is 'v' or 'V'))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>A heading that ends the content while more follows.</summary>
    public static int End(string text)
    {
        foreach (int at in Ends.Places(text, afterLabel: true))
        {
            int end = Ends.End(text, at);
            ReadOnlySpan<char> rest = text.AsSpan(end).TrimStart("=-*_#~])>」】 \t:.!");
            bool isHeading = rest.IsEmpty || rest[0] is '\r' or '\n' || (end < text.Length && text[end] is '.' or ']' or ':' or '!' or ')');
            if (isHeading && rest.Trim(" \t\r\n=-*_#~").Length > 0)
            {
                return at;
            }
        }

        return -1;
    }

    private static bool StandsApart(ReadOnlySpan<char> before)
    {
        ReadOnlySpan<char> above = before.TrimEnd(" \t>*_#");
        return above.IsEmpty || above.TrimEnd(" \t\r\n").IsEmpty || above.EndsWith("\n\n", StringComparison.Ordinal) || above.EndsWith("\n\r\n", StringComparison.Ordinal);
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
