using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>
/// Signs that a text tries to steer the model that judges it. A sign changes nothing: the text is content whatever it says. Every sign is looked for once
/// through the text in linear time, and again through what a disguised text looks like; what heads a line also behind a label, where messages begin.
/// </summary>
internal static class InjectionScan
{
    /// <summary>A sentence for each sign, at the line where it first shows, in the order of the lines. The content is not quoted.</summary>
    public static IReadOnlyList<string> Warnings(string content)
    {
        string plain = SpacedLetters.Join(Disguise.Remove(content), out int spelled);
        IEnumerable<(int Line, string What)> signs = AllSigns(content).Concat(ReferenceEquals(plain, content) ? [] : AllSigns(plain));
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

    private static IEnumerable<(int Line, string What)> AllSigns(string content)
    {
        string said = Unlabelled.Remove(content);
        return Located(content, Heads(content).Concat(Commands(content))).Concat(ReferenceEquals(said, content) ? [] : Located(said, Heads(said)));
    }

    private static IEnumerable<(int Line, string What)> Located(string content, IEnumerable<(int At, string What)> signs) =>
        [.. signs.Select(sign => At(content, sign.At, sign.What))];

    /// <summary>What says something by standing at the head of a line.</summary>
    private static IEnumerable<(int At, string What)> Heads(string content) =>
    [
        (At(content, InjectionTriggers.Marker, InjectionPatterns.Marker), "looks like a marker that fences content in"),
        (At(content, InjectionTriggers.TemplateToken, InjectionPatterns.TemplateToken), "holds a control token of a chat template"),
        (At(content, InjectionTriggers.RoleHeader, InjectionPatterns.RoleHeader), Role),
        (LineSigns.ModelTurns(content), "begins like a turn of a conversation with a model"),
        (AnswerSigns.Json(content), "holds JSON that looks like a ready answer"),
        (AnswerSigns.Line(content), "is nothing but a score or verdict, like a ready answer"),
        (LineSigns.End(content), "says that the content ends, and more follows"),
        (At(content, InjectionTriggers.NewInstructions, InjectionPatterns.NewInstructions), NewInstructions),
        .. Scripts(content).SelectMany(script => new[] { (script.Roles.FirstRole(content), Role), (script.NewInstructions.FirstRole(content), NewInstructions) }),
    ];

    /// <summary>What says something wherever it stands.</summary>
    private static IEnumerable<(int At, string What)> Commands(string content) =>
    [
        (At(content, InjectionTriggers.IgnoreInstructions, InjectionPatterns.IgnoreInstructions), Ignore),
        (InjectionPhrases.IgnoreInstructions.First(content), Ignore),
        (At(content, InjectionTriggers.NewRole, InjectionPatterns.NewRole, OrdinaryRoles.Begin), NewRole),
        (At(content, InjectionTriggers.GiveScore, InjectionPatterns.GiveScore), GiveScore),
        (InjectionPhrases.GiveScore.First(content), GiveScore),
        (InjectionPhrases.Judge.First(content), Judge),
        (InjectionPhrases.Addressed.First(content), Judge),
        (At(content, InjectionTriggers.JudgeGives, InjectionPatterns.JudgeGives), Judge),
        .. Scripts(content).SelectMany(script => new[]
        {
            (script.IgnoreInstructions.First(content), Ignore), (script.NewRole.First(content), NewRole), (script.GiveScore.First(content), GiveScore),
        }),
    ];

    private static IEnumerable<ForeignPhrases> Scripts(string content) =>
        Ascii.IsValid(content) ? [] : ForeignPhrases.All.Where(script => content.AsSpan().ContainsAnyInRange(script.First, script.Last));

    private static (int Line, string What) At(string content, int at, string what) => (at < 0 ? 0 : 1 + content.AsSpan(0, at).Count('\n'), what);

    private const string Role = "begins like a message of the system, the developer or the assistant";

    private static string Ignore { get; } = Command("ignore previous instructions");

    private static string NewRole { get; } = Command("you are now");

    private static string NewInstructions { get; } = Command("new instructions");

    private static string GiveScore { get; } = Command("give it a score");

    private static string Judge { get; } = Command("the judge must");

    private static string Command(string pattern) => $"looks like an instruction to the model (\"{pattern}\" pattern)";

    /// <summary>Where a pattern first matches.</summary>
    /// <param name="content">Where to look.</param>
    /// <param name="triggers">Of these one must be there, or the pattern is not built.</param>
    /// <param name="pattern">What to look for.</param>
    /// <param name="isOrdinary">Told by what follows: a match that is no sign.</param>
    private static int At(string content, SearchValues<string> triggers, Func<Regex> pattern, Func<ReadOnlySpan<char>, bool>? isOrdinary = null)
    {
        if (!content.AsSpan().ContainsAny(triggers))
        {
            return -1;
        }

        foreach (ValueMatch match in pattern().EnumerateMatches(content))
        {
            if (isOrdinary?.Invoke(content.AsSpan(match.Index + match.Length)) != true)
            {
                return match.Index + content.AsSpan(match.Index, match.Length).IndexOfAnyExcept(" \t\r\n");
            }
        }

        return -1;
    }
}
