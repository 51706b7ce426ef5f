using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DiscordIntel.Tests.Analysis.LongContent;

/// <summary>What a request of an analysis asks for, read from its body alone.</summary>
/// <param name="Part">Which part, from 1; 0 for the call that merges the parts, and for a text that is read at once.</param>
/// <param name="Parts">Parts in all; 0 where <paramref name="Part"/> is.</param>
/// <param name="Head">What is said before the marker.</param>
/// <param name="Context">What is repeated from the part before; null when nothing is.</param>
/// <param name="Own">The part's own text, or the notes to be merged.</param>
internal sealed partial record PartCall(int Part, int Parts, string Head, string? Context, string Own)
{
    public bool IsMerge => Part == 0;

    public static PartCall Read(string body)
    {
        string user = JsonElement.Parse(body).GetProperty("messages")[1].GetProperty("content").GetString()!;
        Match head = Form().Match(user);
        string[] fenced = user[head.Length..].Split(head.Groups["marker"].Value);
        return new PartCall(
            Number(head.Groups["part"]),
            Number(head.Groups["parts"]),
            head.Groups["head"].Value,
            fenced.Length > 3 ? fenced[^3][1..^1] : null,
            fenced[^2][1..^1]);
    }

    private static int Number(Group group) => group.Success ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\A(?<head>This is part (?<part>\d+) of (?<parts>\d+) .*\n)?Marker: (?<marker><<<[0-9a-f]{32}>>>)\n")]
    private static partial Regex Form();
}
