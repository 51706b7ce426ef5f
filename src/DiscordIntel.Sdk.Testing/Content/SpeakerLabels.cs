using System.Text.RegularExpressions;

namespace DiscordIntel.Testing.Content;

/// <summary>Who speaks in a content: the names of <c>Speaker:</c> lines where it has such lines, else the labels that several of its lines begin with.</summary>
internal static partial class SpeakerLabels
{
    public static IReadOnlyList<string> Read(string content)
    {
        string[] lines = [.. content.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim())];
        string[] named = [.. lines.Select(line => Named().Match(line)).Where(match => match.Success).Select(match => match.Groups["name"].Value).Distinct()];
        return named.Length > 0
            ? named
            : [.. lines.Select(line => Label().Match(line)).Where(match => match.Success)
                .GroupBy(match => match.Groups["name"].Value).Where(group => group.Count() > 1).Select(group => group.Key)];
    }

    [GeneratedRegex("^Speaker: (?<name>.{1,60})$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Named();

    [GeneratedRegex(@"^(?:\[[^\]]{1,30}\]\s*)?(?<name>[^\s:<>\[\]]{1,30}(?: [^\s:<>\[\]]{1,30}){0,2}):\**\s+\S", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Label();
}
