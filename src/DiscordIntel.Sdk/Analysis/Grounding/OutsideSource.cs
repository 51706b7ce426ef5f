using System.Text.RegularExpressions;

namespace DiscordIntel.Analysis.Grounding;

/// <summary>Summaries that rest on something outside of the text, as if it had been looked up. English only.</summary>
#pragma warning disable MA0009 // A timeout for patterns that could take long: every repetition is bounded.
internal static partial class OutsideSource
{
    private static readonly char[] SentenceEnds = ['.', '!', '?', ';', '\n'];

    /// <summary>A sentence for each sign of it. Nothing of the summary is quoted.</summary>
    public static IEnumerable<string> Warnings(string summary, string content)
    {
        if (summary.Split(SentenceEnds).Any(sentence => LookedUp().IsMatch(sentence) && !Told().IsMatch(sentence)))
        {
            yield return "The summary says that something was looked up, but nothing was.";
        }

        if (Named().Matches(summary).Any(match => !content.Contains(match.Groups["source"].Value, StringComparison.OrdinalIgnoreCase)))
        {
            yield return "The summary rests on a source that is not in the content.";
        }
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(
        @"\b(I|we)\s{1,3}((have|had|also|just|then)\s{1,3}){0,2}(consulted|checked|verified|fact-checked|confirmed|looked\s{1,3}(it\s{1,3}|this\s{1,3}|them\s{1,3})?up|searched|researched)\b",
        Options)]
    private static partial Regex LookedUp();

    /// <summary>Said by somebody who is summed up.</summary>
    [GeneratedRegex(@"[""“”«»]|\b(says?|said|argues?|argued|insists?|insisted|claims?|claimed|asserts?|asserted|writes?|wrote|states?|stated|replies|replied|adds|added)\b", Options)]
    private static partial Regex Told();

    [GeneratedRegex(
        @"\b(according\s{1,3}to|as\s{1,3}reported\s{1,3}by|confirmed\s{1,3}by|verified\s{1,3}(by|with|on|against))\s{1,3}(the\s{1,3}|my\s{1,3})?"
        + @"(?<source>wikipedia|britannica|google|snopes|politifact|reuters|factcheck\.org|fact-checkers|official\s{1,3}(records|statistics|figures|data|sources)|internet)\b",
        Options)]
    private static partial Regex Named();
}
