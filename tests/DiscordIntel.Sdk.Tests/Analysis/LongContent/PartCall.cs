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
/// <param name="Speaker">Within whose turn the part begins; null when it begins with one.</param>
internal sealed partial record PartCall(int Part, int Parts, string Head, string? Context, string Own, string? Speaker)
{
    public bool IsMerge => Part == 0;

    /// <summary>The notes of a call that merges, each with the parts it is of and its quotes.</summary>
    public IReadOnlyList<(int First, int Last, string[] Quotes)> Notes
    {
        get
        {
            int[] starts = [.. Title().Matches(Own).Select(title => title.Index), Own.Length];
            return [.. starts.Zip(starts.Skip(1), (start, end) => Note(Own[start..end]))];
        }
    }

    private static (int First, int Last, string[] Quotes) Note(string text)
    {
        Match title = Title().Match(text);
        int first = Number(title.Groups["first"]);
        return (first, Math.Max(first, Number(title.Groups["last"])), [.. text.Split('\n').Where(line => line.StartsWith("Quote: ", StringComparison.Ordinal)).Select(line => line["Quote: ".Length..])]);
    }

    public static PartCall Read(string body)
    {
        string user = JsonElement.Parse(body).GetProperty("messages")[1].GetProperty("content").GetString()!;
        Match head = Form().Match(user);
        string[] fenced = user[head.Length..].Split(head.Groups["marker"].Value);
        bool isContinued = head.Groups["head"].Value.Contains("inside a turn", StringComparison.Ordinal);
        return new PartCall(
            Number(head.Groups["part"]),
            Number(head.Groups["parts"]),
            head.Groups["head"].Value,
            fenced.Length > (isContinued ? 4 : 3) ? fenced[^3][1..^1] : null,
            fenced[^2][1..^1],
            isContinued ? fenced[1][1..^2] : null);
    }

    private static int Number(Group group) => group.Success ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\A(?<head>This is part (?<part>\d+) of (?<parts>\d+) .*\n)?Marker: (?<marker><<<[0-9a-f]{32}>>>)\n")]
    private static partial Regex Form();

    [GeneratedRegex(@"^Parts?: (?<first>\d+)( to (?<last>\d+))?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Title();
}
