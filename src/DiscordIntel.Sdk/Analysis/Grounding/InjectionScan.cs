using System.Buffers;
using System.Text.RegularExpressions;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>
/// Signs that a text tries to steer the model that judges it. A sign changes nothing: the text is content whatever it says. Every sign is looked for once
/// through the text in linear time.
/// </summary>
internal static class InjectionScan
{
    /// <summary>A sentence for each sign, at the line where it first shows, in the order of the lines. The content is not quoted.</summary>
    public static IReadOnlyList<string> Warnings(string content) =>
    [
        .. Signs(content)
            .Where(sign => sign.At >= 0)
            .OrderBy(sign => sign.At)
            .Select(sign => $"Line {1 + content.AsSpan(0, sign.At).Count('\n')} {sign.What}; it was treated as content."),
    ];

    private static IEnumerable<(int At, string What)> Signs(string content) =>
    [
        (At(content, InjectionTriggers.Marker, InjectionPatterns.Marker), "looks like a marker that fences content in"),
        (At(content, InjectionTriggers.TemplateToken, InjectionPatterns.TemplateToken), "holds a control token of a chat template"),
        (At(content, InjectionTriggers.RoleHeader, InjectionPatterns.RoleHeader), "begins like a message of the system, the developer or the assistant"),
        (Answer(content), "holds JSON that looks like a ready answer"),
        (At(content, InjectionTriggers.IgnoreInstructions, InjectionPatterns.IgnoreInstructions), Command("ignore previous instructions")),
        (At(content, InjectionTriggers.NewRole, InjectionPatterns.NewRole), Command("you are now")),
        (At(content, InjectionTriggers.NewInstructions, InjectionPatterns.NewInstructions), Command("new instructions")),
        (At(content, InjectionTriggers.GiveScore, InjectionPatterns.GiveScore), Command("give it a score")),
        (HiddenCharacters.First(content), "holds many invisible characters or hidden text"),
    ];

    private static string Command(string pattern) => $"looks like an instruction to the model (\"{pattern}\" pattern)";

    private static int At(string content, SearchValues<string> triggers, Func<Regex> pattern)
    {
        if (!content.AsSpan().ContainsAny(triggers))
        {
            return -1;
        }

        foreach (ValueMatch match in pattern().EnumerateMatches(content))
        {
            return match.Index + content.AsSpan(match.Index, match.Length).IndexOfAnyExcept(" \t\r\n");
        }

        return -1;
    }

    /// <summary>A member that only an answer has, or two different ones near each other that other objects may have too.</summary>
    private static int Answer(string content)
    {
        const int near = 1000;
        if (!content.Contains('{') || !content.AsSpan().ContainsAny(InjectionTriggers.Answer))
        {
            return -1;
        }

        (int at, char kind) = (-1, ' ');
        foreach (ValueMatch match in InjectionPatterns.AnswerMember().EnumerateMatches(content))
        {
            ReadOnlySpan<char> name = content.AsSpan(match.Index, match.Length).TrimStart("\\\"'“”");
            int from = Math.Max(0, match.Index - near);
            if (!content.AsSpan(from, match.Index - from).Contains('{'))
            {
                continue;
            }

            // s is the summary, co the confidence, cl the claims; all others say enough alone.
            char first = char.ToLowerInvariant(name[0]);
            char other = first is 'c' ? char.ToLowerInvariant(name[1]) : char.ToLowerInvariant(name[1]) is 'u' ? 's' : '!';
            if (other is '!' || (at >= 0 && other != kind && match.Index - at <= near))
            {
                return at >= 0 && match.Index - at <= near ? at : match.Index;
            }

            (at, kind) = (match.Index, other);
        }

        return -1;
    }
}
