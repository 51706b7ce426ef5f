using System.Text.RegularExpressions;

namespace DiscordIntel.Tests.Discord.Support;

/// <summary>Discord's marks, read the slow and plain way: cut at the fences, take closed inline code out, count what is left.</summary>
internal static partial class MarkupOracle
{
    public static bool IsBalanced(string content)
    {
        string[] parts = content.Split("```");
        return parts.Length % 2 == 1 && Outside(parts).Sum(part => Bars().Matches(WithoutCode(part)).Sum(run => run.Length / 2)) % 2 == 0;
    }

    /// <summary>What is neither in a code block nor in closed inline code.</summary>
    public static string Live(string content) => string.Join("\n\n", Outside(content.Split("```")).Select(WithoutCode));

    public static bool HasWholeCharacters(string content)
    {
        for (int i = 0; i < content.Length; i++)
        {
            if (char.IsSurrogate(content[i]) && (i + 1 == content.Length || !char.IsSurrogatePair(content[i], content[++i])))
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<string> Outside(string[] parts) => parts.Where((_, i) => i % 2 == 0);

    private static string WithoutCode(string text)
    {
        for (int from = 0; Backticks().Match(text, from) is { Success: true } open;)
        {
            Match? close = Backticks().Matches(text, open.Index + open.Length).FirstOrDefault(run => run.Length == open.Length);
            if (close is null)
            {
                from = open.Index + open.Length;
            }
            else
            {
                text = text[..open.Index] + '\u0001' + text[(close.Index + close.Length)..];
                from = open.Index + 1;
            }
        }

        return text;
    }

    [GeneratedRegex("`+")]
    private static partial Regex Backticks();

    [GeneratedRegex(@"\|+")]
    private static partial Regex Bars();
}
