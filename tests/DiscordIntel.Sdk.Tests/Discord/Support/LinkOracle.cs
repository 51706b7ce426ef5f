using System.Buffers;
using System.Text.RegularExpressions;

namespace DiscordIntel.Tests.Discord.Support;

/// <summary>
/// The links that are live in a message, after the rules of the public re-implementations of Discord's parser: the mark that opens first wins, and what is within
/// bold, italics, strikethrough, a spoiler or the text of a masked link is read anew. Slow and plain, and nothing of it is shared with the code under test.
/// </summary>
internal static partial class LinkOracle
{
    // What a rule begins with.
    private static readonly SearchValues<char> Marks = SearchValues.Create("\\`<[hH*_~|");

    /// <summary>The targets, in order.</summary>
    public static IEnumerable<string> Live(string content)
    {
        for (int at = 0; at < content.Length;)
        {
            int mark = content.AsSpan(at).IndexOfAny(Marks);
            if (mark < 0)
            {
                yield break;
            }

            at += mark;
            Match match = Rules().Match(content, at);
            foreach (string link in match.Success ? Of(match) : [])
            {
                yield return link;
            }

            at += match.Success ? match.Length : 1;
        }
    }

    /// <summary>The host as a browser reads it: up to the path, behind the name of a user, without the port and the sentence's punctuation.</summary>
    public static string Host(string link)
    {
        string rest = Escapes().Replace(Breaks().Replace(link, ""), "${mark}");
        rest = rest[(rest.IndexOf(':', StringComparison.Ordinal) + 1)..].TrimStart('/', '\\');
        int end = rest.AsSpan().IndexOfAny("/\\?#");
        rest = end < 0 ? rest : rest[..end];
        rest = rest[(rest.LastIndexOf('@') + 1)..];
        return Port().Replace(rest.TrimEnd([.. ".,:;!?\"'*_~)]|"]), "").ToLowerInvariant();
    }

    private static IEnumerable<string> Of(Match match) =>
        match.Groups["url"].Captures.Select(url => url.Value).Concat(match.Groups["inner"].Captures.SelectMany(inner => Live(inner.Value)));

    [GeneratedRegex("""
        \G(?:
          \\[^0-9A-Za-z\s]
        | ```(?:[a-z0-9_+\-.\#]+?\n)?\n*[^\n][\s\S]*?\n*```
        | (?<ticks>`+)[\s\S]*?[^`]\k<ticks>(?!`)
        | <(?:@[!&]?|\#)\d+> | <a?:\w+:\d+> | <t:-?\d+(?::\w)?> | </[^>\n]+:\d+>
        | <(?<url>https?:/[^\x20>]+)>
        | \[(?<inner>[\s\S]*?)\]\(\s*<?(?<url>https?\\?:[\\/]*[^\s)>]*)
        | (?<url>https?://[^\s<]+[^<.,:;"'\]\s])
        | \*\*(?<inner>(?:\\[\s\S]|[^\\])+?)\*\*(?!\*)
        | __(?<inner>(?:\\[\s\S]|[^\\])+?)__(?!_)
        | \b_(?<inner>(?:__|\\[\s\S]|[^\\_])+?)_\b
        | \*(?=\S)(?<inner>(?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)
        | ~~(?=\S)(?<inner>[\s\S]*?\S)~~
        | \|\|(?<inner>[\s\S]+?)\|\|
        )
        """, RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace, 10_000)]
    private static partial Regex Rules();

    [GeneratedRegex(@"\\(?<mark>[^0-9A-Za-z\s])", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Escapes();

    [GeneratedRegex(@"[\n\t]", RegexOptions.None, 10_000)]
    private static partial Regex Breaks();

    [GeneratedRegex(@":\d*\z", RegexOptions.None, 10_000)]
    private static partial Regex Port();
}
