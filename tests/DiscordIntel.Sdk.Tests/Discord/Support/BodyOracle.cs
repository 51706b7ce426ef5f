using System.Text.RegularExpressions;

namespace DiscordIntel.Tests.Discord.Support;

/// <summary>
/// Finds the text in the messages again: each is opening marks, a piece of the text, closing marks and small print; what one closes the next opens.
/// Looks for any reading that fits.
/// </summary>
internal sealed partial class BodyOracle(IReadOnlyList<string> contents, string text)
{
    /// <summary>How many characters of the text the messages show in order, or -1 when they show something else. Blank messages may be left out.</summary>
    public int Shown() => Read(0, 0, (false, false, false));

    private int Read(int index, int at, (bool Spoiler, bool Fence, bool Code) open)
    {
        if (index == contents.Count)
        {
            return at;
        }

        string content = contents[index];
        bool isSmallPrint = index == contents.Count - 1 && content.StartsWith("-# ", StringComparison.Ordinal);
        string pattern = (open.Spoiler ? @"\|\|" : "") + (open.Fence ? "```[A-Za-z0-9_+.#-]*\n" : "") + (open.Code ? "`" : "");
        Match marks = Regex.Match(content, @"\A" + pattern, RegexOptions.None, TimeSpan.FromSeconds(5));
        if (!marks.Success)
        {
            return isSmallPrint ? at : -1;
        }

        string rest = content[marks.Length..];
        int best = -1;
        foreach (int start in Starts(at))
        {
            int common = 0;
            while (common < rest.Length && start + common < text.Length && rest[common] == text[start + common])
            {
                common++;
            }

            // Small print alone, or a piece of text with its closing marks.
            for (int length = common; length >= 0 && best < 0; length--)
            {
                if ((length == rest.Length || rest[length] is '`' or '\n' or '|') && Closing().Match(rest, length) is { Success: true } close && close.Index == length && (index == contents.Count - 1 || !close.Value.Contains("-#", StringComparison.Ordinal)))
                {
                    best = Read(index + 1, start + length, (close.Groups["spoiler"].Success, close.Groups["fence"].Success, close.Groups["code"].Success));
                }
            }
        }

        return best < 0 && isSmallPrint ? at : best;
    }

    private IEnumerable<int> Starts(int at)
    {
        yield return at;
        int blank = at;
        while (blank < text.Length && char.IsWhiteSpace(text[blank]))
        {
            blank++;
        }

        // A message of blanks alone is left out.
        for (int start = at + 1; start <= blank; start++)
        {
            yield return start;
        }
    }

    [GeneratedRegex(@"\G(?<code>`)?(?<fence>\n```)?(?<spoiler>\|\|)?(\n-# [^\n]*)*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Closing();
}
