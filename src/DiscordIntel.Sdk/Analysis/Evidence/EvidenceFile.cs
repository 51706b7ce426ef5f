using System.Globalization;
using System.Text.RegularExpressions;

namespace DiscordIntel.Analysis.Evidence;

/// <summary>
/// Reads a text or Markdown file: its front matter (<c>title</c>, <c>date</c>, <c>url</c> between two lines of <c>---</c>), its first heading, and its passages.
/// A passage is one paragraph or several short ones below the same heading, the heading included.
/// </summary>
internal static partial class EvidenceFile
{
    // About a screen of a phone: enough to settle a claim, little enough for several in one request.
    private const int EnoughForAPassage = 1_000;

    private static readonly char[] Blanks = [' ', '\t', '\r', '\n'];

    /// <summary>The passages in their order. Each is a piece of the text as it stands.</summary>
    public static IReadOnlyList<EvidencePassage> Passages(string text, string name, Uri address, DateOnly written)
    {
        (string? title, Uri url, DateOnly date, int start) = (null, address, written, 0);
        if (FrontMatter.Match(text) is { Success: true } front)
        {
            start = front.Length;
            foreach (Match line in Member.Matches(front.Groups["members"].Value))
            {
                string value = line.Groups["value"].Value.Trim(' ', '"', '\'');
                switch (line.Groups["name"].Value.ToUpperInvariant())
                {
                    case "TITLE" when value.Length > 0:
                        title = value;
                        break;
                    case "DATE" when value.Length >= 10 && DateOnly.TryParseExact(value.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day):
                        date = day;
                        break;
                    case "URL" when Uri.TryCreate(value, UriKind.Absolute, out Uri? given) && (given.Scheme == Uri.UriSchemeHttps || given.Scheme == Uri.UriSchemeHttp):
                        url = given;
                        break;
                }
            }
        }

        title ??= Heading.Match(text, start) is { Success: true } heading ? heading.Groups["title"].Value : name;
        return [.. Ranges(text, start).Select(range => new EvidencePassage { Title = title, Url = url, Date = date, Text = text[range] })];
    }

    private static List<Range> Ranges(string text, int start)
    {
        var passages = new List<Range>();
        foreach (Range paragraph in Paragraphs(text, start))
        {
            (int from, int to) = (paragraph.Start.Value, paragraph.End.Value);
            bool joins = passages.Count > 0 && text[from] != '#' && to - passages[^1].Start.Value <= EnoughForAPassage;
            if (joins)
            {
                passages[^1] = passages[^1].Start..to;
            }
            else
            {
                passages.Add(from..to);
            }
        }

        return passages;
    }

    /// <summary>What stands between blank lines and before headings, without the white space around it. One that is too long is cut at white space.</summary>
    private static IEnumerable<Range> Paragraphs(string text, int start)
    {
        (int from, int end) = (-1, -1);
        for (int at = start; at < text.Length;)
        {
            int next = text.IndexOf('\n', at) is var feed and >= 0 ? feed + 1 : text.Length;
            ReadOnlySpan<char> line = text.AsSpan(at..next);
            bool isBlank = line.IsWhiteSpace();
            if (from >= 0 && (isBlank || Heading.IsMatch(line)))
            {
                foreach (Range piece in Pieces(text, from, end))
                {
                    yield return piece;
                }

                from = -1;
            }

            if (!isBlank)
            {
                from = from < 0 ? next - text.AsSpan(at..next).TrimStart().Length : from;
                end = at + text.AsSpan(at..next).TrimEnd().Length;
            }

            at = next;
        }

        foreach (Range piece in from < 0 ? [] : Pieces(text, from, end))
        {
            yield return piece;
        }
    }

    private static IEnumerable<Range> Pieces(string text, int from, int end)
    {
        while (end - from > EvidenceSearch.LongestPassage)
        {
            int most = from + EvidenceSearch.LongestPassage;
            int blank = text.LastIndexOfAny(Blanks, most - 1, EvidenceSearch.LongestPassage / 2);
            int cut = blank > 0 ? blank : most - (char.IsHighSurrogate(text[most - 1]) ? 1 : 0);
            yield return from..cut;
            from = cut + (blank > 0 ? 1 : 0);
        }

        yield return from..end;
    }

    [GeneratedRegex(@"\A\uFEFF?---[ \t]*\r?\n(?<members>([^\n]*\n)*?)---[ \t]*(\r?\n|\z)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex FrontMatter { get; }

    [GeneratedRegex(@"^(?<name>\w+)[ \t]*:[ \t]*(?<value>[^\r\n]*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Member { get; }

    [GeneratedRegex(@"^#{1,6}[ \t]+(?<title>[^\r\n]*[^\r\n# \t])", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Heading { get; }
}
