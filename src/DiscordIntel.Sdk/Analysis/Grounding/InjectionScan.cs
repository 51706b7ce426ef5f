using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>
/// Signs that a text tries to steer the model that judges it. A sign changes nothing: the text is content whatever it says. Every sign is looked for once
/// through the text in linear time, and again through what a disguised text looks like.
/// </summary>
internal static class InjectionScan
{
    /// <summary>A sentence for each sign, at the line where it first shows, in the order of the lines. The content is not quoted.</summary>
    public static IReadOnlyList<string> Warnings(string content)
    {
        string plain = SpacedLetters.Join(Disguise.Remove(content), out int spelled);
        IEnumerable<(int Line, string What)> signs = Signs(content).Concat(ReferenceEquals(plain, content) ? [] : Signs(plain));
        return
        [
            .. signs.Append(At(content, HiddenCharacters.First(content), "holds many invisible characters or hidden text"))
                .Append(At(plain, spelled, "spells out an instruction to the model with its letters set apart"))
                .Where(sign => sign.Line > 0)
                .GroupBy(sign => sign.What, sign => sign.Line, StringComparer.Ordinal)
                .Select(group => (Line: group.Min(), What: group.Key))
                .OrderBy(sign => sign.Line)
                .Select(sign => $"Line {sign.Line} {sign.What}; it was treated as content."),
        ];
    }

    private static IEnumerable<(int Line, string What)> Signs(string content) =>
    [
        .. Known(content).Select(sign => At(content, sign.At, sign.What)),
        .. Ascii.IsValid(content) ? [] : Foreign(content).Select(sign => At(content, sign.At, sign.What)),
    ];

    private static IEnumerable<(int At, string What)> Known(string content) =>
    [
        (At(content, InjectionTriggers.Marker, InjectionPatterns.Marker), "looks like a marker that fences content in"),
        (At(content, InjectionTriggers.TemplateToken, InjectionPatterns.TemplateToken), "holds a control token of a chat template"),
        (At(content, InjectionTriggers.RoleHeader, InjectionPatterns.RoleHeader), Role),
        (LineSigns.ModelTurns(content), "begins like a turn of a conversation with a model"),
        (Answer(content), "holds JSON that looks like a ready answer"),
        (LineSigns.Answer(content), "is nothing but a score or verdict, like a ready answer"),
        (LineSigns.End(content), "says that the content ends, and more follows"),
        (At(content, InjectionTriggers.IgnoreInstructions, InjectionPatterns.IgnoreInstructions), Ignore),
        (InjectionPhrases.IgnoreInstructions.First(content), Ignore),
        (At(content, InjectionTriggers.NewRole, InjectionPatterns.NewRole), NewRole),
        (At(content, InjectionTriggers.NewInstructions, InjectionPatterns.NewInstructions), NewInstructions),
        (At(content, InjectionTriggers.GiveScore, InjectionPatterns.GiveScore), GiveScore),
        (InjectionPhrases.GiveScore.First(content), GiveScore),
        (InjectionPhrases.Judge.First(content), Command("the judge must")),
    ];

    private static IEnumerable<(int At, string What)> Foreign(string content) =>
        ForeignPhrases.All.Where(script => content.AsSpan().ContainsAnyInRange(script.First, script.Last)).SelectMany(script => new[]
        {
            (script.Roles.FirstRole(content), Role),
            (script.IgnoreInstructions.First(content), Ignore),
            (script.NewRole.First(content), NewRole),
            (script.NewInstructions.FirstRole(content), NewInstructions),
            (script.GiveScore.First(content), GiveScore),
        });

    private static (int Line, string What) At(string content, int at, string what) => (at < 0 ? 0 : 1 + content.AsSpan(0, at).Count('\n'), what);

    private const string Role = "begins like a message of the system, the developer or the assistant";

    private static string Ignore { get; } = Command("ignore previous instructions");

    private static string NewRole { get; } = Command("you are now");

    private static string NewInstructions { get; } = Command("new instructions");

    private static string GiveScore { get; } = Command("give it a score");

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
